package io.keyturn.app.wiring;

import io.keyturn.app.config.Settings;
import io.keyturn.app.words.Kind;
import io.keyturn.app.words.MessageWriter;
import io.keyturn.app.words.Samples;
import io.keyturn.core.assess.Owner;
import io.keyturn.engine.message.Message;
import io.keyturn.engine.message.PlainMessage;
import io.keyturn.engine.message.Text;
import io.keyturn.engine.port.Channel;
import io.keyturn.engine.port.Secrets;
import io.keyturn.engine.tell.Switchboard;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows what messages look like, and sends one for trial. All keys in them are made up. */
public final class NotifyJob {
    private final Settings settings;
    private final Map<String, String> environment;
    private final InstantSource clock;

    public NotifyJob(Settings settings, Map<String, String> environment, InstantSource clock) {
        this.settings = settings;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
    }

    /** The names of the channels that are configured. */
    public List<String> channels() {
        try (Switchboard board = board()) {
            return board.channels().stream().map(Channel::name).toList();
        }
    }

    /**
     * What the channel would hand over, of one kind of message.
     *
     * @return empty where no such channel is configured
     */
    public Optional<String> preview(String channel, String to, Kind kind) {
        try (Switchboard board = board()) {
            return named(board, channel).map(found -> found.preview(new Channel.Dispatch(message(to, kind), to, null)));
        }
    }

    /** The words alone, of one kind of message. */
    public String words(String to, Kind kind) {
        Message message = message(to, kind);
        return message.headline() + "\n\n"
                + PlainMessage.of(message, message.items().size());
    }

    /**
     * Sends a message that says of itself that it is a trial.
     *
     * @return empty where no such channel is configured
     */
    public Optional<Channel.Sending> trial(String channel, String to) throws InterruptedException {
        try (Switchboard board = board()) {
            Optional<Channel> found = named(board, channel);
            return found.isEmpty()
                    ? Optional.empty()
                    : Optional.of(found.get().send(new Channel.Dispatch(trial(to), to, null)));
        }
    }

    private Switchboard board() {
        try (Secrets secrets = new RunSecrets(environment, settings.acting().credstash())) {
            return Voice.open(settings.acting(), environment, secrets, clock);
        }
    }

    private static Optional<Channel> named(Switchboard board, String name) {
        return board.channels().stream()
                .filter(channel -> channel.name().equals(name))
                .findFirst();
    }

    private Message message(String to, Kind kind) {
        Owner owner = new Owner(to.isEmpty() ? "team" : to, "a preview");
        return new MessageWriter(settings.acting().manner(), clock)
                .message("preview-" + kind.label(), owner, List.of(new Samples(owner, clock.instant()).of(kind)));
    }

    private Message trial(String to) {
        Message sample = message(to, Kind.ROTATE);
        return new Message(
                "trial-" + clock.instant().toEpochMilli(),
                "A trial message from Keyturn: nothing is to be done",
                Text.of("This is a trial of the channel. The key below is made up, and nothing happens to it."),
                sample.items(),
                sample.closing());
    }
}
