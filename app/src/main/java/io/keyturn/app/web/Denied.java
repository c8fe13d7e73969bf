package io.keyturn.app.web;

/** A request that is not answered as it was asked; the message says why, and what to do. */
public final class Denied extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String title;
    private final String asker;

    /**
     * @param status of HTTP
     * @param title what happened, in a few words
     */
    public Denied(int status, String title, String message) {
        this(status, title, message, "");
    }

    private Denied(int status, String title, String message, String asker) {
        super(message);
        this.status = status;
        this.title = title;
        this.asker = asker;
    }

    /** The same, of somebody who is known. */
    Denied to(Person person) {
        Denied known = new Denied(status, title, String.valueOf(getMessage()), person.name());
        known.setStackTrace(getStackTrace());
        return known;
    }

    /** Who asked; empty where that is not known. */
    String asker() {
        return asker;
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
