package io.keyturn.app.config;

import io.keyturn.core.policy.MailAddress;
import io.keyturn.engine.port.SecretReference;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code channels}: the ways to owners. */
final class ChannelsReader {
    static final Pattern MAIL = Pattern.compile("[^\\s@<>,]+@[^\\s@<>,.]+(?:\\.[^\\s@<>,.]+)+");
    private static final Pattern DOMAIN = Pattern.compile("[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+");
    private static final Pattern REGION = Pattern.compile("[a-z]{2,4}(?:-[a-z]+)+-[0-9]{1,2}");
    private static final Pattern TOPIC =
            Pattern.compile("arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_.-]{1,256}");
    static final String NO_MAIL = "is not a mail address";
    static final String RIGHT_MAIL = "write for example keys@example.com";

    private final SecretReader secrets;

    ChannelsReader(SecretReader secrets) {
        this.secrets = secrets;
    }

    Channels read(Fields top) {
        return top.mapping("channels", List.of("slack", "jira", "email", "sns", "webhook"))
                .map(f -> new Channels(
                        read(f.mapping("slack", List.of("token")), this::slack),
                        read(f.mapping("jira", JiraReader.KEYS), new JiraReader(secrets)::read),
                        read(f.mapping("email", List.of("from", "region", "allowed-domains", "accept")), this::email),
                        read(f.mapping("sns", List.of("topic")), this::sns),
                        read(f.mapping("webhook", List.of("url", "private-addresses")), this::webhook)))
                .orElse(Channels.NONE);
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
        f.require("name the bot token of the Slack app, such as ${env:SLACK_TOKEN}", "token");
        SecretReference token = secrets.reference(f, "token");
        return token == null ? null : new Channels.Slack(token);
    }

    private Channels.@Nullable Email email(Fields f) {
        f.require("name the address that mail is sent from", "from");
        String from = f.text("from", MAIL, NO_MAIL, RIGHT_MAIL);
        if (from != null && !MailAddress.looksLike(from)) {
            f.bad("from", NO_MAIL, RIGHT_MAIL);
        }
        String region = f.text("region", REGION, "is not an AWS Region", "write for example eu-central-1");
        List<String> domains =
                f.texts("allowed-domains", DOMAIN, "is not a domain", "write for example example.com, without @");
        boolean handedOver =
                f.word("accept", List.of("handed-over"), word -> word, "").equals("handed-over");
        return from == null ? null : new Channels.Email(from, region, domains, handedOver);
    }

    private Channels.@Nullable Sns sns(Fields f) {
        f.require("name the ARN of the topic", "topic");
        String topic = f.text(
                "topic",
                TOPIC,
                "is not the ARN of a topic",
                "write for example arn:aws:sns:eu-central-1:111122223333:keyturn");
        return topic == null ? null : new Channels.Sns(topic);
    }

    private Channels.@Nullable Webhook webhook(Fields f) {
        f.require("name where its address is kept, such as ${env:KEYTURN_WEBHOOK}", "url");
        SecretReference url = secrets.reference(f, "url");
        boolean privately = f.truth("private-addresses", false);
        return url == null ? null : new Channels.Webhook(url, privately);
    }
}
