package io.keyturn.sandbox.policy;

import java.util.List;

/**
 * One statement of a policy.
 *
 * @param allow whether it allows; else it denies
 * @param actions kept {@linkplain Wildcard#caseless without regard to case}
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
        actions = actions.stream().map(Wildcard::caseless).toList();
        resources = List.copyOf(resources);
        conditions = List.copyOf(conditions);
    }

    boolean speaksOf(Access access) {
        return namesAction(access) != notActions
                && namesResource(access) != notResources
                && (conditions.isEmpty() || conditions.stream().allMatch(c -> c.holds(access.context())))
                && (principals.isEmpty() || principals.stream().anyMatch(p -> access.isBy(p, accountsToo(access))));
    }

    // Loops: every call of every client of the simulation comes by here.
    private boolean namesAction(Access access) {
        for (String action : actions) {
            if (Wildcard.action(action, access.caselessAction())) {
                return true;
            }
        }
        return false;
    }

    private boolean namesResource(Access access) {
        for (String resource : resources) {
            if (Wildcard.text(resource, access.resource(), access::context)) {
                return true;
            }
        }
        return false;
    }

    /** To allow something to one's own account leaves it to the policies of its identities. */
    private boolean accountsToo(Access access) {
        return !allow || access.acrossAccounts();
    }
}
