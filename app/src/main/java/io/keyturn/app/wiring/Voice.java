package io.keyturn.app.wiring;

import io.keyturn.adapters.slack.SlackChannel;
import io.keyturn.adapters.teams.Teams;
import io.keyturn.adapters.web.Hook;
import io.keyturn.adapters.web.WebCalls;
import io.keyturn.adapters.webhook.Webhook;
import io.keyturn.app.config.Acting;
import io.keyturn.app.config.Channels;
import io.keyturn.app.words.MessageWriter;
import io.keyturn.core.model.Problem;
import io.keyturn.core.policy.MailAddress;
import io.keyturn.engine.port.Channel;
import io.keyturn.engine.port.Secret;
import io.keyturn.engine.port.SecretFailure;
import io.keyturn.engine.port.SecretReference;
import io.keyturn.engine.port.Secrets;
import io.keyturn.engine.tell.ShutChannel;
import io.keyturn.engine.tell.Switchboard;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the channels that are configured, and knows whom each of them reaches. */
final class Voice {
    private final Channels channels;
    private final Map<String, String> environment;
    private final InstantSource clock;
    private final Secrets secrets;
    private final List<Switchboard.Line> lines = new ArrayList<>();
    private final List<Channel> boards = new ArrayList<>();

    private Voice(Acting acting, Map<String, String> environment, InstantSource clock, Secrets secrets) {
        this.channels = acting.channels();
        this.environment = environment;
        this.clock = clock;
        this.secrets = secrets;
    }

    /**
     * All channels behind one board; nothing is sent yet. One whose secret cannot be had is shut, and says so to whoever
     * would be told by it; the others are not held up.
     */
    static Switchboard open(Acting acting, Map<String, String> environment, InstantSource clock) {
        try (Secrets secrets = new RunSecrets(environment, acting.credstash())) {
            Voice voice = new Voice(acting, environment, clock, secrets);
            voice.mail();
            voice.slack();
            voice.aws();
            voice.hooks();
            return new Switchboard(new MessageWriter(acting.manner(), clock), voice.lines, voice.boards);
        }
    }

    /** Channels at which a message that was merely handed over counts as placed. */
    static Set<String> enough(Channels channels) {
        return channels.email() != null && channels.email().handedOverSuffices() ? Set.of(PlainMail.NAME) : Set.of();
    }

    private void mail() {
        Channels.Email email = channels.email();
        if (email != null) {
            lines.add(new Switchboard.Line(new PlainMail(email, environment), MailAddress::looksLike));
        }
    }

    private void slack() {
        Channels.Slack slack = channels.slack();
        if (slack == null) {
            return;
        }
        Channel channel;
        try {
            channel = new SlackDoor(environment, secrets, clock).open(slack);
        } catch (SlackDoor.Unusable e) {
            String why = String.valueOf(e.getMessage());
            channel = new ShutChannel("slack", new Problem("use the channel", "slack", why, ""));
        }
        switch (slack) {
            // After mail, so that an address is told by mail where there is mail.
            case Channels.Slack.App app -> lines.add(new Switchboard.Line(channel, SlackChannel::reaches));
            case Channels.Slack.Hook hook -> boards.add(channel);
        }
    }

    private void aws() {
        if (channels.sns() != null) {
            boards.add(AwsNotices.open(channels.sns(), environment));
        }
        if (channels.eventBridge() != null) {
            boards.add(AwsNotices.open(channels.eventBridge(), environment));
        }
    }

    private void hooks() {
        Channels.Webhook webhook = channels.webhook();
        if (webhook != null) {
            boards.add(orShut(
                    "webhook",
                    () -> new Webhook(
                            hook("channels.webhook", webhook.url(), webhook.privateAddresses()),
                            optional(webhook.secret()),
                            clock)));
        }
        Channels.Teams teams = channels.teams();
        if (teams != null) {
            boards.add(orShut("teams", () -> new Teams(hook("channels.teams", teams.url(), false))));
        }
    }

    private Hook hook(String place, SecretReference address, boolean privately) throws SecretFailure {
        WebCalls calls = Web.calls(environment, privately);
        return new Hook(place, calls::send, Web.patience(clock), secrets.find(address));
    }

    private @Nullable Secret optional(@Nullable SecretReference reference) throws SecretFailure {
        return reference == null ? null : secrets.find(reference);
    }

    /** Makes a channel. */
    private interface Maker {
        Channel make() throws SecretFailure;
    }

    private static Channel orShut(String name, Maker maker) {
        try {
            return maker.make();
        } catch (SecretFailure e) {
            return new ShutChannel(name, e.problem());
        }
    }
}
