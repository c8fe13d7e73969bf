package io.keyturn.sandbox.fault;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Faults by rule: of the rules whose turn it is, the first strikes. Safe for use by several threads. */
public final class FaultRules implements Faults {
    private final List<Fault> rules;
    private final Map<Struck, AtomicInteger> counts = new ConcurrentHashMap<>();

    private record Struck(int rule, String account) {}

    public FaultRules(List<Fault> rules) {
        this.rules = List.copyOf(rules);
    }

    @Override
    public Fate before(Operation operation) {
        Fate fate = Fate.OK;
        for (int i = 0; i < rules.size(); i++) {
            Fault rule = rules.get(i);
            if (rule.fits(operation)) {
                int nth = counts.computeIfAbsent(new Struck(i, operation.account()), key -> new AtomicInteger())
                        .incrementAndGet();
                if (fate == Fate.OK && nth >= rule.first() && nth - rule.first() < rule.count()) {
                    fate = rule.fate();
                }
            }
        }
        return fate;
    }

    /** Only a rule that denies every call is known to IAM's simulator. */
    @Override
    public boolean denies(Operation operation) {
        return rules.stream()
                .anyMatch(rule -> rule.fits(operation)
                        && rule.fate().kind() == Fate.Kind.ACCESS_DENIED
                        && rule.first() == 1
                        && rule.count() == Integer.MAX_VALUE);
    }
}
