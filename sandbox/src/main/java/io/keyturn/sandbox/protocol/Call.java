package io.keyturn.sandbox.protocol;

import io.keyturn.sandbox.world.World;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request, authenticated.
 *
 * @param parameters of a Query request; a JSON request has its body in {@code body}
 * @param now the world's instant
 * @param wall the real instant
 */
public record Call(
        String service,
        String action,
        Map<String, String> parameters,
        String body,
        World.Caller caller,
        Instant now,
        Instant wall,
        String requestId) {
    /** A parameter that must be there. */
    public String need(String name) {
        String value = parameters.get(name);
        if (value == null || value.isEmpty()) {
            throw ServiceError.invalidInput("1 validation error detected: Value null at '" + name
                    + "' failed to satisfy constraint: Member must not be null");
        }
        return value;
    }

    public @Nullable String get(String name) {
        return parameters.get(name);
    }

    /** {@code MaxItems}, between 1 and 1,000. */
    public int maxItems() {
        String value = parameters.get("MaxItems");
        if (value == null) {
            return 100;
        }
        try {
            int items = Integer.parseInt(value);
            if (items >= 1 && items <= 1000) {
                return items;
            }
        } catch (NumberFormatException e) {
            // answered as any other wrong value
        }
        throw ServiceError.invalidInput("MaxItems must be from 1 to 1000, not " + value);
    }
}
