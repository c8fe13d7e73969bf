package io.keyturn.app.config;

import io.keyturn.engine.port.SecretReference;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The ways to owners that are configured; null is not configured. Secrets are references until they are used. */
public record Channels(
        @Nullable Slack slack,
        @Nullable Jira jira,
        @Nullable Email email,
        @Nullable Sns sns,
        @Nullable EventBridge eventBridge,
        @Nullable Webhook webhook,
        @Nullable Teams teams,
        @Nullable PagerDuty pagerDuty) {
    public static final Channels NONE = new Channels(null, null, null, null, null, null, null, null);

    /** Slack, in one of two ways. */
    public sealed interface Slack {
        /**
         * An app by its bot token: to members and channels.
         *
         * @param looksUp whether Slack is asked who somebody is before they are told: only then is a message placed; else it
         *     goes to whatever the owner chain names
         */
        record App(SecretReference token, boolean looksUp) implements Slack {}

        /** An incoming webhook, whose address is a secret: to the one channel it was made for. */
        record Hook(SecretReference webhook) implements Slack {}
    }

    /**
     * Tickets in Jira.
     *
     * @param project key of the project
     * @param email of the account whose token it is, for Jira Cloud; null for a personal access token
     * @param type name of the issue type
     * @param labels more labels for every ticket
     * @param fields more fields for every ticket, as a JSON object
     * @param perOwner whether an owner's keys in an account share a ticket; else each key has its own
     * @param foundBy how the ticket of a key is found again
     */
    public record Jira(
            URI url,
            String project,
            @Nullable Given email,
            SecretReference token,
            String type,
            List<String> labels,
            String fields,
            boolean perOwner,
            FoundBy foundBy) {
        public Jira {
            labels = List.copyOf(labels);
        }
    }

    /** How the ticket of a key is found again. */
    public enum FoundBy {
        /** A label of its own. */
        LABEL,
        /** As keycheck does: the last five characters of the key in the description, and keycheck's label. */
        KEYCHECK;

        /** The word in the configuration. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Mail.
     *
     * @param from address of the sender
     * @param via what carries it
     * @param replyTo address that answers go to; null for the sender's
     * @param unsubscribe address of the team that takes people off; null for none
     * @param allowedDomains domains whose addresses may be told where a secret lies
     * @param handedOverSuffices whether mail that the carrier took counts as placed where bounces cannot be seen
     */
    public record Email(
            String from,
            Via via,
            @Nullable String replyTo,
            @Nullable String unsubscribe,
            List<String> allowedDomains,
            boolean handedOverSuffices) {
        public Email {
            allowedDomains = List.copyOf(allowedDomains);
        }
    }

    /** What carries mail. */
    public sealed interface Via {
        /**
         * Amazon SES v2.
         *
         * @param region null where the environment names it
         */
        record Ses(@Nullable String region) implements Via {}

        /**
         * A mail server, always through TLS.
         *
         * @param login null for a server that asks for none
         * @param implicit whether TLS begins with the connection, rather than by STARTTLS
         */
        record Smtp(String host, int port, @Nullable Login login, boolean implicit) implements Via {}

        /** Who logs in at a mail server. */
        record Login(Given user, SecretReference password) {}
    }

    /** An SNS topic by its ARN. */
    public record Sns(String topic) {}

    /** A bus of EventBridge, by its name or ARN. */
    public record EventBridge(String bus) {}

    /**
     * A web address that takes JSON; the address itself is a secret.
     *
     * @param secret signs what is sent; null to send unsigned
     * @param privateAddresses whether it may lie in a private network
     */
    public record Webhook(SecretReference url, @Nullable SecretReference secret, boolean privateAddresses) {}

    /** A workflow of Microsoft Teams by its address, which is a secret. */
    public record Teams(SecretReference url) {}

    /** A service of PagerDuty by the key of its integration. */
    public record PagerDuty(SecretReference routingKey) {}

    /** A text that may stand in the file or be kept elsewhere. */
    public sealed interface Given {
        /** Written in the file. */
        record Plain(String text) implements Given {}

        /** Kept elsewhere. */
        record Referenced(SecretReference reference) implements Given {}
    }
}
