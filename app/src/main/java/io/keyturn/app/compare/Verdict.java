package io.keyturn.app.compare;

/** How the tool and Keyturn compare in one act, in the order in which they are shown. */
public enum Verdict {
    DIFFERENT("differs", "differ"),
    /** It is due for so short a time that the tool may not have run since. */
    NOT_YET("not-yet", "not yet"),
    /** What must be known to say was not read, or left no trace. */
    UNKNOWN("unknown", "not known"),
    SAME("same", "the same");

    private final String label;
    private final String counted;

    Verdict(String label, String counted) {
        this.label = label;
        this.counted = counted;
    }

    /** The word in JSON. */
    public String label() {
        return label;
    }

    /** The word behind a number. */
    String counted() {
        return counted;
    }
}
