package io.keyturn.adapters.aws.deliver;

import io.keyturn.core.model.Problem;
import io.keyturn.engine.port.SecretSink.Answer;

/** An act on a sink ended before its end; the answer says how. */
final class NotDelivered extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Answer answer;

    private NotDelivered(Answer answer, Problem problem) {
        super(problem.sentence());
        this.answer = answer;
    }

    /** It is known not to be there. */
    static NotDelivered refused(Problem problem) {
        return new NotDelivered(new Answer.Refused(problem), problem);
    }

    /** It may be there or not. */
    static NotDelivered inDoubt(Problem problem) {
        return new NotDelivered(new Answer.InDoubt(problem), problem);
    }

    Answer answer() {
        return answer;
    }
}
