package io.keyturn.engine.port;

import io.keyturn.core.model.Placement;
import io.keyturn.core.model.Problem;
import io.keyturn.engine.message.Message;

/**
 * Keeps at most one open ticket for each marker. A ticket is looked for by its marker before one is made, so that a lost
 * answer never leads to a second one.
 */
public interface TicketDesk extends AutoCloseable {
    /** Its word in configuration, journal and command line, such as {@code jira}. */
    String name();

    /** What came of it. */
    sealed interface Filing {
        /**
         * The ticket stands.
         *
         * @param reference such as {@code OPS-42}
         * @param address where people open it
         * @param placement {@code PLACED} only where somebody active is assigned
         */
        record Filed(String reference, String address, Placement placement) implements Filing {}

        /** There was nothing to do: no open ticket has the marker. */
        record None() implements Filing {}

        /** Nothing was done. */
        record Refused(Problem problem) implements Filing {}

        /** Nobody knows whether it was done; asking again with the same marker is safe after a while. */
        record InDoubt(Problem problem) implements Filing {}
    }

    /**
     * Opens the ticket, comments on the open one, or opens the closed one again.
     *
     * @param marker names what the ticket is about, the same for ever; letters, digits and hyphens
     * @param leave asked before each change; a desk that looks before it makes something asks right before it makes it
     */
    Filing file(String marker, Message message, Leave leave) throws InterruptedException;

    /** Where people open the ticket of that reference; empty where they cannot. */
    default String address(String reference) {
        return "";
    }

    /**
     * Comments and closes the open ticket, as the key is well or gone.
     *
     * @param leave asked before each change
     */
    Filing close(String marker, String why, Leave leave) throws InterruptedException;

    /** Exactly what {@link #file} would hand over for a new ticket, for people to look at; without secrets. */
    String preview(String marker, Message message);

    @Override
    void close();
}
