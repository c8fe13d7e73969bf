package io.keyturn.sandbox.iam;

import io.keyturn.sandbox.fault.Faults;
import io.keyturn.sandbox.fault.Operation;
import io.keyturn.sandbox.policy.Access;
import io.keyturn.sandbox.policy.Authority;
import io.keyturn.sandbox.policy.Decision;
import io.keyturn.sandbox.policy.MalformedPolicy;
import io.keyturn.sandbox.policy.PolicyDocument;
import io.keyturn.sandbox.protocol.Call;
import io.keyturn.sandbox.protocol.Xml;
import io.keyturn.sandbox.world.ServiceError;
import io.keyturn.sandbox.world.SimAccount;
import io.keyturn.sandbox.world.SimRole;
import io.keyturn.sandbox.world.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * SimulatePrincipalPolicy: the same evaluation as of real calls, and faults that deny. As in AWS it knows nothing of
 * session policies.
 */
final class PolicySimulator {
    private final World world;
    private final Faults faults;

    PolicySimulator(World world, Faults faults) {
        this.world = world;
        this.faults = faults;
    }

    /** Whose policies are asked for. */
    private record Principal(@Nullable String role, Authority authority) {}

    /** One answer. */
    private record Result(String action, String resource, Decision decision) {}

    String simulate(Call call) {
        SimAccount account = call.caller().account();
        Principal principal = principal(account, call.need("PolicySourceArn"), added(call));
        List<String> resources = call.members("ResourceArns");
        Map<String, String> context = context(call);
        call.need("ActionNames.member.1");
        List<Result> results = new ArrayList<>();
        for (String action : call.members("ActionNames")) {
            for (String resource : resources.isEmpty() ? List.of("*") : resources) {
                boolean denied = faults.denies(operation(account, principal.role(), action));
                Decision decision = principal.authority().decide(new Access(action, resource, () -> context));
                results.add(new Result(action, resource, denied ? Decision.EXPLICIT_DENY : decision));
            }
        }
        return new Xml()
                .page(
                        "EvaluationResults",
                        call.page(results),
                        (xml, result) -> xml.text("EvalActionName", result.action())
                                .text("EvalResourceName", result.resource())
                                .text("EvalDecision", result.decision().word()))
                .toString();
    }

    private static Operation operation(SimAccount account, @Nullable String role, String action) {
        String[] parts = action.split(":", 2);
        return new Operation(parts[0], parts[parts.length - 1], account.id(), role, null);
    }

    private Principal principal(SimAccount account, String arn, List<PolicyDocument> added) {
        String own = "arn:" + world.partition() + ":iam::" + account.id() + ":";
        String name = arn.substring(arn.lastIndexOf('/') + 1);
        if (arn.startsWith(own + "role/")) {
            SimRole role = account.role(name);
            if (role == null) {
                throw ServiceError.noSuchEntity("The role with name " + name);
            }
            return new Principal(name, with(added, role.policies()));
        }
        if (!arn.startsWith(own + "user/")) {
            throw new ServiceError(
                    400,
                    "InvalidInput",
                    "Invalid Entity Arn: " + arn + " does not clearly define entity type and name.");
        }
        if (account.user(name) == null) {
            throw ServiceError.noSuchEntity("The user with name " + name);
        }
        return new Principal(null, with(added, Authority.ADMINISTRATOR.identity()));
    }

    private static Authority with(List<PolicyDocument> added, List<PolicyDocument> own) {
        List<PolicyDocument> all = new ArrayList<>(own);
        all.addAll(added);
        return new Authority(all, List.of());
    }

    private static List<PolicyDocument> added(Call call) {
        try {
            return call.members("PolicyInputList").stream()
                    .map(PolicyDocument::parse)
                    .toList();
        } catch (MalformedPolicy problem) {
            throw new ServiceError(400, "InvalidInput", problem.why());
        }
    }

    private static Map<String, String> context(Call call) {
        Map<String, String> context = new HashMap<>();
        for (int i = 1; call.get("ContextEntries.member." + i + ".ContextKeyName") != null; i++) {
            String entry = "ContextEntries.member." + i + ".";
            String value = call.get(entry + "ContextKeyValues.member.1");
            context.put(call.need(entry + "ContextKeyName"), value == null ? "" : value);
        }
        return context;
    }
}
