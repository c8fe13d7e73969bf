package io.keyturn.core.plan;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that keeps steps from being taken.
 *
 * @param quiet whether reminders rest too
 * @param why a sentence for people
 * @param until when it ends by itself; null where only a decision ends it
 */
public record Hold(boolean quiet, String why, @Nullable Instant until) {
    /** Whether it still holds. */
    public boolean holdsAt(Instant now) {
        return until == null || now.isBefore(until);
    }
}
