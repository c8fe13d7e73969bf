package io.keyturn.core.plan;

import io.keyturn.core.model.Target;
import io.keyturn.core.policy.Step;
import java.time.Instant;

/**
 * What somebody was told last of a key, where they are to hear as well when the key needs nobody any more.
 *
 * @param step what was announced
 * @param due the date that was announced for it
 * @param onlyIfWithdrawn whether they hear of the end only where it comes before that date: what happens as it was announced
 *     needs no further word
 */
public record OpenNotice(Target target, Step step, Instant due, boolean onlyIfWithdrawn) {
    /** Whether that end is one to be told now. */
    boolean endsWith(Settled settled, Instant now) {
        // A key that is to be deleted is switched off already, and that ends nothing.
        boolean awaited = settled == Settled.SWITCHED_OFF && step == Step.DELETE;
        return !awaited && !(onlyIfWithdrawn && !now.isBefore(due));
    }
}
