package io.keyturn.core.policy;

/** Thrown inside an evaluation that touches what is not known; never leaves this package. */
final class NotKnown extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotKnown(String why) {
        super(why, null, false, false);
    }

    String why() {
        return String.valueOf(getMessage());
    }
}
