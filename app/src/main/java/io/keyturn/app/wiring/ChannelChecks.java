package io.keyturn.app.wiring;

import io.keyturn.adapters.aws.mail.SesProbe;
import io.keyturn.adapters.jira.JiraProbe;
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
    private final List<Check> checks = new ArrayList<>();

    ChannelChecks(Channels channels, Map<String, String> environment) {
        this.channels = channels;
        this.environment = environment;
        this.secrets = new LocalSecrets(name -> Optional.ofNullable(environment.get(name)));
    }

    List<Check> checks() throws InterruptedException {
        Channels.Email email = channels.email();
        if (email != null) {
            try (SesProbe ses = new SesProbe(environment, Letters.region(email, environment))) {
                checks.addAll(ses.checks(email.from(), email.handedOverSuffices()));
            }
        }
        Channels.Slack slack = channels.slack();
        if (slack != null) {
            unspoken("slack");
            secret("slack.token", slack.token());
        }
        Channels.Jira jira = channels.jira();
        if (jira != null) {
            if (jira.email() instanceof Channels.Given.Referenced(SecretReference reference)) {
                secret("jira.email", reference);
            }
            secret("jira.token", jira.token());
            jira(jira);
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

    private void jira(Channels.Jira jira) throws InterruptedException {
        try (JiraProbe probe = Tickets.probe(jira, secrets::resolve, environment, InstantSource.system())) {
            checks.addAll(probe.checks());
        } catch (LocalSecrets.Missing missing) {
            checks.add(Check.unknown(null, "jira", "not tried, for its token is not to be had")
                    .optional());
        }
    }

    private void unspoken(String channel) {
        checks.add(Check.unused(null, channel, "this version does not speak by it yet"));
    }

    /** Whether the secret is where its reference says; itself it is forgotten at once. */
    private void secret(String key, SecretReference reference) {
        String name = "channels." + key;
        switch (reference) {
            case SecretReference.Env env -> lookUp(name, env);
            case SecretReference.File file -> lookUp(name, file);
            case SecretReference.Ssm ssm -> notLooked(name);
            case SecretReference.SecretsManager secret -> notLooked(name);
            case SecretReference.Credstash credential -> notLooked(name);
        }
    }

    private void lookUp(String name, SecretReference reference) {
        try {
            secrets.resolve(reference);
            checks.add(Check.works(null, name, "its secret is there"));
        } catch (LocalSecrets.Missing missing) {
            checks.add(Check.fails(null, name, reference.written() + " " + missing.what() + "; " + missing.right()));
        }
    }

    private void notLooked(String name) {
        checks.add(Check.unused(null, name, "is kept in AWS and was not looked up: nothing uses it yet"));
    }
}
