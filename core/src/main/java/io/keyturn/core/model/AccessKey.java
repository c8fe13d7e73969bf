package io.keyturn.core.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One access key of a user.
 *
 * @param slot its place in the credential report, 1 or 2; null where it was read live
 * @param id its ID; null where the reading came by report and the ID was not needed or not yet learnt
 * @param active whether it works
 * @param created when it was made, exact to a second
 * @param lastUse its last use
 * @param asOf when this was so
 */
public record AccessKey(
        @Nullable Integer slot, @Nullable KeyId id, boolean active, Instant created, LastUse lastUse, Instant asOf) {
    public AccessKey {
        if (slot != null && (slot < 1 || slot > 2)) {
            throw new IllegalArgumentException("a credential report has the slots 1 and 2, not " + slot);
        }
    }

    /** The same key, now known by its ID. */
    public AccessKey withId(KeyId learnt) {
        return new AccessKey(slot, learnt, active, created, lastUse, asOf);
    }
}
