package io.keyturn.app.config;

import io.keyturn.engine.port.SecretReference;
import java.util.Optional;

/** The channels and boards of the effective configuration; what is secret is shown as it is referred to. */
final class ExplainChannels {
    private ExplainChannels() {}

    /** Writes them below {@code top}. */
    static void write(Explained top, Channels channels) {
        if (channels.equals(Channels.NONE)) {
            top.leaf("channels", null);
            return;
        }
        Explained at = top.group("channels");
        Optional.ofNullable(channels.slack()).ifPresent(slack -> slack(at.group("slack"), slack));
        Optional.ofNullable(channels.jira()).ifPresent(jira -> jira(at.group("jira"), jira));
        Optional.ofNullable(channels.email()).ifPresent(email -> email(at.group("email"), email));
        Optional.ofNullable(channels.sns()).ifPresent(sns -> at.group("sns").leaf("topic", sns.topic()));
        Optional.ofNullable(channels.eventBridge())
                .ifPresent(events -> at.group("eventbridge").leaf("bus", events.bus()));
        Optional.ofNullable(channels.webhook()).ifPresent(webhook -> {
            Explained hook = at.group("webhook");
            hook.leaf("url", webhook.url().written());
            hook.leaf(
                    "secret", webhook.secret() == null ? null : webhook.secret().written());
            hook.leaf("private-addresses", webhook.privateAddresses());
        });
        Optional.ofNullable(channels.teams())
                .ifPresent(teams -> at.group("teams").leaf("url", teams.url().written()));
        Optional.ofNullable(channels.pagerDuty())
                .ifPresent(pager -> at.group("pagerduty")
                        .leaf("routing-key", pager.routingKey().written()));
    }

    private static void email(Explained at, Channels.Email email) {
        at.leaf("from", email.from());
        switch (email.via()) {
            case Channels.Via.Ses(String region) -> {
                at.leaf("via", "ses");
                at.leaf("region", region);
            }
            case Channels.Via.Smtp smtp -> {
                at.leaf("via", "smtp");
                // Written or not, it is not used.
                at.leaf("region", null);
                Explained server = at.group("smtp");
                server.leaf("host", smtp.host());
                server.leaf("port", smtp.port());
                server.leaf(
                        "user",
                        smtp.login() == null ? null : written(smtp.login().user()));
                server.leaf(
                        "password",
                        smtp.login() == null ? null : smtp.login().password().written());
                server.leaf("tls", smtp.implicit() ? "implicit" : "starttls");
            }
        }
        at.leaf("reply-to", email.replyTo());
        at.leaf("unsubscribe", email.unsubscribe());
        at.leaf("allowed-domains", email.allowedDomains());
        at.leaf("accept", email.handedOverSuffices() ? "handed-over" : null);
    }

    private static void slack(Explained at, Channels.Slack slack) {
        switch (slack) {
            case Channels.Slack.App(SecretReference token, boolean looksUp) -> {
                at.leaf("token", token.written());
                at.leaf("look-up", looksUp);
            }
            case Channels.Slack.Hook(SecretReference webhook) -> at.leaf("webhook", webhook.written());
        }
    }

    private static void jira(Explained at, Channels.Jira jira) {
        at.leaf("url", jira.url().toString());
        at.leaf("project", jira.project());
        at.leaf("type", jira.type());
        at.leaf("email", jira.email() == null ? null : written(jira.email()));
        at.leaf("token", jira.token().written());
        at.leaf("labels", jira.labels());
        at.leaf("fields", jira.fields());
        at.leaf("per", jira.perOwner() ? "owner" : "key");
        at.leaf("found-by", jira.foundBy().label());
    }

    private static String written(Channels.Given given) {
        return switch (given) {
            case Channels.Given.Plain(String text) -> text;
            case Channels.Given.Referenced(SecretReference reference) -> reference.written();
        };
    }
}
