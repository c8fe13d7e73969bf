package io.keyturn.engine.apply;

import io.keyturn.engine.port.TicketDesk;
import io.keyturn.engine.port.Wording;

/**
 * What tickets are filed with.
 *
 * @param each what has a ticket of its own
 */
public record TicketTools(TicketDesk desk, Wording wording, Each each) {
    /** What has a ticket of its own. */
    public enum Each {
        KEY,
        /** An owner's keys in one account, which is what one writer at a time knows. */
        OWNER
    }
}
