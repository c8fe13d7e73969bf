package io.keyturn.engine.port;

import io.keyturn.core.model.Fact;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a user can log in with besides access keys: where a thief may have made a door of their own. */
public record Belongings(List<Holding> holdings) {
    public Belongings {
        holdings = List.copyOf(holdings);
    }

    /** Kinds of credentials. Source: IAM API reference, version 2010-05-08. */
    public enum Kind {
        CONSOLE_PASSWORD("GetLoginProfile"),
        MFA_DEVICE("ListMFADevices"),
        SERVICE_CREDENTIAL("ListServiceSpecificCredentials"),
        SSH_KEY("ListSSHPublicKeys"),
        SIGNING_CERTIFICATE("ListSigningCertificates");

        private final String action;

        Kind(String action) {
            this.action = action;
        }

        /** The permission that looking for it takes. */
        public String permission() {
            return "iam:" + action;
        }

        /** The word for people. */
        public String label() {
            return name().toLowerCase(Locale.ROOT)
                    .replace('_', ' ')
                    .replace("ssh", "SSH")
                    .replace("mfa", "MFA");
        }
    }

    /** All that the user has of one kind, as far as it could be read. */
    public record Holding(Kind kind, Fact<List<Item>> items) {}

    /**
     * One credential.
     *
     * @param name as AWS names it, such as a credential's ID or the service it is for
     * @param active whether it works; true where AWS knows no such switch
     * @param created null where AWS does not say
     */
    public record Item(
            String name, boolean active, @Nullable Instant created) {}

    /** Nobody looked. */
    public static final Belongings NOT_READ = new Belongings(List.of());
}
