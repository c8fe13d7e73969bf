package io.keyturn.core.plan;

import io.keyturn.core.model.CredentialId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the planner knows of the past. */
public interface History {
    /** When the first notice that named the key and its date was placed; null where none was. */
    @Nullable
    Instant firstNotice(CredentialId credential);

    /** When the last notice was placed; null where none was. */
    @Nullable
    Instant lastNotice(CredentialId credential);

    /** No memory at all: nothing was ever announced. */
    History NONE = new History() {
        @Override
        public @Nullable Instant firstNotice(CredentialId credential) {
            return null;
        }

        @Override
        public @Nullable Instant lastNotice(CredentialId credential) {
            return null;
        }
    };
}
