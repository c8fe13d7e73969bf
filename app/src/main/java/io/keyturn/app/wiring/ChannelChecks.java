package io.keyturn.app.wiring;

import io.keyturn.adapters.aws.mail.SesProbe;
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
    private final Map<String, String> environment;
    private final LocalSecrets secrets;
    private final SlackDoor slackDoor;
    private final List<Check> checks = new ArrayList<>();

    ChannelChecks(Channels channels, Map<String, String> environment, InstantSource clock) {
        this.channels = channels;
        this.environment = environment;
        this.secrets = new LocalSecrets(name -> Optional.ofNullable(environment.get(name)));
        this.slackDoor = new SlackDoor(environment, clock);
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
