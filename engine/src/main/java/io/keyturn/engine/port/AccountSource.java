package io.keyturn.engine.port;

import io.keyturn.core.model.AccountId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where accounts of a run come from, as the configuration says it. */
public sealed interface AccountSource {
    /** Whether these accounts are kept for disaster recovery. */
    boolean dr();

    /**
     * Whatever the default credential chain finds.
     *
     * @param expected refuse any other account; null where the configuration names none
     */
    record Ambient(@Nullable AccountId expected, boolean dr) implements AccountSource {}

    /**
     * A named profile of the shared AWS configuration.
     *
     * @param called what its account is called; null for the alias that it has in AWS
     */
    record Profile(
            String name,
            @Nullable AccountId expected,
            boolean dr,
            @Nullable String called) implements AccountSource {
        /** Called by the alias that it has in AWS. */
        public Profile(String name, @Nullable AccountId expected, boolean dr) {
            this(name, expected, dr, null);
        }
    }

    /** A role to assume from the default chain. */
    record Role(String arn, @Nullable String externalId, boolean dr) implements AccountSource {
        /** Without the external id, which others must not learn. */
        @Override
        public String toString() {
            return "Role[arn=" + arn + ", dr=" + dr + "]";
        }
    }

    /**
     * Every account of the organization that the default chain's credentials see.
     *
     * @param role name of the role to read with in each account
     * @param actRole name of the role that changes and removes keys; null where nothing may
     * @param createRole name of the role that makes keys; null where nothing may
     * @param include paths of organizational units; empty is all
     * @param excludeUnits paths of organizational units to leave out
     */
    record Organization(
            String role,
            @Nullable String actRole,
            @Nullable String createRole,
            @Nullable String externalId,
            List<String> include,
            List<String> excludeUnits,
            Set<AccountId> exclude,
            boolean dr)
            implements AccountSource {
        public Organization {
            include = List.copyOf(include);
            excludeUnits = List.copyOf(excludeUnits);
            exclude = Set.copyOf(exclude);
        }

        /** An organization that is only read. */
        public Organization(
                String role,
                @Nullable String externalId,
                List<String> include,
                List<String> excludeUnits,
                Set<AccountId> exclude,
                boolean dr) {
            this(role, null, null, externalId, include, excludeUnits, exclude, dr);
        }

        /** Without the external id, which others must not learn. */
        @Override
        public String toString() {
            return "Organization[role=" + role + ", actRole=" + actRole + ", createRole=" + createRole + ", include="
                    + include + ", excludeUnits=" + excludeUnits + ", exclude=" + exclude + ", dr=" + dr + "]";
        }
    }
}
