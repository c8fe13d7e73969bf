package io.keyturn.core.explain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is or is not known of a user or key.
 *
 * @param name as people call it
 * @param value in words; null where it is not known
 * @param from the calls that tell it, such as {@code iam:ListUserTags}
 * @param asOf when it was so; null where it is not known
 * @param notLookedAt why it is not known, or what its source cannot tell; empty where there is nothing to say
 */
public record NamedFact(
        String name,
        @Nullable String value,
        String from,
        @Nullable Instant asOf,
        String notLookedAt) {}
