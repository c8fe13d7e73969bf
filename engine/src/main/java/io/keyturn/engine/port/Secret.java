package io.keyturn.engine.port;

/** A secret on its way from where it was made to its sink. It never shows itself by accident. */
public final class Secret {
    private final String plaintext;

    public Secret(String plaintext) {
        this.plaintext = plaintext;
    }

    /** The secret itself: for the sink alone. */
    public String reveal() {
        return plaintext;
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
