package io.keyturn.core.plan;

import io.keyturn.core.assess.Finding;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why nobody need do anything about a key any more, so that its ticket is closed, and whoever was told of it hears so. */
public enum Settled {
    HEALTHY("the key is healthy again"),
    EXEMPT("the key is exempt now"),
    SWITCHED_OFF("the key is switched off"),
    GONE("the key is gone");

    private final String words;

    Settled(String words) {
        this.words = words;
    }

    /** The word in JSON. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The reason in words. */
    public String words() {
        return words;
    }

    /** Why that key needs nobody; null where it does, or where that is not known. */
    static @Nullable Settled of(Finding finding) {
        return switch (finding.standing()) {
            case HEALTHY -> HEALTHY;
            case EXEMPT -> EXEMPT;
            case INACTIVE -> SWITCHED_OFF;
            case LEAKED, EXPIRED, WARNED, ROTATING, UNKNOWN -> null;
        };
    }
}
