package io.keyturn.sandbox.world;

import io.keyturn.sandbox.policy.Access;
import io.keyturn.sandbox.policy.Authority;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whoever is behind a request.
 *
 * @param keyId what it is signed with
 * @param userName null where it is no IAM user
 * @param role name of the role whose session it is; null where it is none
 * @param secret what the request is signed with
 */
public record Caller(
        SimAccount account,
        String arn,
        String userId,
        String keyId,
        @Nullable String userName,
        @Nullable String role,
        String secret,
        Authority authority) {
    /** What conditions and variables of policies know of the caller. */
    Map<String, String> context() {
        Map<String, String> context = new HashMap<>();
        context.put(Access.CALLER, arn);
        context.put("aws:PrincipalArn", principal());
        context.put("aws:PrincipalAccount", account.id());
        context.put("aws:userid", userId);
        if (userName != null) {
            context.put("aws:username", userName);
        }
        return context;
    }

    /** The ARN that policies know the caller by: a session is known by its role. */
    private String principal() {
        String[] parts = arn.split(":", 6);
        return role == null ? arn : "arn:" + parts[1] + ":iam::" + account.id() + ":role/" + role;
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return arn;
    }
}
