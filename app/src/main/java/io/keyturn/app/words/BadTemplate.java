package io.keyturn.app.words;

/** A template that cannot be used. */
public final class BadTemplate extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String template;
    private final int line;
    private final String what;

    /** @param line counted from 1; 0 where the whole of it is meant */
    BadTemplate(String template, int line, String what) {
        super(template + (line == 0 ? "" : ":" + line) + ": " + what);
        this.template = template;
        this.line = line;
        this.what = what;
    }

    /** The name of its file. */
    public String template() {
        return template;
    }

    /** Counted from 1; 0 where the whole of it is meant. */
    public int line() {
        return line;
    }

    /** What is wrong with it. */
    public String what() {
        return what;
    }
}
