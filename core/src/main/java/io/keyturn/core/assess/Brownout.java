package io.keyturn.core.assess;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A short deactivation of a key that is announced for good: whoever still works with it notices while it can be had back.
 *
 * @param lasting how long at least: it ends in the first run after that
 * @param ended when the key was switched on again; null where it was not yet
 * @param seen whether it is known to have taken place; one that nobody saw may begin late, and is ended all the same
 */
public record Brownout(
        Instant begun, Duration lasting, @Nullable Instant ended, boolean seen) {
    /** The earliest end. */
    public Instant end() {
        return begun.plus(lasting);
    }

    /** The same, with the key switched on again. */
    public Brownout endedAt(Instant at) {
        return new Brownout(begun, lasting, at, seen);
    }
}
