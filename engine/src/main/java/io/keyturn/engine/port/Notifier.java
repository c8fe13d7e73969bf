package io.keyturn.engine.port;

import io.keyturn.core.model.Placement;
import io.keyturn.core.model.Problem;
import io.keyturn.engine.message.Notice;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Tells people about keys, through the channels of the configuration. */
public interface Notifier {
    /**
     * What came of telling it.
     *
     * @param recipient as the channel names them
     * @param reference what the channel calls the message; null where it gave no name
     * @param problem why it failed; null where it did not
     */
    record Receipt(
            String channel,
            String recipient,
            Placement placement,
            @Nullable String reference,
            @Nullable Problem problem) {}

    /** Tells it once. */
    Receipt tell(Notice notice) throws InterruptedException;

    /**
     * What is known by now of a message that was handed over.
     *
     * @param sent when it was
     */
    Placement placement(String channel, String recipient, @Nullable String reference, Instant sent)
            throws InterruptedException;
}
