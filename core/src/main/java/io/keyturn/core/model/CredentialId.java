package io.keyturn.core.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Names one credential. A key read by report may have no ID yet: then account, user, creation and slot name it.
 *
 * @param created null where only the credential's presence is known
 */
public record CredentialId(
        Kind kind,
        AccountId account,
        Principal principal,
        @Nullable Integer slot,
        @Nullable KeyId keyId,
        @Nullable Instant created) {
    /** Kinds of long-lived credentials. */
    public enum Kind {
        ACCESS_KEY("access-key");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** The word in JSON. */
        public String label() {
            return label;
        }
    }
}
