package io.keyturn.sandbox.world;

import io.keyturn.sandbox.policy.Access;
import io.keyturn.sandbox.policy.Authority;
import io.keyturn.sandbox.policy.Decision;
import io.keyturn.sandbox.policy.PolicyDocument;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decides whether a caller may do something, from the policies of its role and session. */
public final class Authorization {
    private Authorization() {}

    /** Throws AWS's AccessDenied unless {@code caller} may do {@code action} on {@code resource}. */
    public static void check(Caller caller, String action, String resource, @Nullable SimUser about) {
        Authority authority = caller.authority();
        if (authority == Authority.ADMINISTRATOR) {
            return;
        }
        Access access = new Access(action, resource, () -> context(caller, about));
        Decision decision = authority.decide(access);
        if (decision != Decision.ALLOWED) {
            Authority identity = new Authority(authority.identity(), List.of());
            boolean bySession = identity.decide(access) == Decision.ALLOWED;
            throw ServiceError.denied(caller.arn(), action, resource, because(decision, bySession, action));
        }
    }

    private static Map<String, String> context(Caller caller, @Nullable SimUser about) {
        Map<String, String> context = new HashMap<>(caller.context());
        if (about != null) {
            context.putAll(about.context());
        }
        return context;
    }

    /**
     * The same on a resource that has a policy of its own: in its own account either policy may allow, from another
     * both must, and a deny in either wins.
     *
     * @param policy the resource's; null for none
     */
    public static void checkBoth(Caller caller, String action, String resource, @Nullable PolicyDocument policy) {
        boolean abroad = resource.startsWith("arn:")
                && !resource.contains(":" + caller.account().id() + ":");
        checkBoth(caller, new Access(action, resource, caller::context), abroad, policy);
    }

    /**
     * The same where the resource's ARN does not name its account.
     *
     * @param owner number of the account that the resource belongs to
     */
    public static void checkBoth(
            Caller caller, String action, String resource, String owner, @Nullable PolicyDocument policy) {
        Map<String, String> context = new HashMap<>(caller.context());
        context.put(Access.OWNER, owner);
        boolean abroad = !owner.equals(caller.account().id());
        checkBoth(caller, new Access(action, resource, () -> context), abroad, policy);
    }

    private static void checkBoth(Caller caller, Access access, boolean abroad, @Nullable PolicyDocument policy) {
        String action = access.action();
        String resource = access.resource();
        Decision own = caller.authority().decide(access);
        Decision its = policy == null ? Decision.IMPLICIT_DENY : policy.decide(access);
        if (its == Decision.EXPLICIT_DENY) {
            throw ServiceError.denied(
                    caller.arn(), action, resource, "with an explicit deny in a resource-based policy");
        }
        boolean granted = its == Decision.ALLOWED && own != Decision.EXPLICIT_DENY;
        if (abroad) {
            if (!granted) {
                throw ServiceError.denied(
                        caller.arn(),
                        action,
                        resource,
                        "because no resource-based policy allows the " + action + " action");
            }
        } else if (granted && caller.authority().sessionLets(access)) {
            return;
        }
        check(caller, action, resource, null);
    }

    /** Source: IAM user guide, "Troubleshoot access denied error messages". */
    private static String because(Decision decision, boolean bySession, String action) {
        String policy = bySession ? "session policy" : "identity-based policy";
        return decision == Decision.EXPLICIT_DENY
                ? "with an explicit deny in " + (bySession ? "a " : "an ") + policy
                : "because no " + policy + " allows the " + action + " action";
    }

    /** The ARN of a user of an account, there or not. */
    public static String userArn(SimAccount account, String partition, String name, @Nullable SimUser user) {
        return user == null
                ? "arn:" + partition + ":iam::" + account.id() + ":user/" + name
                : user.arn(partition, account.id());
    }
}
