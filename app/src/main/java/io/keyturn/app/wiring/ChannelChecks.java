package io.keyturn.app.wiring;

import io.keyturn.app.config.Channels;
import io.keyturn.app.config.LocalSecrets;
import io.keyturn.engine.checkup.Check;
import io.keyturn.engine.port.SecretReference;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether the configured ways to owners work, as far as this version has them. Nothing is sent. */
final class ChannelChecks {
    private final Channels channels;
    private final LocalSecrets secrets;
    private final SlackDoor slackDoor;
    private final MailDoor mailDoor;
    private final List<Check> checks = new ArrayList<>();

    ChannelChecks(Channels channels, Map<String, String> environment, InstantSource clock) {
        this.channels = channels;
        this.secrets = new LocalSecrets(name -> Optional.ofNullable(environment.get(name)));
        this.slackDoor = new SlackDoor(environment, clock);
        this.mailDoor = new MailDoor(environment, clock);
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
            unspoken("jira");
            if (jira.email() instanceof Channels.Given.Referenced(SecretReference reference)) {
                secret("jira.email", reference);
            }
            secret("jira.token", jira.token());
        }
        if (channels.sns() != null) {
            unspoken("sns");
        }
        Channels.Webhook webhook = channels.webhook();
        if (webhook != null) {
            unspoken("webhook");
            secret("webhook.url", webhook.url());
            if (webhook.secret() == null) {
                checks.add(Check.note(null, "channels.webhook.secret", "is not configured: what is sent is unsigned"));
            } else {
                secret("webhook.secret", webhook.secret());
            }
        }
        Channels.Teams teams = channels.teams();
        if (teams != null) {
            unspoken("teams");
            secret("teams.url", teams.url());
        }
        Channels.PagerDuty pager = channels.pagerDuty();
        if (pager != null) {
            unspoken("pagerduty");
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

    private void unspoken(String channel) {
        checks.add(Check.unused(null, channel, "this version does not speak by it yet"));
    }

    /** Whether the secret is where its reference says; itself it is forgotten at once. */
    private boolean secret(String key, SecretReference reference) {
        String name = "channels." + key;
        return switch (reference) {
            case SecretReference.Env env -> lookUp(name, env);
            case SecretReference.File file -> lookUp(name, file);
            case SecretReference.Ssm ssm -> notLooked(name);
            case SecretReference.SecretsManager secret -> notLooked(name);
            case SecretReference.Credstash credential -> notLooked(name);
        };
    }

    private boolean lookUp(String name, SecretReference reference) {
        try {
            secrets.resolve(reference);
            checks.add(Check.works(null, name, "its secret is there"));
            return true;
        } catch (LocalSecrets.Missing missing) {
            checks.add(Check.fails(null, name, reference.written() + " " + missing.what() + "; " + missing.right()));
            return false;
        }
    }

    private boolean notLooked(String name) {
        checks.add(Check.unused(null, name, "is kept in AWS and was not looked up: nothing uses it yet"));
        return false;
    }
}
