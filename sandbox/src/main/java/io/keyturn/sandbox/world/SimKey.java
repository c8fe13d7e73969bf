package io.keyturn.sandbox.world;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One access key of the simulated world.
 *
 * @param worksFrom a new key is refused before this instant, as AWS's copies learn of it
 */
public record SimKey(
        String id,
        String secret,
        boolean active,
        Instant created,
        @Nullable Instant lastUsed,
        String service,
        String region,
        Instant worksFrom) {
    public SimKey withActive(boolean now) {
        return new SimKey(id, secret, now, created, lastUsed, service, region, worksFrom);
    }

    /** The key after a use; AWS records the first use in each 15 minutes. */
    public SimKey used(Instant at, String byService, String inRegion) {
        if (lastUsed != null && at.isBefore(lastUsed.plusSeconds(900))) {
            return this;
        }
        return new SimKey(id, secret, active, created, at, byService, inRegion, worksFrom);
    }
}
