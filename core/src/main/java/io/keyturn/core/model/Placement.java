package io.keyturn.core.model;

/** How sure it is that a message reached somebody, from least to most. */
public enum Placement {
    /** It did not. */
    FAILED,
    /** Nobody knows whether it went out: the answer was lost. Said so, and never enough for anything. */
    DOUBTFUL,
    /** Given to a carrier that tells nothing more. Never suffices alone. */
    HANDED_OVER,
    /** Where the recipient finds it. */
    PLACED,
    /** The recipient answered. */
    SEEN
}
