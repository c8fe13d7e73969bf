package io.keyturn.core.policy;

import java.util.Locale;

/** How far Keyturn may go in an account. */
public enum Stage {
    /** Nothing leaves. */
    OBSERVE,
    /** Messages and tickets. */
    NOTIFY,
    /** New keys are made and delivered. */
    ROTATE,
    /** Keys are deactivated and deleted. */
    ENFORCE;

    /** The word in JSON, command line and configuration. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean allows(Step step) {
        return compareTo(step.stage()) >= 0;
    }
}
