package io.keyturn.sandbox.world;

import io.keyturn.sandbox.policy.Authority;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whoever is behind a request.
 *
 * @param userName null where it is no IAM user
 * @param role name of the role whose session it is; null where it is none
 * @param secret what the request is signed with
 */
public record Caller(
        SimAccount account,
        String arn,
        String userId,
        @Nullable String userName,
        @Nullable String role,
        String secret,
        Authority authority) {
    /** What conditions and variables of policies know of the caller. */
    Map<String, String> context() {
        Map<String, String> context = new HashMap<>();
        context.put("aws:PrincipalArn", arn);
        context.put("aws:PrincipalAccount", account.id());
        context.put("aws:userid", userId);
        if (userName != null) {
            context.put("aws:username", userName);
        }
        return context;
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return arn;
    }
}
