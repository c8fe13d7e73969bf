package io.keyturn.sandbox.policy;

import java.util.List;

/**
 * What somebody may do. Source: IAM user guide, "Policy evaluation logic": a deny anywhere wins; else one of the
 * identity's policies must allow, and of those of the session too where it has any.
 *
 * @param identity policies of the user or role
 * @param session policies that the session was opened with; empty where it was opened with none
 */
public record Authority(List<PolicyDocument> identity, List<PolicyDocument> session) {
    /** May do everything. */
    public static final Authority ADMINISTRATOR =
            new Authority(List.of(PolicyDocument.ADMINISTRATOR_ACCESS), List.of());

    public Authority {
        identity = List.copyOf(identity);
        session = List.copyOf(session);
    }

    public Decision decide(Access access) {
        Decision own = decide(identity, access);
        if (session.isEmpty() || own == Decision.EXPLICIT_DENY) {
            return own;
        }
        Decision narrowed = decide(session, access);
        return narrowed == Decision.ALLOWED ? own : narrowed;
    }

    /** Whether the session's policies, which narrow what others grant too, let it through. */
    public boolean sessionLets(Access access) {
        return session.isEmpty() || decide(session, access) == Decision.ALLOWED;
    }

    private static Decision decide(List<PolicyDocument> policies, Access access) {
        Decision decision = Decision.IMPLICIT_DENY;
        for (PolicyDocument policy : policies) {
            Decision one = policy.decide(access);
            if (one == Decision.EXPLICIT_DENY) {
                return one;
            }
            decision = one == Decision.ALLOWED ? one : decision;
        }
        return decision;
    }
}
