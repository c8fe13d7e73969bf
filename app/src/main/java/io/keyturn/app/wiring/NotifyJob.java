package io.keyturn.app.wiring;

import io.keyturn.app.config.Settings;
import io.keyturn.app.render.Preview;
import io.keyturn.app.words.Kind;
import io.keyturn.app.words.MessageWriter;
import io.keyturn.app.words.Samples;
import io.keyturn.core.assess.Owner;
import io.keyturn.engine.apply.TicketTools;
import io.keyturn.engine.message.Message;
import io.keyturn.engine.message.Notice;
import io.keyturn.engine.message.PlainMessage;
import io.keyturn.engine.message.Text;
import io.keyturn.engine.port.Channel;
import io.keyturn.engine.port.Secrets;
import io.keyturn.engine.tell.Switchboard;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Shows what messages look like, and sends one for trial. Nothing else is ever sent from here. */
public final class NotifyJob {
    /** What a ticket would be found by: the real one is of the key, and tells nobody what it is. */
    private static final String MARKER = "keyturn-0000000000000000";

    private static final String TICKETS = "jira";

    private final Settings settings;
    private final Map<String, String> environment;
    private final InstantSource clock;

    public NotifyJob(Settings settings, Map<String, String> environment, InstantSource clock) {
        this.settings = settings;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
    }

    /** The same with a made-up channel in the place of each that is not configured. */
    public NotifyJob withEveryChannel() {
        return new NotifyJob(
                settings.acting(settings.acting()
                        .speaking(
                                SampleChannels.fill(settings.acting().channels()),
                                settings.acting().manner())),
                SampleChannels.environment(environment),
                clock);
    }

    /** The names of the channels that are configured, the desk for tickets last. */
    public List<String> channels() {
        try (Secrets secrets = secrets();
                Switchboard board = board(secrets)) {
            Stream<String> desk = settings.acting().channels().jira() == null ? Stream.of() : Stream.of(TICKETS);
            return Stream.concat(board.channels().stream().map(Channel::name), desk)
                    .toList();
        }
    }

    /** The channel that reaches somebody of that name; empty where none of the configured ones does. */
    public Optional<String> channelOf(String recipient) {
        try (Secrets secrets = secrets();
                Switchboard board = board(secrets)) {
            return board.channel(recipient).map(Channel::name);
        }
    }

    /** A notice of that kind about a key that is made up. */
    public Notice sample(String to, Kind kind) {
        Owner owner = new Owner(to.isEmpty() ? "team" : to, "a preview");
        return new Samples(owner, clock.instant()).of(kind);
    }

    /**
     * What the channel would hand over.
     *
     * @param notices at least one
     * @return empty where no such channel is configured
     */
    public Optional<Preview.Shown> preview(String channel, String to, List<Notice> notices, @Nullable String thread) {
        Message message = message(notices.getFirst().owner(), notices);
        try (Secrets secrets = secrets();
                Switchboard board = board(secrets)) {
            Channel.Dispatch dispatch = new Channel.Dispatch(message, to, thread);
            Optional<Preview.Shown> shown = named(board, channel)
                    .map(found -> new Preview.Shown(channel, to, found.preview(dispatch), found.page(dispatch)));
            return shown.isEmpty() && channel.equals(TICKETS) ? ticket(message, secrets) : shown;
        }
    }

    private Optional<Preview.Shown> ticket(Message message, Secrets secrets) {
        try (TicketTools tickets = Tickets.open(settings.acting(), environment, secrets, clock)) {
            return Optional.ofNullable(tickets)
                    .map(tools -> new Preview.Shown(TICKETS, "", tools.desk().preview(MARKER, message), null));
        }
    }

    /** The words alone. */
    public Preview.Shown words(List<Notice> notices) {
        Message message = message(notices.getFirst().owner(), notices);
        String text = message.headline() + "\n\n"
                + PlainMessage.of(message, message.items().size());
        return new Preview.Shown("", notices.getFirst().owner().name(), text, null);
    }

    /**
     * Sends a message that says of itself that it is a trial.
     *
     * @return empty where no such channel is configured
     */
    public Optional<Channel.Sending> trial(String channel, String to) throws InterruptedException {
        try (Secrets secrets = secrets();
                Switchboard board = board(secrets)) {
            Optional<Channel> found = named(board, channel);
            return found.isEmpty()
                    ? Optional.empty()
                    : Optional.of(found.get().send(new Channel.Dispatch(trial(to), to, null)));
        }
    }

    private Secrets secrets() {
        return new RunSecrets(environment, settings.acting().credstash());
    }

    private Switchboard board(Secrets secrets) {
        return Voice.open(settings.acting(), environment, secrets, clock);
    }

    private static Optional<Channel> named(Switchboard board, String name) {
        return board.channels().stream()
                .filter(channel -> channel.name().equals(name))
                .findFirst();
    }

    private Message message(Owner owner, List<Notice> notices) {
        return new MessageWriter(
                        settings.acting().manner(),
                        clock,
                        OwnerPages.shown(settings.acting().manner()))
                .message("preview-" + clock.instant().toEpochMilli(), owner, new ArrayList<>(notices));
    }

    private Message trial(String to) {
        Notice notice = sample(to, Kind.ROTATE);
        Message sample = message(notice.owner(), List.of(notice));
        return new Message(
                "trial-" + clock.instant().toEpochMilli(),
                "A trial message from Keyturn: nothing is to be done",
                Text.of("This is a trial of the channel. The key below is made up, and nothing happens to it."),
                sample.items(),
                sample.closing());
    }
}
