package io.keyturn.engine.port;

import io.keyturn.core.assess.Owner;
import io.keyturn.core.model.Placement;
import io.keyturn.core.model.Problem;
import io.keyturn.engine.message.Notice;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells people about keys, through the channels of the configuration. */
public interface Notifier {
    /**
     * What came of telling it by one channel.
     *
     * @param recipient whom it was sent to, as the channel names them
     */
    record Telling(String channel, String recipient, Channel.Sending sending) {}

    /** The earlier messages that a new one follows. */
    interface Threads {
        /** What the channel called the message that this recipient's one follows; null where it is the first. */
        @Nullable
        String of(String channel, String recipient);

        /** Nothing was ever said. */
        Threads NONE = (channel, recipient) -> null;
    }

    /**
     * Tells one owner once, by the channel that reaches them.
     *
     * @param id names the message
     * @param notices of a key each; at least one
     * @param leave asked right before each time something is sent
     */
    Telling tell(String id, Owner owner, List<Notice> notices, Threads threads, Leave leave)
            throws InterruptedException;

    /** Whether there is any channel at all. */
    default boolean speaks() {
        return true;
    }

    /** Whether an owner of several keys gets a message about each, rather than one about all. */
    default boolean tellsOfEachKey() {
        return false;
    }

    /**
     * Tells the same to those who hear of everything; empty where there are none.
     *
     * @param leave asked right before each time something is sent
     */
    List<Telling> announce(String id, Owner owner, List<Notice> notices, Leave leave) throws InterruptedException;

    /**
     * Tells one of those who hear of everything what it did not take before.
     *
     * @param board its name
     * @param id names the message, as it was named then
     * @param leave asked right before it is sent
     */
    default Telling announceAgain(String board, String id, Owner owner, List<Notice> notices, Leave leave)
            throws InterruptedException {
        return notConfigured(board, "", "tell it again");
    }

    private static Telling notConfigured(String channel, String recipient, String what) {
        Problem problem =
                new Problem(what, recipient.isEmpty() ? channel : recipient, "no such channel is configured", "");
        return new Telling(channel, recipient, new Channel.Sending.Unreachable(problem));
    }

    /** When that channel says of earlier messages that nobody need do anything any more. */
    default Channel.Closing closing(String channel) {
        return Channel.Closing.NEVER;
    }

    /**
     * Whoever was told of keys.
     *
     * @param channel by which
     * @param recipient as the channel names them
     * @param thread what the channel called the last message about these keys; null where nothing
     * @param whole messages that were about these keys alone, in whose place another can stand
     */
    record Reader(
            String channel, String recipient, @Nullable String thread, List<String> whole) {
        public Reader {
            whole = List.copyOf(whole);
        }
    }

    /**
     * Says to them that nobody need do anything about these keys any more.
     *
     * @param id names the message
     * @param notices of a settled key each; at least one
     * @param leave asked right before each time something is sent
     */
    default Telling close(String id, Reader reader, Owner owner, List<Notice> notices, Leave leave)
            throws InterruptedException {
        return notConfigured(reader.channel(), reader.recipient(), "say that the keys need nobody any more");
    }

    /**
     * What is known by now of a message that was handed over.
     *
     * @param sent when it was
     */
    Placement placement(String channel, String recipient, @Nullable String reference, Instant sent)
            throws InterruptedException;
}
