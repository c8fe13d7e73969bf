package io.keyturn.adapters.aws;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;

/**
 * Asks IAM's policy simulator what a principal may do, so that nothing need be changed to know it. The simulator knows
 * its policies, its boundary and those of the organization; it knows no session policy.
 */
final class Simulation {
    private Simulation() {}

    /** Of how many of the resources an action is allowed. */
    record Allowed(int of, int all) {
        /** An action that AWS says nothing of is not allowed. */
        boolean everywhere() {
            return all > 0 && of == all;
        }
    }

    /**
     * What {@code principal} may do.
     *
     * @param principal ARN of a user or role
     * @param resources ARNs of what it would be done to
     */
    static Map<String, Allowed> ask(
            Calls calls,
            IamClient iam,
            AwsRequestOverrideConfiguration as,
            String principal,
            Collection<String> actions,
            List<String> resources)
            throws CallFailure, InterruptedException {
        Map<String, Allowed> allowed = new LinkedHashMap<>();
        actions.stream().sorted().forEach(action -> allowed.put(action, new Allowed(0, 0)));
        Pages.each(
                calls,
                token -> iam.simulatePrincipalPolicy(r -> r.policySourceArn(principal)
                        .actionNames(allowed.keySet())
                        .resourceArns(resources)
                        .marker(token)
                        .overrideConfiguration(as)),
                page -> page.evaluationResults(),
                page -> Pages.iamNext(page.isTruncated(), page.marker()),
                result -> decisions(result).forEach(decision -> {
                    Allowed so = allowed.getOrDefault(result.evalActionName(), new Allowed(0, 0));
                    int more = decision == PolicyEvaluationDecisionType.ALLOWED ? 1 : 0;
                    allowed.put(result.evalActionName(), new Allowed(so.of() + more, so.all() + 1));
                }));
        return allowed;
    }

    /** Of several resources AWS tells one by one, below what it tells of the first or of all. */
    private static List<PolicyEvaluationDecisionType> decisions(EvaluationResult result) {
        List<PolicyEvaluationDecisionType> decisions = new ArrayList<>();
        result.resourceSpecificResults().forEach(one -> decisions.add(one.evalResourceDecision()));
        return decisions.isEmpty() ? List.of(result.evalDecision()) : decisions;
    }
}
