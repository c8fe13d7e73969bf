package io.keyturn.app.config;

import io.keyturn.engine.port.SecretReference;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code channels}: the ways to owners. */
final class ChannelsReader {
    static final Pattern MAIL = Pattern.compile("[^\\s@<>,]+@[^\\s@<>,.]+(?:\\.[^\\s@<>,.]+)+");
    private static final Pattern REGION = Pattern.compile("[a-z]{2,4}(?:-[a-z]+)+-[0-9]{1,2}");
    private static final Pattern TOPIC =
            Pattern.compile("arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_.-]{1,256}");
    static final String NO_MAIL = "is not a mail address";
    static final String RIGHT_MAIL = "write for example keys@example.com";
    private static final Pattern BUS = Pattern.compile(
            "[A-Za-z0-9_./-]{1,256}" + "|arn:aws[a-z-]*:events:[a-z0-9-]+:[0-9]{12}:event-bus/[A-Za-z0-9_./-]{1,256}");

    private final SecretReader secrets;
    private final EmailReader email;

    ChannelsReader(SecretReader secrets) {
        this.secrets = secrets;
        this.email = new EmailReader(secrets);
    }

    Channels read(Fields top) {
        return top.mapping(
                        "channels",
                        List.of("slack", "jira", "email", "sns", "eventbridge", "webhook", "teams", "pagerduty"))
                .map(f -> new Channels(
                        read(f.mapping("slack", List.of("token", "webhook", "look-up")), this::slack),
                        read(f.mapping("jira", JiraReader.KEYS), new JiraReader(secrets)::read),
                        read(f.mapping("email", EmailReader.KEYS), email::read),
                        read(f.mapping("sns", List.of("topic")), this::sns),
                        read(f.mapping("eventbridge", List.of("bus")), this::eventBridge),
                        read(f.mapping("webhook", List.of("url", "secret", "private-addresses")), this::webhook),
                        read(f.mapping("teams", List.of("url")), this::teams),
                        read(f.mapping("pagerduty", List.of("routing-key")), this::pagerDuty)))
                .orElse(Channels.NONE);
    }

    /** The Region at {@code key}, or null. */
    static @Nullable String region(Fields f, String key) {
        return f.text(key, REGION, "is not an AWS Region", "write for example eu-central-1");
    }

    /** The ARN at {@code topic}, or null. */
    static @Nullable String topic(Fields f) {
        return f.text(
                "topic",
                TOPIC,
                "is not the ARN of a topic",
                "write for example arn:aws:sns:eu-central-1:111122223333:keyturn");
    }

    /** Reads one channel. */
    private interface Reader<T> {
        @Nullable
        T read(Fields f);
    }

    private static <T> @Nullable T read(Optional<Fields> fields, Reader<T> reader) {
        return fields.isEmpty() ? null : reader.read(fields.get());
    }

    private Channels.@Nullable Slack slack(Fields f) {
        if (f.has("webhook")) {
            if (f.has("token")) {
                // What was read is not repeated: it may be the secret.
                f.tree.bad(
                        f.node("token"),
                        f.at("token"),
                        "stands beside webhook",
                        "",
                        "keep the token, which reaches people, or the webhook");
            }
            if (f.has("look-up")) {
                f.bad(
                        "look-up",
                        "stands beside webhook",
                        "leave it out: a webhook has one channel, and nobody to look up");
            }
            SecretReference webhook = secrets.reference(f, "webhook");
            return webhook == null ? null : new Channels.Slack.Hook(webhook);
        }
        f.require("name the bot token of the Slack app, such as ${env:SLACK_TOKEN}", "token");
        SecretReference token = secrets.reference(f, "token");
        return token == null ? null : new Channels.Slack.App(token, f.truth("look-up", true));
    }

    private Channels.@Nullable Sns sns(Fields f) {
        f.require("name the ARN of the topic", "topic");
        String topic = topic(f);
        return topic == null ? null : new Channels.Sns(topic);
    }

    private Channels.@Nullable EventBridge eventBridge(Fields f) {
        f.require("name the bus, or default for that of the account", "bus");
        String bus = f.text(
                "bus",
                BUS,
                "is neither the name nor the ARN of an event bus",
                "write for example default, or arn:aws:events:eu-central-1:111122223333:event-bus/keyturn");
        return bus == null ? null : new Channels.EventBridge(bus);
    }

    private Channels.@Nullable Webhook webhook(Fields f) {
        f.require("name where its address is kept, such as ${env:KEYTURN_WEBHOOK}", "url");
        SecretReference url = secrets.reference(f, "url");
        SecretReference secret = secrets.reference(f, "secret");
        boolean privately = f.truth("private-addresses", false);
        return url == null ? null : new Channels.Webhook(url, secret, privately);
    }

    private Channels.@Nullable Teams teams(Fields f) {
        f.require("name where the address of the workflow is kept, such as ${env:KEYTURN_TEAMS}", "url");
        SecretReference url = secrets.reference(f, "url");
        return url == null ? null : new Channels.Teams(url);
    }

    private Channels.@Nullable PagerDuty pagerDuty(Fields f) {
        f.require("name where the integration key of the service is kept, such as ${env:PAGERDUTY_KEY}", "routing-key");
        SecretReference key = secrets.reference(f, "routing-key");
        return key == null ? null : new Channels.PagerDuty(key);
    }
}
