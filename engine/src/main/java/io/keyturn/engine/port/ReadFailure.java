package io.keyturn.engine.port;

import io.keyturn.core.model.Problem;

/** An account could not be read at all. */
public final class ReadFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** What to do where the memory of the process did not suffice; the variable is the launcher's. */
    public static final String MORE_MEMORY =
            "give it more: KEYTURN_HEAP=512m, or -Xmx512m where Java is started by hand";

    private final transient Problem problem;

    public ReadFailure(Problem problem, Throwable cause) {
        super(problem.sentence(), cause);
        this.problem = problem;
    }

    public ReadFailure(Problem problem) {
        super(problem.sentence());
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
