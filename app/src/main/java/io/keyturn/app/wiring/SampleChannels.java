package io.keyturn.app.wiring;

import io.keyturn.app.config.Channels;
import io.keyturn.engine.port.SecretReference;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Ways to owners that are made up, so that each can be looked at before it is configured. Nothing goes out by them. */
final class SampleChannels {
    private static final String PREFIX = "KEYTURN_SAMPLE_";

    private SampleChannels() {}

    /** Those that are configured, and made-up ones in the place of those that are not. */
    static Channels fill(Channels own) {
        return new Channels(
                own.slack() != null ? own.slack() : new Channels.Slack.App(secret("SLACK"), true),
                own.jira() != null ? own.jira() : jira(),
                own.email() != null ? own.email() : email(),
                own.sns() != null ? own.sns() : new Channels.Sns("arn:aws:sns:eu-central-1:111122223333:keyturn"),
                own.eventBridge() != null ? own.eventBridge() : new Channels.EventBridge("default"),
                own.webhook() != null ? own.webhook() : new Channels.Webhook(secret("WEBHOOK"), null, false),
                own.teams() != null ? own.teams() : new Channels.Teams(secret("TEAMS")),
                own.pagerDuty() != null ? own.pagerDuty() : new Channels.PagerDuty(secret("PAGERDUTY")));
    }

    /** What the made-up ones find their secrets in. */
    static Map<String, String> environment(Map<String, String> own) {
        Map<String, String> filled = new HashMap<>(own);
        filled.putIfAbsent("AWS_REGION", "eu-central-1");
        filled.put(PREFIX + "SLACK", "sample");
        filled.put(PREFIX + "JIRA", "sample");
        filled.put(PREFIX + "PAGERDUTY", "sample");
        filled.put(PREFIX + "WEBHOOK", "https://hooks.example.com/keyturn");
        filled.put(PREFIX + "TEAMS", "https://teams.example.com/workflows/keyturn");
        return filled;
    }

    private static SecretReference secret(String name) {
        return new SecretReference.Env(PREFIX + name);
    }

    private static Channels.Jira jira() {
        return new Channels.Jira(
                URI.create("https://example.atlassian.net"),
                "OPS",
                new Channels.Given.Plain("keyturn@example.com"),
                secret("JIRA"),
                "Task",
                List.of(),
                "{}",
                false,
                Channels.FoundBy.LABEL);
    }

    private static Channels.Email email() {
        return new Channels.Email(
                "keys@example.com", new Channels.Via.Ses("eu-central-1"), null, null, List.of("example.com"), false);
    }
}
