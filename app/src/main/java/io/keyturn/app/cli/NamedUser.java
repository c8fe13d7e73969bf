package io.keyturn.app.cli;

import io.keyturn.app.render.Renderer;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.Spelling;
import io.keyturn.core.model.User;
import io.keyturn.core.plan.Plan;
import io.keyturn.engine.run.AccountOutcome;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The user that {@code --user} names, sought among those that are read: a name that nobody bears would show no key, and so
 * pass for clean.
 */
final class NamedUser {
    private final @Nullable String name;
    private final Set<String> others = new TreeSet<>();
    private boolean read;

    /** @param name as typed; null where no user is named */
    NamedUser(@Nullable String name) {
        this.name = name;
    }

    /** Looks at every account on its way to be shown. */
    Renderer watching(Renderer shown) {
        return name == null ? shown : new Watching(shown);
    }

    private synchronized void look(AccountOutcome outcome) {
        if (outcome instanceof AccountOutcome.Surveyed surveyed) {
            for (User user : surveyed.snapshot().users()) {
                read |= user.name().value().equals(name);
                if (!read) {
                    others.add(user.name().value());
                }
            }
        }
    }

    /** Of whole readings: a sentence for where nobody bears that name; empty where somebody does. */
    synchronized Optional<String> unknown() {
        if (name == null || read) {
            return Optional.empty();
        }
        String near = Spelling.nearest(name, others);
        return Optional.of("--user: no user is named \"" + name + "\" in what was read; "
                + (near == null
                        ? "see `keyturn scan --all` for the names of those who have keys"
                        : "did you mean \"" + near + "\"?"));
    }

    private final class Watching implements Renderer {
        private final Renderer shown;

        Watching(Renderer shown) {
            this.shown = shown;
        }

        @Override
        public void account(AccountOutcome outcome, Predicate<Finding> view) {
            look(outcome);
            shown.account(outcome, view);
        }

        @Override
        public void end(Plan plan, boolean planAsked) {
            shown.end(plan, planAsked);
        }

        @Override
        public boolean writesAtOnce() {
            return shown.writesAtOnce();
        }
    }
}
