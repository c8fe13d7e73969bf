package io.keyturn.engine.port;

import io.keyturn.core.model.Placement;
import io.keyturn.core.model.Problem;
import java.time.Instant;
import java.util.List;

/** Carries mail. */
public interface MailCarrier extends AutoCloseable {
    /** A letter in plain text. */
    record Letter(String from, List<String> to, String subject, String text) {
        public Letter {
            to = List.copyOf(to);
        }
    }

    /** What became of a letter that was handed over. */
    sealed interface Handing {
        /** The carrier took it, and calls it so. */
        record Taken(String reference) implements Handing {}

        /** It did not go out, or nobody knows. */
        record NotTaken(Problem problem) implements Handing {}
    }

    /** Hands a letter over. */
    Handing hand(Letter letter) throws InterruptedException;

    /**
     * What is known by now of a letter to an address.
     *
     * @param sent when it was handed over
     * @return {@code HANDED_OVER} where that cannot be seen
     */
    Placement placement(String to, Instant sent) throws InterruptedException;

    @Override
    void close();
}
