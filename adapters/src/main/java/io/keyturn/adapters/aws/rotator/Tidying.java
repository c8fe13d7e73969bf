package io.keyturn.adapters.aws.rotator;

import io.keyturn.core.model.FactName;
import io.keyturn.core.model.Needs;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.User;
import io.keyturn.engine.port.LiveAccount;
import io.keyturn.engine.port.ReadFailure;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Puts tags right that say what is not so any more, after looking once more. */
final class Tidying {
    private static final Needs WHOLE = new Needs(EnumSet.of(FactName.TAGS, FactName.KEYS), Needs.Identify.ALL);

    private final RotationStates states;
    private final Consumer<String> says;
    private final Consumer<String> fails;

    /**
     * @param says told what was put right
     * @param fails told what could not be
     */
    Tidying(RotationStates states, Consumer<String> says, Consumer<String> fails) {
        this.states = states;
        this.says = says;
        this.fails = fails;
    }

    /** @param found how far the user's rotation had come when it was read first */
    void tidy(Target target, RotationState found, LiveAccount live) throws ReadFailure, InterruptedException {
        String name = target.name().value();
        if (found instanceof RotationState.Unreadable(String why)) {
            fails.accept("nothing is done about the keys of " + name + ": " + why);
            return;
        }
        Optional<User> now = live.user(target.name(), WHOLE);
        if (now.isEmpty() || !now.get().id().equals(target.user())) {
            return;
        }
        // Whatever else it has come to meanwhile, the next run goes by.
        RotationState state = states.of(now.get());
        if (state instanceof RotationState.Over(Set<String> tags, String why)) {
            if (Notes.noted(live.untag(target, tags), fails)) {
                says.accept("the tags of a rotation of " + name + " that was ended by hand are taken away: " + why);
            }
        } else if (state instanceof RotationState.LostAndOff(Mark mark)) {
            Instant since = live.awsTime();
            if (since != null) {
                Notes.noted(live.tag(target, Notes.off(since, mark.old(), mark.made())), fails);
            }
        }
    }
}
