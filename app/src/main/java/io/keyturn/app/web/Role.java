package io.keyturn.app.web;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

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

    /** The highest that one of these groups has. */
    static Role of(List<String> groups, Map<String, Role> roles) throws Denied {
        return groups.stream()
                .map(roles::get)
                .filter(Objects::nonNull)
                .max(Enum::compareTo)
                .orElseThrow(() -> new Denied(
                        403,
                        "No role",
                        "None of your groups has a role here. Ask whoever runs this server to name one of them."));
    }

    /** The word for people. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
