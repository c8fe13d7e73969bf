package io.keyturn.sandbox.policy;

import java.util.List;

/**
 * One statement of a policy.
 *
 * @param allow whether it allows; else it denies
 * @param notActions whether it speaks of every action but these
 * @param principals whom a resource's policy speaks of; empty in an identity's policy, which speaks of the identity
 * @param notResources whether it speaks of every resource but these
 */
record Statement(
        boolean allow,
        List<String> principals,
        List<String> actions,
        boolean notActions,
        List<String> resources,
        boolean notResources,
        List<Condition> conditions) {
    Statement {
        principals = List.copyOf(principals);
        actions = List.copyOf(actions);
        resources = List.copyOf(resources);
        conditions = List.copyOf(conditions);
    }

    boolean speaksOf(Access access) {
        return actions.stream().anyMatch(a -> Wildcard.action(a, access.action())) != notActions
                && resources.stream().anyMatch(r -> Wildcard.text(r, access.resource(), access.context()))
                        != notResources
                && conditions.stream().allMatch(c -> c.holds(access.context()))
                && (principals.isEmpty() || principals.stream().anyMatch(p -> access.isBy(p, accountsToo(access))));
    }

    /** To allow something to one's own account leaves it to the policies of its identities. */
    private boolean accountsToo(Access access) {
        return !allow || access.acrossAccounts();
    }
}
