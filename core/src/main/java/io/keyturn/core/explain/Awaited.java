package io.keyturn.core.explain;

import io.keyturn.core.assess.Reason;
import io.keyturn.core.model.Standing;
import io.keyturn.core.plan.Hold;
import io.keyturn.core.plan.Scheduled;
import io.keyturn.core.policy.Approval;
import io.keyturn.core.policy.Step;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The step of a key that waits for people to approve it.
 *
 * @param step null where none waits
 * @param why no step waits, as a sentence; empty where one does
 */
public record Awaited(@Nullable Step step, String why) {
    private static Awaited of(Step step) {
        return new Awaited(step, "");
    }

    private static Awaited nothing(String why) {
        return new Awaited(null, why);
    }

    /**
     * What waits.
     *
     * @param approval what the configuration asks for
     * @param validity how long an approval holds: a step that comes later cannot be approved yet
     */
    public static Awaited of(KeyStory key, Approval approval, Duration validity, Instant now) {
        if (key.finding().standing() == Standing.LEAKED) {
            return nothing("it is leaked: `keyturn compromised KEY --why TEXT` approves its end and carries it out");
        }
        if (!key.holds().isEmpty()) {
            return nothing(key.holds().getFirst().sentence());
        }
        // A rotation may wait for a person whatever the configuration asks for.
        if (key.waits()) {
            return of(Step.DEACTIVATE);
        }
        if (key.finding().reasons().stream().anyMatch(Reason.SuccessorLost.class::isInstance)) {
            return of(Step.ROTATE);
        }
        Scheduled next = key.next();
        if (next == null || next.step().speaksOnly()) {
            return nothing("no step that changes it is to come");
        }
        if (next.heldBy() != null) {
            return nothing(next.step().label() + " comes next, and the stage "
                    + next.heldBy().label() + " of its account does not allow it");
        }
        if (approval == Approval.NONE) {
            return nothing(next.step().label() + " comes next, and the configuration asks for no approval");
        }
        return next.at().isAfter(now.plus(validity))
                ? nothing(next.step().label() + " comes only after "
                        + Hold.until(next.at()).replace("until ", "") + ", and an approval holds " + validity.toDays()
                        + " days")
                : of(next.step());
    }
}
