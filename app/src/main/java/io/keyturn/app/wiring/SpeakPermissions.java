package io.keyturn.app.wiring;

import io.keyturn.adapters.aws.FindingsDoor;
import io.keyturn.adapters.aws.hub.SecurityHub;
import io.keyturn.app.config.Channels;
import io.keyturn.app.config.ConfigExplain;
import io.keyturn.app.config.Report;
import io.keyturn.app.config.Settings;
import io.keyturn.engine.checkup.Statement;
import io.keyturn.engine.port.SecretReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What the credentials of a run must be allowed so that it can speak by topics and buses, and find its secrets. */
final class SpeakPermissions {
    private final Settings settings;
    private final String partition;

    SpeakPermissions(Settings settings, String partition) {
        this.settings = settings;
        this.partition = partition;
    }

    List<Statement> statements() {
        List<Statement> statements = new ArrayList<>();
        Set<String> topics = new TreeSet<>();
        settings.reports().stream().map(Report::topic).filter(Objects::nonNull).forEach(topics::add);
        Channels.Sns sns = settings.acting().channels().sns();
        if (sns != null) {
            topics.add(sns.topic());
        }
        if (!topics.isEmpty()) {
            statements.add(new Statement("PublishToTopics", Set.of("sns:Publish"), List.copyOf(topics)));
        }
        Channels.EventBridge events = settings.acting().channels().eventBridge();
        if (events != null) {
            String bus = events.bus().startsWith("arn:") ? events.bus() : arn("events", "event-bus/" + events.bus());
            statements.add(new Statement("PutEvents", Set.of("events:PutEvents"), List.of(bus)));
        }
        Channels.Email email = settings.acting().channels().email();
        if (email != null && email.via() instanceof Channels.Via.Ses(String region)) {
            // An address is allowed by itself or by its domain, whichever is the verified identity.
            String own = "arn:" + partition + ":ses:" + (region == null ? "*" : region) + ":*:identity/";
            String domain = email.from().substring(email.from().lastIndexOf('@') + 1);
            statements.add(new Statement(
                    "SendMail",
                    Set.of("ses:SendEmail", "ses:SendRawEmail"),
                    List.of(own + email.from(), own + domain)));
        }
        settings.reports().forEach(report -> {
            if (report instanceof Report.SecurityHub hub) {
                String region = hub.region() == null ? "*" : hub.region();
                String own = "arn:" + partition + ":securityhub:" + region + ":*:";
                statements.add(new Statement(
                        "ImportFindings", Set.of(SecurityHub.IMPORT), List.of(own + "product/*/default")));
                statements.add(
                        new Statement("LookAtFindings", Set.of(FindingsDoor.LOOK), List.of(own + "hub/default")));
            }
        });
        references().forEach(reference -> statements.addAll(statements(reference)));
        return statements;
    }

    /** Wherever a reference stands in the configuration, whatever channel it is of. */
    private Stream<SecretReference> references() {
        return ConfigExplain.tree(settings).findValues("value").stream()
                .filter(JsonNode::isString)
                .map(node -> SecretReference.parse(node.stringValue()))
                .flatMap(Optional::stream)
                .distinct();
    }

    private List<Statement> statements(SecretReference reference) {
        return switch (reference) {
            case SecretReference.Env env -> List.of();
            case SecretReference.File file -> List.of();
            case SecretReference.Ssm(String name) ->
                List.of(new Statement(
                        "ReadParameters",
                        Set.of("ssm:GetParameter"),
                        List.of(arn("ssm", "parameter/" + (name.startsWith("/") ? name.substring(1) : name)))));
            case SecretReference.SecretsManager(String name, String field) ->
                List.of(new Statement(
                        "ReadSecrets",
                        Set.of("secretsmanager:GetSecretValue"),
                        List.of(
                                name.startsWith("arn:")
                                        ? name + "*"
                                        : arn("secretsmanager", "secret:" + name + "-*"))));
            case SecretReference.Credstash credential ->
                List.of(
                        new Statement(
                                "ReadCredstash",
                                Set.of("dynamodb:Query"),
                                List.of(arn(
                                        "dynamodb",
                                        "table/" + settings.acting().credstash().table()))),
                        new Statement("DecryptCredstash", Set.of("kms:Decrypt"), List.of(arn("kms", "key/*"))));
        };
    }

    private String arn(String service, String resource) {
        return "arn:" + partition + ":" + service + ":*:*:" + resource;
    }
}
