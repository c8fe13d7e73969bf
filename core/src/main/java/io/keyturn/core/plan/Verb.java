package io.keyturn.core.plan;

import java.util.Locale;

/** What is done: one word for it in plan, journal, JSON, messages and command line. */
public enum Verb {
    REMIND,
    /** Tells that nobody need do anything any more. */
    CLOSE_NOTICE,
    OPEN_TICKET,
    CLOSE_TICKET,
    CREATE_KEY,
    DELIVER_SECRET,
    /** Takes a delivered secret out of its sink again. */
    CLEAR_SECRET,
    DEACTIVATE,
    BROWNOUT,
    REACTIVATE,
    DELETE,
    FREEZE,
    THAW;

    /** Whether it only speaks and changes no key. */
    public boolean speaks() {
        return this == REMIND || this == CLOSE_NOTICE || this == OPEN_TICKET || this == CLOSE_TICKET;
    }

    /** The word. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
