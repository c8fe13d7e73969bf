package io.keyturn.adapters.aws;

import io.keyturn.core.model.FactName;
import io.keyturn.core.model.Needs;
import io.keyturn.engine.port.AccountSource;
import io.keyturn.engine.port.Belongings;
import io.keyturn.engine.port.ReadMode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The IAM permissions that reading takes. {@code sts:GetCallerIdentity} is not among them: AWS answers it without any.
 * Which of them take a user as their resource is told by the service authorization reference of IAM.
 */
public final class ReadPermissions {
    static final String EVENTS = "cloudtrail:LookupEvents";
    static final String CONTACT = "account:GetAlternateContact";

    private ReadPermissions() {}

    /** Of an account as a whole: no resource narrows them. */
    public static Set<String> ofAccount(ReadMode mode, Needs needs, boolean single) {
        Set<String> actions = new TreeSet<>();
        if (mode != ReadMode.LIVE) {
            actions.addAll(Set.of(
                    "iam:GenerateCredentialReport", "iam:GetCredentialReport", "iam:GetAccountAuthorizationDetails"));
        }
        if (mode != ReadMode.REPORT) {
            actions.add("iam:ListUsers");
        }
        if (mode != ReadMode.REPORT && needs.has(FactName.ROOT)) {
            actions.add("iam:GetAccountSummary");
        }
        if (single) {
            actions.add("iam:ListAccountAliases");
        }
        if (needs.has(FactName.TRAIL)) {
            actions.add(EVENTS);
        }
        if (needs.has(FactName.CONTACTS)) {
            actions.add(CONTACT);
        }
        return actions;
    }

    /** Of single users. By report too: a user that report and details tell differently of is read live. */
    public static Set<String> ofUsers(Needs needs) {
        // A user is asked for by name wherever one alone is looked at, and before anything would be changed.
        Set<String> actions = new TreeSet<>(Set.of("iam:GetUser"));
        for (FactName fact : needs.facts()) {
            actions.addAll(of(fact));
        }
        return actions;
    }

    private static Set<String> of(FactName fact) {
        return switch (fact) {
            case KEYS -> Set.of("iam:ListAccessKeys");
            case LAST_USE -> Set.of("iam:GetAccessKeyLastUsed");
            case TAGS -> Set.of("iam:ListUserTags");
            case GROUPS -> Set.of("iam:ListGroupsForUser");
            case POLICIES -> Set.of("iam:ListAttachedUserPolicies", "iam:ListUserPolicies");
            case BOUNDARY -> Set.of("iam:GetUser");
            case CONSOLE -> Set.of("iam:GetLoginProfile");
            case MFA -> Set.of("iam:ListMFADevices");
            case ACCOUNT_TAGS, ACCOUNT_OU, ROOT, TRAIL, CONTACTS -> Set.of();
        };
    }

    /** Of a user whose key was declared compromised: what else it can log in with. */
    public static Set<String> ofBelongings() {
        Set<String> actions = new TreeSet<>();
        for (Belongings.Kind kind : Belongings.Kind.values()) {
            actions.add(kind.permission());
        }
        return actions;
    }

    /** Of whoever else changed keys, and what was done with a compromised one. */
    public static Set<String> ofOthersDeeds() {
        return Set.of(EVENTS);
    }

    /** Of the account whose credentials list an organization. */
    public static Set<String> ofOrganization(AccountSource.Organization source, Needs needs) {
        Set<String> actions = new TreeSet<>();
        boolean byUnit = needs.has(FactName.ACCOUNT_OU)
                || !source.include().isEmpty()
                || !source.excludeUnits().isEmpty();
        if (byUnit) {
            actions.addAll(Set.of(
                    "organizations:ListRoots",
                    "organizations:ListAccountsForParent",
                    "organizations:ListOrganizationalUnitsForParent"));
        } else {
            actions.add("organizations:ListAccounts");
        }
        if (needs.has(FactName.ACCOUNT_TAGS)) {
            actions.add("organizations:ListTagsForResource");
        }
        return actions;
    }

    /** The Region that the environment or its profile names. */
    public static Optional<String> region(Map<String, String> environment) {
        return new AwsEnvironment(environment).regionOrProfiles();
    }

    /** The partition that the environment's Region lies in, such as {@code aws-cn}. */
    public static String partition(Map<String, String> environment) {
        return Regions.partitionOf(
                        new AwsEnvironment(environment).regionOrProfiles().orElse(""))
                .id();
    }
}
