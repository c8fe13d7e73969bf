package io.keyturn.engine.tell;

import io.keyturn.core.model.Problem;
import io.keyturn.engine.port.Channel;

/** A channel that is configured and cannot be used, which it says to whoever tries. */
public final class ShutChannel implements Channel {
    private final String name;
    private final Problem problem;

    public ShutChannel(String name, Problem problem) {
        this.name = name;
        this.problem = problem;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Sending send(Dispatch dispatch) {
        return new Sending.Refused(problem);
    }

    @Override
    public String preview(Dispatch dispatch) {
        return problem.sentence();
    }

    @Override
    public void close() {
        // There is nothing to close.
    }
}
