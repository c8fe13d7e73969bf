package io.keyturn.engine.journal;

import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Target;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A secret that lies in a sink, or may.
 *
 * @param old the user, and the key whose place the new one takes
 * @param delivered null where its delivery was never confirmed
 */
public record Left(Target old, KeyId key, @Nullable Instant delivered) {}
