package io.keyturn.sandbox.world;

import io.keyturn.sandbox.policy.Access;
import io.keyturn.sandbox.policy.Authority;
import io.keyturn.sandbox.policy.Decision;
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
        Map<String, String> context = new HashMap<>(caller.context());
        if (about != null) {
            context.putAll(about.context());
        }
        Access access = new Access(action, resource, context);
        Decision decision = authority.decide(access);
        if (decision != Decision.ALLOWED) {
            Authority identity = new Authority(authority.identity(), List.of());
            boolean bySession = identity.decide(access) == Decision.ALLOWED;
            throw ServiceError.denied(caller.arn(), action, resource, because(decision, bySession, action));
        }
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
