package io.keyturn.engine.port;

import io.keyturn.core.model.Problem;

/** A secret is not where its reference says. It has no cause, for the cause may hold what was read. */
public final class SecretFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public SecretFailure(Problem problem) {
        super(problem.sentence());
        this.problem = problem;
    }

    /**
     * The failure to find the secret of {@code reference}.
     *
     * @param where what was looked into, such as {@code SSM of eu-west-1}; empty where the reference says it all
     */
    public SecretFailure(SecretReference reference, String where, String why, String advice) {
        this(new Problem(
                "look up the secret", reference.written() + (where.isEmpty() ? "" : " in " + where), why, advice));
    }

    public Problem problem() {
        return problem;
    }
}
