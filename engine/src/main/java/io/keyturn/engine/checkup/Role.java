package io.keyturn.engine.checkup;

import java.util.Locale;

/** The three roles of Keyturn, so that none may do what another does. */
public enum Role {
    /** Looks. */
    READ,
    /** Switches keys off and deletes them. */
    ACT,
    /** Makes keys: whoever may do that for any user may become every user. */
    CREATE;

    /** The word in JSON, configuration and command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
