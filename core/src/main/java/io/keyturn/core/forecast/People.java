package io.keyturn.core.forecast;

import io.keyturn.core.model.UserId;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What owners do in a forecast.
 *
 * @param reactAfter how long after the first word about a key its owner acts: installs the successor where there is one,
 *     else replaces a key that is used and removes one that is not; null where owners do nothing, or each as
 *     {@code byUser} says
 * @param byUser how long after the first word the owners of these users act; owners of others do as {@code reactAfter} says
 */
public record People(@Nullable Duration reactAfter, Map<UserId, Duration> byUser) {
    /** Nobody does anything: what is announced comes. */
    public static final People DO_NOTHING = new People(null);

    /** All owners alike. */
    public People(@Nullable Duration reactAfter) {
        this(reactAfter, Map.of());
    }

    public People {
        byUser = Map.copyOf(byUser);
        if (reactAfter != null && reactAfter.isNegative()) {
            throw new IllegalArgumentException("nobody reacts before the first word");
        }
    }

    /** How long after the first word the owner of that user acts; null where they do nothing. */
    @Nullable
    Duration after(UserId user) {
        return byUser.getOrDefault(user, reactAfter);
    }

    /** Whether nobody ever does anything. */
    boolean idle() {
        return reactAfter == null && byUser.isEmpty();
    }
}
