package io.keyturn.core.explain;

/**
 * One link of the owner chain, as it was asked.
 *
 * @param link such as {@code tag Slack}
 * @param said the owner it names, or why it names none
 */
public record OwnerLink(String link, Answer answer, String said) {
    /** What came of asking. */
    public enum Answer {
        /** It named the owner. */
        NAMED,
        /** It was read and names nobody. */
        NOBODY,
        /** It could not be read, which ends the chain. */
        UNKNOWN,
        /** An earlier link answered or ended the chain. */
        NOT_ASKED;

        /** The word in JSON. */
        public String label() {
            return Labels.of(this);
        }
    }
}
