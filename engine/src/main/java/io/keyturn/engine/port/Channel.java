package io.keyturn.engine.port;

import io.keyturn.core.model.Placement;
import io.keyturn.core.model.Problem;
import io.keyturn.engine.message.Message;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One way to reach people: it puts a message into its own form and hands it over once, never repeating by itself what may
 * have arrived. It honours the service's rate rules, and may wait for them.
 */
public interface Channel extends AutoCloseable {
    /** Its word in configuration, journal and command line, such as {@code slack}. */
    String name();

    /**
     * What is handed over.
     *
     * @param recipient as the channel names them: a mail address, a Slack ID or channel; empty where it has one target
     * @param thread what this channel called the earlier message that this one follows; null where it is the first
     * @param leave asked right before it is sent, after all that is waited for, and again before it is sent again
     */
    record Dispatch(
            Message message, String recipient, @Nullable String thread, Leave leave) {
        /** Where nobody objects. */
        public Dispatch(Message message, String recipient, @Nullable String thread) {
            this(message, recipient, thread, Leave.GIVEN);
        }
    }

    /** What came of it. */
    sealed interface Sending {
        /**
         * The service took it.
         *
         * @param placement how far it got for sure
         * @param recipient as the service names them
         * @param reference what the service calls it, enough to follow it up or change it later; null where nothing
         */
        record Taken(
                Placement placement,
                String recipient,
                @Nullable String reference) implements Sending {}

        /** This recipient cannot be reached by this channel: unknown, gone, refused. Nothing was sent. */
        record Unreachable(Problem problem) implements Sending {}

        /** The channel did not take it: revoked token, rate limit beyond patience, outage. Nothing was sent. */
        record Refused(Problem problem) implements Sending {}

        /** Nobody knows whether it was taken: the answer was lost after the request had been written. */
        record InDoubt(Problem problem) implements Sending {}
    }

    /** Hands it over. */
    Sending send(Dispatch dispatch) throws InterruptedException;

    /** When a channel says of earlier messages that nobody need do anything any more. */
    enum Closing {
        NEVER,
        /** Only where what was announced does not come: a message of its own is not worth less. */
        IF_WITHDRAWN,
        ALWAYS
    }

    /** When this one does. */
    default Closing closing() {
        return Closing.NEVER;
    }

    /**
     * Says, to whoever was told of keys, that nobody need do anything about them any more; asked only where
     * {@link #closing} is not {@code NEVER}.
     *
     * @param dispatch says so; its thread is the last message about these keys
     * @param whole messages that were about these keys alone, in whose place the new one can stand
     */
    default Sending close(Dispatch dispatch, List<String> whole) throws InterruptedException {
        return send(dispatch);
    }

    /** By whose clock a recipient lives, where the service knows; nothing is sent. */
    default Optional<ZoneId> zone(String recipient) throws InterruptedException {
        return Optional.empty();
    }

    /** Exactly what {@link #send} would hand over, for people to look at; without secrets. */
    String preview(Dispatch dispatch);

    /** The page that a person sees of it, as HTML; null where what goes out has no page of its own. */
    default @Nullable String page(Dispatch dispatch) {
        return null;
    }

    /**
     * What is known by now of a message that was handed over.
     *
     * @param sent when it was
     * @return {@code HANDED_OVER} where that cannot be seen
     */
    default Placement placement(String recipient, @Nullable String reference, Instant sent)
            throws InterruptedException {
        return Placement.HANDED_OVER;
    }

    @Override
    void close();
}
