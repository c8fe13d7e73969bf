package io.keyturn.sandbox.policy;

/** A text is no policy; the message says why. */
public final class MalformedPolicy extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedPolicy(String why) {
        super(why);
    }

    MalformedPolicy(String why, Throwable cause) {
        super(why, cause);
    }

    public String why() {
        return String.valueOf(getMessage());
    }
}
