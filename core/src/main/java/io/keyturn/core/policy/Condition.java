package io.keyturn.core.policy;

import io.keyturn.core.model.FactName;
import java.util.List;
import java.util.Set;

/** The {@code when} of a policy: which keys it governs. Implementations are pure and safe for use by several threads. */
public interface Condition {
    /** As written in the configuration. */
    String source();

    /** The facts it touches. */
    Set<FactName> needs();

    /** Whether it mentions {@code key}; where not, it is evaluated once per user. */
    boolean mentionsKey();

    Verdict test(Subject subject);

    /** What it sees of the subject, in the order of its attributes: for explaining, never for deciding. */
    default List<SeenValue> seen(Subject subject) {
        return List.of();
    }

    /** The condition that governs everything. */
    Condition ALWAYS = new Condition() {
        @Override
        public String source() {
            return "true";
        }

        @Override
        public Set<FactName> needs() {
            return Set.of();
        }

        @Override
        public boolean mentionsKey() {
            return false;
        }

        @Override
        public Verdict test(Subject subject) {
            return Verdict.MATCHES;
        }
    };
}
