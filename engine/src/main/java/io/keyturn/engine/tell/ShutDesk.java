package io.keyturn.engine.tell;

import io.keyturn.core.model.Problem;
import io.keyturn.engine.message.Message;
import io.keyturn.engine.port.Leave;
import io.keyturn.engine.port.TicketDesk;

/** A desk that is configured and cannot be used, which it says to whoever tries. */
public final class ShutDesk implements TicketDesk {
    private final String name;
    private final Problem problem;

    public ShutDesk(String name, Problem problem) {
        this.name = name;
        this.problem = problem;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Filing file(String marker, Message message, Leave leave) {
        return new Filing.Refused(problem);
    }

    @Override
    public Filing close(String marker, String why, Leave leave) {
        return new Filing.Refused(problem);
    }

    @Override
    public String preview(String marker, Message message) {
        return problem.sentence();
    }

    @Override
    public void close() {
        // There is nothing to close.
    }
}
