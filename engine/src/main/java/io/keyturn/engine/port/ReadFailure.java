package io.keyturn.engine.port;

import io.keyturn.core.model.Problem;

/** An account could not be read at all. */
public final class ReadFailure extends Exception {
    private static final long serialVersionUID = 1L;

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
