package io.keyturn.core.model;

/** How sure it is that a message reached somebody, from least to most. */
public enum Placement {
    /** It did not. */
    FAILED,
    /** Given to a carrier that tells nothing more. Never suffices alone. */
    HANDED_OVER,
    /** Where the recipient finds it. */
    PLACED,
    /** The recipient answered. */
    SEEN
}
