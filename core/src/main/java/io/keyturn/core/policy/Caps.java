package io.keyturn.core.policy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How many acts of one kind may happen in a window; null is no limit, zero means none.
 *
 * @param global in all accounts together
 * @param perAccount in each account
 * @param percent of an account's active keys; allows at least one unless it is 0
 */
public record Caps(
        @Nullable Cap global,
        @Nullable Cap perAccount,
        @Nullable Integer percent) {
    public static final Caps NONE = new Caps(null, null, null);

    public Caps {
        if (percent != null && (percent < 0 || percent > 100)) {
            throw new IllegalArgumentException("a percentage is from 0 to 100");
        }
    }

    /** How many {@link #percent} comes to in an account of so many working keys; null where there is no such cap. */
    public @Nullable Integer shareOf(int activeKeys) {
        if (percent == null) {
            return null;
        }
        return percent == 0 ? 0 : (int) Math.max(1, (long) activeKeys * percent / 100);
    }

    /** A count in a window of time. */
    public record Cap(int count, Duration window) {
        public Cap {
            if (count < 0) {
                throw new IllegalArgumentException("a cap is not negative");
            }
            if (!window.isPositive()) {
                throw new IllegalArgumentException("a cap counts in some time");
            }
        }
    }
}
