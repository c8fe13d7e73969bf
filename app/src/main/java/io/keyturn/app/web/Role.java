package io.keyturn.app.web;

import java.util.Locale;

/** What somebody may do on the pages; each may what the ones before may. */
public enum Role {
    /** Looks. */
    VIEWER,
    /** Has accounts read again, holds keys back, and stops everything. */
    OPERATOR,
    /** Approves changes, has them carried out, lets keys go, and resumes. */
    APPROVER,
    /** Everything there is. */
    ADMIN;

    /** Whether it may what {@code needed} may. */
    public boolean may(Role needed) {
        return compareTo(needed) >= 0;
    }

    /** The word for people. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
