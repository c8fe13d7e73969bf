package io.keyturn.app.lambda;

/** An invocation that nobody waits for and that did not do all it should: Lambda counts it, and alarms see it. */
final class Failed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Failed(String message) {
        super(message);
    }
}
