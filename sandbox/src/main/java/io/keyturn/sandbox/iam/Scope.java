package io.keyturn.sandbox.iam;

import io.keyturn.sandbox.protocol.Call;
import io.keyturn.sandbox.world.Authorization;
import io.keyturn.sandbox.world.SimAccount;
import io.keyturn.sandbox.world.SimUser;
import io.keyturn.sandbox.world.World;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What each call is about, as policies name it. Source: service authorization reference, IAM. */
final class Scope {
    private static final Set<String> WHOLE_ACCOUNT = Set.of(
            "ListUsers",
            "GenerateCredentialReport",
            "GetCredentialReport",
            "GetAccountAuthorizationDetails",
            "GetAccountSummary",
            "ListAccountAliases");

    private final World world;

    Scope(World world) {
        this.world = world;
    }

    /** Throws AccessDenied where the caller's policies do not allow the call. */
    void authorize(Call call) {
        SimAccount account = call.caller().account();
        String action = "iam:" + call.action();
        String role = call.get("RoleName");
        String source = role == null
                ? call.get("PolicySourceArn")
                : "arn:" + world.partition() + ":iam::" + account.id() + ":role/" + role;
        String name = userName(call, account);
        if (source != null || name == null) {
            Authorization.check(call.caller(), action, source == null ? "*" : source, null);
        } else {
            SimUser user = account.user(name);
            Authorization.check(
                    call.caller(), action, Authorization.userArn(account, world.partition(), name, user), user);
        }
    }

    private static @Nullable String userName(Call call, SimAccount account) {
        if (WHOLE_ACCOUNT.contains(call.action())) {
            return null;
        }
        if (call.action().equals("GetAccessKeyLastUsed")) {
            SimUser owner = account.userOfKey(call.need("AccessKeyId"));
            return owner == null ? null : owner.name();
        }
        String named = call.get("UserName");
        return named == null ? call.caller().userName() : named;
    }
}
