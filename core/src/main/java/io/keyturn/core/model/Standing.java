package io.keyturn.core.model;

import java.util.Locale;

/** How a credential stands against its policy. The order is the order everywhere: bars, lists, groups, filters. */
public enum Standing {
    /** AWS or a person says it is out. */
    LEAKED,
    /** Past its age or idle limit; "overdue" for people, since the key still works. */
    EXPIRED,
    /** Past warn; "due soon" for people. */
    WARNED,
    /** The replacement is delivered, the old one in its grace. */
    ROTATING,
    /** Something needed to judge it was not read. */
    UNKNOWN,
    /** Switched off. */
    INACTIVE,
    /** By configuration, with an end. */
    EXEMPT,
    /** Nothing to do. */
    HEALTHY;

    /** The word in JSON, command line and configuration. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether someone should look: its key is then known by ID in every output. */
    public boolean needsAttention() {
        return compareTo(INACTIVE) < 0;
    }
}
