package io.keyturn.sandbox.ports;

import io.keyturn.core.model.Problem;

/** A call of this door failed, or nobody said how it ended. */
public final class CallFailed extends Exception {
    private static final long serialVersionUID = 1L;

    /** How a failed call leaves whoever made it. */
    public enum Kind {
        /** AWS says that it may not be done. */
        DENIED,
        THROTTLED,
        /** What it is about is not there. */
        NOT_FOUND,
        /** AWS refuses it for another reason. */
        REFUSED,
        /** AWS failed; whether it took effect is not known. */
        SERVER_ERROR,
        /** No answer came; whether it took effect, or will, is not known. */
        NO_ANSWER
    }

    private final Kind kind;

    CallFailed(Kind kind, String why) {
        super(why);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** The cause as a clause for people. */
    public String why() {
        return String.valueOf(getMessage());
    }

    Problem problem(String tried, String on) {
        return new Problem(tried, on, why(), "");
    }
}
