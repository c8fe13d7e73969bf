package io.keyturn.engine.port;

import io.keyturn.core.model.Problem;

/** A store could not do what it was asked to. */
public final class StoreFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final transient Problem problem;

    /** What kind of failure, as far as it decides what comes next. */
    public enum Kind {
        /** Nothing was written: somebody else wrote first. */
        CONFLICT,
        /** Nothing was written: the lease that covered the write has passed to another worker. */
        FENCED,
        /** Nothing was written: what concerns this one user cannot be held; what concerns others can. */
        REFUSED,
        /** It may be written or not; reading tells. */
        IN_DOUBT,
        /** Nothing was written: it cannot be reached, read or written now. */
        UNAVAILABLE,
        /** What it holds is not what was written to it. */
        DAMAGED,
        /** A newer version of Keyturn wrote it. */
        NEWER
    }

    public StoreFailure(Kind kind, Problem problem, Throwable cause) {
        super(problem.sentence(), cause);
        this.kind = kind;
        this.problem = problem;
    }

    public StoreFailure(Kind kind, Problem problem) {
        super(problem.sentence());
        this.kind = kind;
        this.problem = problem;
    }

    public Kind kind() {
        return kind;
    }

    public Problem problem() {
        return problem;
    }
}
