package io.keyturn.core.assess;

import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.LastUse;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key that Keyturn made to take the place of another one.
 *
 * @param old the key whose place it takes
 * @param delivery null where its secret did not, or is not known to, have reached its sink: then nobody holds it
 */
public record Succession(
        KeyId old, KeyId successor, Instant made, @Nullable Delivery delivery) {
    /** AWS records the first use in 15 minutes only, so that a use this soon after ours may be ours. */
    private static final Duration OWN_USE = Duration.ofMinutes(15);

    /**
     * The confirmed delivery.
     *
     * @param at when it was confirmed, and the new key tried
     * @param place where its reader finds it
     */
    public record Delivery(Instant at, String place) {}

    /**
     * Whether its owner uses the new key: a use that is not known, or may be our own trial, is none.
     *
     * @param tried whether Keyturn tried it
     */
    public boolean isInstalled(LastUse ofSuccessor, boolean tried) {
        return delivery != null && isInstalled(delivery.at(), ofSuccessor, tried);
    }

    /**
     * Whether somebody may hold a key although its delivery was never confirmed: it may have reached its sink all the
     * same. A use right after it was made is our own trial.
     */
    public static boolean mayBeHeld(Instant made, LastUse use) {
        return switch (use) {
            case LastUse.NeverUsed() -> false;
            case LastUse.Used used -> used.at().isAfter(made.plus(OWN_USE));
            case LastUse.Unknown unknown -> true;
        };
    }

    /** The same of a key whose delivery was confirmed at that time. */
    public static boolean isInstalled(Instant delivered, LastUse ofSuccessor, boolean tried) {
        return ofSuccessor instanceof LastUse.Used used
                && used.at().isAfter(delivered.plus(tried ? OWN_USE : Duration.ZERO));
    }
}
