package io.keyturn.core.policy;

import java.util.Locale;

/** How many people must approve a plan before it is applied. */
public enum Approval {
    NONE,
    ONE,
    /** Four eyes: two different people. */
    TWO;

    /** The word in the configuration. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
