package io.keyturn.app.config;

import io.keyturn.engine.port.SecretReference;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ways to owners that are configured; null is not configured. Secrets are references until they are used. */
public record Channels(
        @Nullable Slack slack,
        @Nullable Jira jira,
        @Nullable Email email,
        @Nullable Sns sns,
        @Nullable Webhook webhook) {
    public static final Channels NONE = new Channels(null, null, null, null, null);

    /** A Slack app by its bot token. */
    public record Slack(SecretReference token) {}

    /**
     * Tickets in Jira.
     *
     * @param project key of the project
     * @param email of the account whose token it is, for Jira Cloud; null for a personal access token
     * @param type name of the issue type
     * @param labels more labels for every ticket
     * @param fields more fields for every ticket, as a JSON object
     * @param perOwner whether an owner's keys in an account share a ticket; else each key has its own
     */
    public record Jira(
            URI url,
            String project,
            @Nullable Given email,
            SecretReference token,
            String type,
            List<String> labels,
            String fields,
            boolean perOwner) {
        public Jira {
            labels = List.copyOf(labels);
        }
    }

    /**
     * Mail through SES v2.
     *
     * @param from address of the sender
     * @param region of SES; null where the environment names it
     * @param allowedDomains domains whose addresses may be told where a secret lies
     * @param handedOverSuffices whether mail that SES took counts as placed where bounces cannot be seen
     */
    public record Email(String from, @Nullable String region, List<String> allowedDomains, boolean handedOverSuffices) {
        public Email {
            allowedDomains = List.copyOf(allowedDomains);
        }
    }

    /** An SNS topic by its ARN. */
    public record Sns(String topic) {}

    /**
     * A web address that takes JSON; the address itself is a secret.
     *
     * @param privateAddresses whether it may lie in a private network
     */
    public record Webhook(SecretReference url, boolean privateAddresses) {}

    /** A text that may stand in the file or be kept elsewhere. */
    public sealed interface Given {
        /** Written in the file. */
        record Plain(String text) implements Given {}

        /** Kept elsewhere. */
        record Referenced(SecretReference reference) implements Given {}
    }
}
