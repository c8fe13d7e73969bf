package io.keyturn.app.web;

/** A sign-in that came to nothing; the message says why. */
public final class SignInFailure extends Exception {
    private static final long serialVersionUID = 1L;

    SignInFailure(String message) {
        super(message);
    }

    SignInFailure(String message, Throwable cause) {
        super(
                message + ": " + (cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage()),
                cause);
    }

    /** Why, as a part of a sentence. */
    public String why() {
        return String.valueOf(getMessage());
    }
}
