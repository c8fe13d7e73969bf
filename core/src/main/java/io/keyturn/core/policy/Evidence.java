package io.keyturn.core.policy;

/** How it is known that a secret lies in its sink whole, the strongest first. */
public enum Evidence {
    /** It was read back and is the same. */
    READ_BACK("read-back", "read back"),
    /** What was encrypted was written, and its digest read back is the same; none here can decrypt it. */
    CIPHERTEXT_DIGEST("digest", "the digest of what was encrypted read back"),
    /** The other side said so, and nothing can be read back. */
    ACKNOWLEDGED("acknowledged", "acknowledged");

    private final String label;
    private final String words;

    Evidence(String label, String words) {
        this.label = label;
        this.words = words;
    }

    /** The word in the configuration. */
    public String label() {
        return label;
    }

    /** What was seen, for people. */
    public String words() {
        return words;
    }

    /** Whether it suffices where at least {@code asked} is asked for. */
    public boolean suffices(Evidence asked) {
        return compareTo(asked) <= 0;
    }
}
