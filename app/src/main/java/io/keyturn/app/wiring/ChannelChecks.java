package io.keyturn.app.wiring;

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
    private final MailDoor mailDoor;
    private final SlackDoor slackDoor;
    private final InstantSource clock;
    private final List<Check> checks = new ArrayList<>();

    /** @param secrets where each secret is looked for; itself it is forgotten at once */
    ChannelChecks(Channels channels, Map<String, String> environment, Secrets secrets, InstantSource clock) {
        this.channels = channels;
        this.environment = environment;
        this.secrets = secrets;
        this.clock = clock;
        this.mailDoor = new MailDoor(environment, secrets, clock);
        this.slackDoor = new SlackDoor(environment, secrets, clock);
    }

    List<Check> checks() throws InterruptedException {
        Channels.Email email = channels.email();
        if (email != null) {
            email(email);
        }
        Channels.Slack slack = channels.slack();
        if (slack != null) {
            slack(slack);
        }
        Channels.Jira jira = channels.jira();
        if (jira != null) {
            jira(jira);
        }
        if (channels.sns() != null || channels.eventBridge() != null) {
            AwsNotices.check(channels, environment, checks);
        }
        Channels.Webhook webhook = channels.webhook();
        if (webhook != null) {
            secret("webhook.url", webhook.url());
            if (webhook.secret() == null) {
                checks.add(Check.note(null, "channels.webhook.secret", "is not configured: what is sent is unsigned"));
            } else {
                secret("webhook.secret", webhook.secret());
            }
        }
        Channels.Teams teams = channels.teams();
        if (teams != null) {
            secret("teams.url", teams.url());
        }
        Channels.PagerDuty pager = channels.pagerDuty();
        if (pager != null) {
            secret("pagerduty.routing-key", pager.routingKey());
        }
        if (checks.isEmpty()) {
            checks.add(Check.unused(null, "channels", "none is configured"));
        }
        return List.copyOf(checks);
    }

    private void email(Channels.Email email) {
        if (email.via() instanceof Channels.Via.Smtp smtp && smtp.login() != null) {
            boolean there = secret("email.smtp.password", smtp.login().password());
            if (smtp.login().user() instanceof Channels.Given.Referenced(SecretReference reference)) {
                there &= secret("email.smtp.user", reference);
            }
            if (!there) {
                return;
            }
        }
        checks.addAll(mailDoor.checks(email));
    }

    private void slack(Channels.Slack slack) throws InterruptedException {
        switch (slack) {
            case Channels.Slack.App(SecretReference token, boolean looksUp) -> {
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
        boolean named = !(jira.email() instanceof Channels.Given.Referenced(SecretReference reference))
                || secret("jira.email", reference);
        if (secret("jira.token", jira.token()) && named) {
            try (JiraProbe probe = Tickets.probe(jira, secrets, environment, clock)) {
                checks.addAll(probe.checks());
            } catch (SecretFailure gone) {
                checks.add(Check.fails(null, "jira", gone.problem().sentence()));
            }
        }
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
