package io.keyturn.sandbox.policy;

/** How policies decide. */
public enum Decision {
    ALLOWED("allowed"),
    /** A statement denies it, whatever others allow. */
    EXPLICIT_DENY("explicitDeny"),
    /** No statement allows it. */
    IMPLICIT_DENY("implicitDeny");

    private final String word;

    Decision(String word) {
        this.word = word;
    }

    /** The word of IAM's policy simulator. */
    public String word() {
        return word;
    }
}
