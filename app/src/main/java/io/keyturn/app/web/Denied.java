package io.keyturn.app.web;

/** A request that is not answered as it was asked; the message says why, and what to do. */
public final class Denied extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String title;

    /**
     * @param status of HTTP
     * @param title what happened, in a few words
     */
    public Denied(int status, String title, String message) {
        super(message);
        this.status = status;
        this.title = title;
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    static Denied notFound(String what, String advice) {
        return new Denied(404, "Not found", "There is no " + what + ". " + advice);
    }

    static Denied bad(String message) {
        return new Denied(400, "Not understood", message);
    }
}
