package io.keyturn.engine.port;

import io.keyturn.core.model.Placement;
import io.keyturn.core.model.Problem;
import java.time.Instant;

/** Carries mail. */
public interface MailCarrier extends AutoCloseable {
    /**
     * A letter, ready to be carried.
     *
     * @param from address of the sender
     * @param to address of the one recipient
     * @param messageId its {@code Message-ID}, with its angle brackets
     * @param mime headers and body, as ASCII
     */
    record Letter(String from, String to, String messageId, String mime) {
        public Letter {
            if (!mime.chars().allMatch(c -> c < 0x80)) {
                throw new IllegalArgumentException("a letter is carried as ASCII");
            }
        }
    }

    /** What became of a letter that was handed over. */
    sealed interface Handing {
        /**
         * The carrier took it.
         *
         * @param messageId its {@code Message-ID} as it arrives: some carriers give it their own
         */
        record Taken(String messageId) implements Handing {}

        /** There is no such recipient. */
        record Unreachable(Problem problem) implements Handing {}

        /** It did not go out. */
        record Refused(Problem problem) implements Handing {}

        /** Nobody knows whether it went out. */
        record InDoubt(Problem problem) implements Handing {}
    }

    /**
     * Hands a letter over, once.
     *
     * @param leave asked when the way is open, right before the letter is given away
     */
    Handing hand(Letter letter, Leave leave) throws InterruptedException;

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
