package io.keyturn.app.wiring;

import io.keyturn.adapters.aws.mail.SesProbe;
import io.keyturn.adapters.jira.JiraProbe;
import io.keyturn.app.config.Channels;
import io.keyturn.engine.checkup.Check;
import io.keyturn.engine.port.SecretFailure;
import io.keyturn.engine.port.SecretReference;
import io.keyturn.engine.port.Secrets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether the configured ways to owners work, as far as this version has them. Nothing is sent. */
final class ChannelChecks {
    private final Channels channels;
    private final Map<String, String> environment;
    private final Secrets secrets;
    private final SlackDoor slackDoor;
    private final InstantSource clock;
    private final List<Check> checks = new ArrayList<>();

    /** @param secrets where each secret is looked for; itself it is forgotten at once */
    ChannelChecks(Channels channels, Map<String, String> environment, Secrets secrets, InstantSource clock) {
        this.channels = channels;
        this.environment = environment;
        this.secrets = secrets;
        this.clock = clock;
        this.slackDoor = new SlackDoor(environment, secrets, clock);
    }

    List<Check> checks() throws InterruptedException {
        Channels.Email email = channels.email();
        if (email != null) {
            try (SesProbe ses = new SesProbe(environment, PlainMail.region(email, environment))) {
                checks.addAll(ses.checks(email.from(), email.handedOverSuffices()));
            }
        }
        Channels.Slack slack = channels.slack();
        if (slack != null) {
            slack(slack);
        }
        Channels.Jira jira = channels.jira();
        if (jira != null) {
            if (jira.email() instanceof Channels.Given.Referenced(SecretReference reference)) {
                secret("jira.email", reference);
            }
            secret("jira.token", jira.token());
            jira(jira);
        }
        if (channels.sns() != null || channels.eventBridge() != null) {
            AwsNotices.check(channels, environment, checks);
        }
        Channels.Webhook webhook = channels.webhook();
        if (webhook != null) {
            unspoken("webhook");
            secret("webhook.url", webhook.url());
        }
        if (checks.isEmpty()) {
            checks.add(Check.unused(null, "channels", "none is configured"));
        }
        return List.copyOf(checks);
    }

    private void slack(Channels.Slack slack) throws InterruptedException {
        switch (slack) {
            case Channels.Slack.App(SecretReference token) -> {
                if (secret("slack.token", token)) {
                    checks.addAll(slackDoor.checks(slack));
                }
            }
            case Channels.Slack.Hook(SecretReference webhook) -> {
                if (secret("slack.webhook", webhook)) {
                    checks.add(Check.note(null, "slack", "whether a webhook works is seen only by sending"));
                }
            }
        }
    }

    private void jira(Channels.Jira jira) throws InterruptedException {
        try (JiraProbe probe = Tickets.probe(jira, secrets, environment, clock)) {
            checks.addAll(probe.checks());
        } catch (SecretFailure missing) {
            checks.add(Check.unknown(null, "jira", "not tried, for its token is not to be had")
                    .optional());
        }
    }

    private void unspoken(String channel) {
        checks.add(Check.unused(null, channel, "this version does not speak by it yet"));
    }

    /** Whether the secret is where its reference says. */
    private boolean secret(String key, SecretReference reference) {
        String name = "channels." + key;
        try {
            secrets.find(reference);
            checks.add(Check.works(null, name, "its secret is there"));
            return true;
        } catch (SecretFailure failure) {
            checks.add(Check.fails(null, name, failure.problem().sentence()));
            return false;
        }
    }
}
