package io.keyturn.app.planfile;

/** A file is no plan that may be applied; the message says why, and what to do. */
public final class BadPlan extends Exception {
    private static final long serialVersionUID = 1L;

    BadPlan(String message) {
        super(message);
    }

    BadPlan(String message, Throwable cause) {
        super(message, cause);
    }
}
