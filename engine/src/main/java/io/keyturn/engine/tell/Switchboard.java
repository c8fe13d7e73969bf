package io.keyturn.engine.tell;

import io.keyturn.core.assess.Owner;
import io.keyturn.core.model.Placement;
import io.keyturn.core.model.Problem;
import io.keyturn.engine.message.Message;
import io.keyturn.engine.message.Notice;
import io.keyturn.engine.port.Channel;
import io.keyturn.engine.port.Leave;
import io.keyturn.engine.port.Notifier;
import io.keyturn.engine.port.Wording;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the channel that reaches an owner by the form of their name, and puts what is to be told into words. */
public final class Switchboard implements Notifier, AutoCloseable {
    private static final String NONE = "none";

    private final Wording wording;
    private final List<Line> lines;
    private final List<Channel> boards;
    private final boolean ofEachKey;

    /**
     * A channel to single people.
     *
     * @param reaches whether a name is of the form that this channel knows
     */
    public record Line(Channel channel, Predicate<String> reaches) {}

    /**
     * @param lines the first that reaches a name is taken
     * @param boards channels where everything is told, whoever owns it
     */
    public Switchboard(Wording wording, List<Line> lines, List<Channel> boards) {
        this(wording, lines, boards, false);
    }

    /** @param ofEachKey whether an owner of several keys gets a message about each */
    public Switchboard(Wording wording, List<Line> lines, List<Channel> boards, boolean ofEachKey) {
        this.wording = wording;
        this.ofEachKey = ofEachKey;
        this.lines = List.copyOf(lines);
        this.boards = List.copyOf(boards);
    }

    @Override
    public boolean speaks() {
        return !lines.isEmpty() || !boards.isEmpty();
    }

    @Override
    public boolean tellsOfEachKey() {
        return ofEachKey;
    }

    /** The channel that a name is told by; empty where none knows such names. */
    public Optional<Channel> channel(String name) {
        return lines.stream()
                .filter(line -> line.reaches().test(name))
                .map(Line::channel)
                .findFirst();
    }

    /** Whether everything is told there, whoever owns it. */
    public boolean isBoard(String name) {
        return boards.stream().anyMatch(board -> board.name().equals(name));
    }

    /** All channels, those to single people first. */
    public List<Channel> channels() {
        return Stream.concat(lines.stream().map(Line::channel), boards.stream())
                .distinct()
                .toList();
    }

    @Override
    public Telling tell(String id, Owner owner, List<Notice> notices, Threads threads, Leave leave)
            throws InterruptedException {
        Optional<Channel> channel = channel(owner.name());
        if (channel.isEmpty()) {
            String names = lines.isEmpty()
                    ? "no channel to single people is configured"
                    : "none of the channels ("
                            + String.join(
                                    ", ",
                                    lines.stream()
                                            .map(line -> line.channel().name())
                                            .distinct()
                                            .toList())
                            + ") knows such a name";
            Problem problem = new Problem(
                    "tell the owner", owner.name(), names, "configure a channel, or name a mail address or Slack ID");
            return new Telling(NONE, owner.name(), new Channel.Sending.Unreachable(problem));
        }
        Message message = wording.message(id, clocked(owner, channel.get(), owner.name()), notices);
        return send(channel.get(), message, owner.name(), threads, leave);
    }

    @Override
    public List<Telling> announce(String id, Owner owner, List<Notice> notices, Leave leave)
            throws InterruptedException {
        if (boards.isEmpty()) {
            return List.of();
        }
        Message message = wording.announcement(id, owner, notices);
        List<Telling> tellings = new ArrayList<>();
        for (Channel board : boards) {
            tellings.add(send(board, message, "", Threads.NONE, leave));
        }
        return tellings;
    }

    @Override
    public Telling announceAgain(String board, String id, Owner owner, List<Notice> notices, Leave leave)
            throws InterruptedException {
        for (Channel one : boards) {
            if (one.name().equals(board)) {
                return send(one, wording.announcement(id, owner, notices), "", Threads.NONE, leave);
            }
        }
        return Notifier.super.announceAgain(board, id, owner, notices, leave);
    }

    private static Owner clocked(Owner owner, Channel channel, String recipient) throws InterruptedException {
        return owner.zone() == null ? owner.by(channel.zone(recipient).orElse(null)) : owner;
    }

    /** By whose clock somebody lives, as the channel that reaches them knows. */
    public Optional<ZoneId> zone(String name) throws InterruptedException {
        Optional<Channel> channel = channel(name);
        return channel.isEmpty() ? Optional.empty() : channel.get().zone(name);
    }

    private static Telling send(Channel channel, Message message, String recipient, Threads threads, Leave leave)
            throws InterruptedException {
        String thread = threads.of(channel.name(), recipient);
        Channel.Sending sending = channel.send(new Channel.Dispatch(message, recipient, thread, leave));
        // By the name of the chain, which a later run knows, and not by what the service calls them.
        return new Telling(channel.name(), recipient, sending);
    }

    @Override
    public Placement placement(String channel, String recipient, @Nullable String reference, Instant sent)
            throws InterruptedException {
        Optional<Channel> found = named(channel);
        return found.isEmpty() ? Placement.HANDED_OVER : found.get().placement(recipient, reference, sent);
    }

    private Optional<Channel> named(String name) {
        return channels().stream()
                .filter(channel -> channel.name().equals(name))
                .findFirst();
    }

    @Override
    public Channel.Closing closing(String channel) {
        return named(channel).map(Channel::closing).orElse(Channel.Closing.NEVER);
    }

    @Override
    public Telling close(String id, Reader reader, Owner owner, List<Notice> notices, Leave leave)
            throws InterruptedException {
        Optional<Channel> channel = named(reader.channel());
        if (channel.isEmpty()) {
            return Notifier.super.close(id, reader, owner, notices, leave);
        }
        Message message = wording.message(id, clocked(owner, channel.get(), reader.recipient()), notices);
        Channel.Dispatch dispatch = new Channel.Dispatch(message, reader.recipient(), reader.thread(), leave);
        return new Telling(reader.channel(), reader.recipient(), channel.get().close(dispatch, reader.whole()));
    }

    @Override
    public void close() {
        channels().forEach(Channel::close);
    }
}
