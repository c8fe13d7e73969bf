package io.keyturn.app.wiring;

import io.keyturn.adapters.store.SqliteCatalog;
import io.keyturn.app.config.Settings;
import io.keyturn.app.render.Renderer;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.Account;
import io.keyturn.core.plan.Plan;
import io.keyturn.engine.apply.Outcome;
import io.keyturn.engine.apply.PlanApplier;
import io.keyturn.engine.catalog.Catalog;
import io.keyturn.engine.catalog.CatalogFiller;
import io.keyturn.engine.catalog.SeenRun;
import io.keyturn.engine.port.Meter;
import io.keyturn.engine.port.StoreFailure;
import io.keyturn.engine.run.AccountOutcome;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Fills the catalog beside what a run shows. A catalog that cannot be written is a warning and no more: the run goes on
 * without it.
 */
final class Cataloguing implements AutoCloseable {
    private final InstantSource clock;
    private final RunName name;
    private final @Nullable String by;
    private final Settings settings;
    private final String command;
    private final Meter meter;
    private final Instant began;
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private @Nullable Catalog catalog;
    private @Nullable CatalogFiller filler;
    private @Nullable Plan plan;
    private @Nullable String warning;

    /**
     * Opens it.
     *
     * @param command what was asked for, as people will read it of the run
     * @param by who began it by hand on a server's pages; null where nobody did
     */
    Cataloguing(
            Optional<Path> file,
            InstantSource clock,
            RunName name,
            String command,
            Meter meter,
            @Nullable String by,
            Settings settings) {
        this.by = by;
        this.settings = settings;
        this.clock = clock;
        this.name = name;
        this.command = command;
        this.meter = meter;
        this.began = clock.instant();
        file.ifPresent(path -> guarded(() -> {
            catalog = SqliteCatalog.open(path);
            filler = new CatalogFiller(catalog, began);
        }));
    }

    /** Something that may fail, and is then given up. */
    private interface Filling {
        void fill() throws StoreFailure;
    }

    private void guarded(Filling filling) {
        try {
            filling.fill();
        } catch (StoreFailure e) {
            warning = e.problem().sentence() + " (pages and trends lack this run; nothing else depends on it)";
            close();
        }
    }

    /** Why nothing, or nothing more, was put into it; empty while all is well. */
    Optional<String> warning() {
        return Optional.ofNullable(warning);
    }

    /** What is shown, with the catalog filled beside it; of that no view leaves anything out. */
    Renderer beside(Renderer shown) {
        return new Renderer() {
            @Override
            public void account(AccountOutcome outcome, Predicate<Finding> view) {
                CatalogFiller filling = filler;
                if (filling != null) {
                    guarded(() -> filling.account(outcome));
                }
                shown.account(outcome, view);
            }

            @Override
            public void end(Plan made, boolean planAsked) {
                shown.end(made, planAsked);
            }

            @Override
            public boolean writesAtOnce() {
                return shown.writesAtOnce();
            }
        };
    }

    /**
     * Takes in the plan.
     *
     * @param all whether every account was asked for
     */
    void planned(Plan made, boolean all) {
        plan = made;
        CatalogFiller filling = filler;
        if (filling != null) {
            guarded(() -> filling.end(made, name.run(), all));
        }
    }

    /** Who is told what is done, with the outcomes counted beside. */
    PlanApplier.Listener beside(PlanApplier.Listener told) {
        return new PlanApplier.Listener() {
            @Override
            public void ended(Account account, Outcome outcome) {
                synchronized (outcomes) {
                    outcomes.merge(words(outcome), 1, Integer::sum);
                }
                told.ended(account, outcome);
            }

            @Override
            public void troubled(Account account, String sentence) {
                told.troubled(account, sentence);
            }
        };
    }

    private static String words(Outcome outcome) {
        String came = switch (outcome) {
            case Outcome.Done done -> "done";
            case Outcome.Skipped skipped -> "skipped";
            case Outcome.Failed failed -> "failed";
            case Outcome.InDoubt doubt -> "in doubt";
            case Outcome.NotTried not -> "not tried";
        };
        return outcome.action().verb().replace('-', ' ') + " " + came;
    }

    /** Takes in how the run ended; {@code why} it ended before it was done, empty where it was done. */
    void ended(String why) {
        Plan made = plan;
        Catalog open = catalog;
        CatalogFiller filling = filler;
        if (open != null && filling != null && made != null) {
            int due = (int) made.actions().stream()
                    .filter(action -> !action.step().speaksOnly())
                    .count();
            guarded(() -> open.put(new SeenRun(
                    name.run(),
                    command,
                    began,
                    clock.instant(),
                    filling.complete(),
                    filling.accounts(),
                    meter.calls.sum(),
                    meter.throttles.sum(),
                    made.hash(),
                    due,
                    outcomes,
                    why,
                    by,
                    Grounds.of(settings))));
        }
    }

    @Override
    public void close() {
        Catalog open = catalog;
        catalog = null;
        filler = null;
        if (open != null) {
            open.close();
        }
    }
}
