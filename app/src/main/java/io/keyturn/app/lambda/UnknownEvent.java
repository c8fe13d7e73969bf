package io.keyturn.app.lambda;

/** An event of a shape that this function does not know; the message says which it knows. */
final class UnknownEvent extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownEvent(String message) {
        super(message);
    }
}
