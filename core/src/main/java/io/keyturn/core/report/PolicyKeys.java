package io.keyturn.core.report;

import io.keyturn.core.policy.Policy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys that one policy governs.
 *
 * @param policy null for the keys that none governs
 */
public record PolicyKeys(@Nullable Policy policy, List<Attention> keys) {
    public PolicyKeys {
        keys = List.copyOf(keys);
    }

    /** A row for each policy that governs any, in the order of the policies; what none governs comes last. */
    public static List<PolicyKeys> of(Collection<Policy> policies, Collection<Attention> keys) {
        Map<String, List<Attention>> byName = new HashMap<>();
        for (Attention key : keys) {
            String name = key.finding().governedBy();
            byName.computeIfAbsent(name == null ? "" : name, any -> new ArrayList<>())
                    .add(key);
        }
        List<PolicyKeys> rows = new ArrayList<>();
        for (Policy policy : policies) {
            List<Attention> governed = byName.remove(policy.name());
            if (governed != null) {
                rows.add(new PolicyKeys(policy, governed));
            }
        }
        List<Attention> others = byName.values().stream().flatMap(List::stream).toList();
        if (!others.isEmpty()) {
            rows.add(new PolicyKeys(null, others));
        }
        return rows;
    }
}
