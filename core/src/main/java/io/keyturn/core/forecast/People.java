package io.keyturn.core.forecast;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What owners do in a forecast.
 *
 * @param reactAfter how long after the first word about a key its owner acts: installs the successor where there is one,
 *     else replaces a key that is used and removes one that is not; null where owners do nothing
 */
public record People(@Nullable Duration reactAfter) {
    /** Nobody does anything: what is announced comes. */
    public static final People DO_NOTHING = new People(null);

    public People {
        if (reactAfter != null && reactAfter.isNegative()) {
            throw new IllegalArgumentException("nobody reacts before the first word");
        }
    }
}
