package io.keyturn.engine.decide;

/** What a person wants to decide may not be decided so; the message says why, and what would be right. */
public final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    public Refused(String why, String advice) {
        super(why + "; " + advice);
    }
}
