package io.keyturn.core.policy;

/** What the {@code limits} of the configuration count. */
public enum Capped {
    CREATE,
    DEACTIVATE,
    DELETE,
    TICKETS,
    OWNERS_TOLD
}
