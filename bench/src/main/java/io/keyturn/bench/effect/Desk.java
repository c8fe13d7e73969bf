package io.keyturn.bench.effect;

import io.keyturn.core.model.Placement;
import io.keyturn.engine.message.Message;
import io.keyturn.engine.port.Leave;
import io.keyturn.engine.port.TicketDesk;
import java.util.HashSet;
import java.util.Set;

/** Counts tickets as they are opened. */
final class Desk implements TicketDesk {
    private final Tally tally;
    private final Set<String> open = new HashSet<>();

    Desk(Tally tally) {
        this.tally = tally;
    }

    @Override
    public String name() {
        return "desk";
    }

    @Override
    public synchronized Filing file(String marker, Message message, Leave leave) {
        if (open.add(marker)) {
            tally.tickets++;
        }
        return filed(marker);
    }

    @Override
    public synchronized Filing close(String marker, String why, Leave leave) {
        return open.remove(marker) ? filed(marker) : new Filing.None();
    }

    private static Filing filed(String marker) {
        return new Filing.Filed(marker, "", Placement.PLACED);
    }

    @Override
    public String preview(String marker, Message message) {
        return message.headline();
    }

    @Override
    public void close() {
        // There is nothing to close.
    }
}
