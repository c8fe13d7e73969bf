package io.keyturn.core.explain;

import io.keyturn.core.policy.SeenValue;
import java.util.List;

/**
 * One policy, as it was asked whether it governs a key.
 *
 * @param when its condition as written
 * @param why why it could not be decided; empty where it could
 * @param saw what the condition saw
 */
public record PolicyLink(String policy, String when, Answer answer, String why, List<SeenValue> saw) {
    /** What came of asking. */
    public enum Answer {
        GOVERNS,
        DOES_NOT_MATCH,
        /** It could not be decided, so no policy governs the key. */
        UNDECIDED,
        /** An earlier policy governs, or was undecided. */
        NOT_ASKED;

        /** The word in JSON. */
        public String label() {
            return Labels.of(this);
        }
    }

    public PolicyLink {
        saw = List.copyOf(saw);
    }
}
