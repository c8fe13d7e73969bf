package io.keyturn.adapters.jira;

import io.keyturn.core.model.Problem;
import java.util.Map;

/** Jira did not do what it was asked, or nobody knows whether it did. */
final class JiraFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final boolean doubtful;
    private final int status;
    private final transient Map<String, String> fields;

    /**
     * @param doubtful whether it may have been done
     * @param status as Jira answered; 0 where it did not
     * @param fields what it says of which field
     */
    JiraFailure(Problem problem, boolean doubtful, int status, Map<String, String> fields) {
        super(problem.sentence());
        this.problem = problem;
        this.doubtful = doubtful;
        this.status = status;
        this.fields = Map.copyOf(fields);
    }

    /** A refusal of our own making, before or without a call. */
    static JiraFailure refused(Problem problem) {
        return new JiraFailure(problem, false, 0, Map.of());
    }

    /** The same, of something that was done in part. */
    JiraFailure halfway() {
        return new JiraFailure(problem, true, status, fields);
    }

    Problem problem() {
        return problem;
    }

    boolean doubtful() {
        return doubtful;
    }

    int status() {
        return status;
    }

    Map<String, String> fields() {
        return fields;
    }
}
