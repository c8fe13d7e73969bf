package io.keyturn.core.forecast;

import io.keyturn.core.model.UserId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What came of telling an owner about a key.
 *
 * @param took from the first word until the owner had acted; null where the owner let it come
 */
public record Reaction(UserId user, @Nullable Duration took) {
    public Reaction {
        if (took != null && took.isNegative()) {
            throw new IllegalArgumentException("nobody reacts before the first word");
        }
    }
}
