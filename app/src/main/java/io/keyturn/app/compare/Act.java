package io.keyturn.app.compare;

/** What a tool does about a key. */
public enum Act {
    /** Tell its owner. */
    TELL("tell"),
    /** Name it in the list that is published. */
    LIST("list"),
    /** Make its successor. */
    ROTATE("rotate"),
    /** Switch it off. */
    DEACTIVATE("deactivate"),
    /** Remove it for good. */
    DELETE("delete"),
    /** Take away tags of a rotation that is over. */
    TIDY("tidy");

    private final String label;

    Act(String label) {
        this.label = label;
    }

    /** The word on the screen and in JSON. */
    public String label() {
        return label;
    }
}
