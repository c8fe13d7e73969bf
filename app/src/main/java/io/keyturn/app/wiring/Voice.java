package io.keyturn.app.wiring;

import io.keyturn.adapters.slack.SlackChannel;
import io.keyturn.app.config.Acting;
import io.keyturn.app.config.Channels;
import io.keyturn.app.words.MessageWriter;
import io.keyturn.core.policy.MailAddress;
import io.keyturn.engine.port.Channel;
import io.keyturn.engine.port.Secrets;
import io.keyturn.engine.tell.Switchboard;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
    static Switchboard open(Acting acting, Map<String, String> environment, Secrets secrets, InstantSource clock) {
        Voice voice = new Voice(acting, environment, clock, secrets);
        voice.mail();
        voice.slack();
        voice.aws();
        voice.hooks();
        return new Switchboard(
                new MessageWriter(acting.manner(), clock, OwnerPages.of(acting.manner(), secrets, clock)),
                voice.lines,
                voice.boards,
                acting.manner().ofEachKey());
    }

    /** Channels at which a message that was merely handed over counts as placed. */
    static Set<String> enough(Channels channels) {
        return channels.email() != null && channels.email().handedOverSuffices() ? Set.of(MailDoor.NAME) : Set.of();
    }

    private void mail() {
        Channels.Email email = channels.email();
        if (email != null) {
            lines.add(new Switchboard.Line(
                    new MailDoor(environment, secrets, clock).open(email), MailAddress::looksLike));
        }
    }

    private void slack() {
        Channels.Slack slack = channels.slack();
        if (slack == null) {
            return;
        }
        Channel channel = new SlackDoor(environment, secrets, clock).open(slack);
        switch (slack) {
            // After mail, so that an address is told by mail where there is mail.
            case Channels.Slack.App app ->
                lines.add(new Switchboard.Line(channel, app.looksUp() ? SlackChannel::reaches : anybody -> true));
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
        HookDoor door = new HookDoor(environment, secrets, clock);
        if (channels.webhook() != null) {
            boards.add(door.webhook(channels.webhook()));
        }
        if (channels.teams() != null) {
            boards.add(door.teams(channels.teams()));
        }
    }
}
