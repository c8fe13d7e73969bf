package io.keyturn.sandbox.secretsmanager;

import io.keyturn.sandbox.policy.MalformedPolicy;
import io.keyturn.sandbox.policy.PolicyDocument;
import io.keyturn.sandbox.protocol.Json;
import io.keyturn.sandbox.world.ServiceError;
import io.keyturn.sandbox.world.SimAccount;
import io.keyturn.sandbox.world.SimSecret;
import io.keyturn.sandbox.world.World;
import java.util.Map;

/** The policies that secrets have of their own. */
final class Policies {
    private final World world;

    Policies(World world) {
        this.world = world;
    }

    String put(Request request) {
        SimSecret secret = Request.living(request.secret());
        String text = request.need("ResourcePolicy");
        PolicyDocument policy;
        try {
            policy = PolicyDocument.ofResource(text);
        } catch (MalformedPolicy problem) {
            throw new ServiceError(400, "MalformedPolicyDocumentException", problem.why());
        }
        for (String principal : policy.principals()) {
            if (!exists(principal)) {
                throw new ServiceError(
                        400,
                        "MalformedPolicyDocumentException",
                        "This resource policy contains an unsupported principal. One or more principals are invalid: "
                                + principal);
            }
        }
        return Json.write(Request.named(request.change(secret, one -> one.withPolicy(text))));
    }

    /** As AWS, which keeps the IDs of those a policy names, and so must know them. */
    private boolean exists(String principal) {
        String[] parts = principal.split(":", 6);
        if (parts.length < 6) {
            return principal.equals("*") || world.account(principal) != null;
        }
        SimAccount account = parts[1].equals(world.partition()) ? world.account(parts[4]) : null;
        String[] path = parts[5].split("/", -1);
        String name = path[path.length - 1];
        return account != null
                && switch (path[0]) {
                    case "root" -> true;
                    case "role" -> account.role(name) != null;
                    case "assumed-role" -> path.length == 3 && account.role(path[1]) != null;
                    case "user" -> account.user(name) != null;
                    default -> false;
                };
    }

    String get(Request request) {
        SimSecret secret = request.told();
        Map<String, Object> json = Request.named(secret);
        if (secret.policy() != null) {
            json.put("ResourcePolicy", secret.policy());
        }
        return Json.write(json);
    }

    String delete(Request request) {
        SimSecret secret = Request.living(request.secret());
        return Json.write(Request.named(request.change(secret, one -> one.withPolicy(null))));
    }
}
