package io.keyturn.core.plan;

import io.keyturn.core.model.CredentialId;
import io.keyturn.core.policy.Capped;
import io.keyturn.core.policy.Caps;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes what fits under the caps, in the order given, and lists the rest with the cap that it met. */
final class Settlement {
    private final Map<Capped, Caps> caps;
    private final Map<Capped, Counter> global = new EnumMap<>(Capped.class);
    private final List<Action> actions = new ArrayList<>();
    private final List<Pending> pending = new ArrayList<>();
    private final Set<CredentialId> withoutSuccessor = new HashSet<>();
    private final Usage usage;

    Settlement(Map<Capped, Caps> caps, Usage usage) {
        this.caps = caps;
        this.usage = usage;
        caps.forEach((capped, cap) -> global.put(
                capped,
                new Counter(
                        name(capped, "global"),
                        cap.global() == null ? null : cap.global().count(),
                        usage.global(capped))));
    }

    /** An action that did not fit; the figures of its cap are final only at the end. */
    private record Pending(Action action, Counter counter) {}

    void add(AccountPlan plan) {
        Map<Capped, List<Counter>> counters = countersOf(plan);
        for (Action action : plan.due()) {
            Capped capped = action.cap();
            if (capped == null) {
                // A secret is delivered exactly where its key is made.
                if (!withoutSuccessor.contains(action.credential())) {
                    actions.add(action);
                }
            } else {
                take(action, counters.getOrDefault(capped, List.of()));
            }
        }
    }

    private void take(Action action, List<Counter> counters) {
        Object unit = action.unit();
        counters.forEach(counter -> counter.wanted.add(unit));
        for (Counter counter : counters) {
            if (!counter.fits(unit)) {
                pending.add(new Pending(action, counter));
                if (action instanceof Action.CreateKey) {
                    withoutSuccessor.add(action.credential());
                }
                return;
            }
        }
        counters.forEach(counter -> counter.taken.add(unit));
        actions.add(action);
    }

    Plan plan() {
        List<Plan.Deferred> deferred = pending.stream()
                .map(p -> new Plan.Deferred(
                        p.action(),
                        p.counter().name,
                        p.counter().limit(),
                        p.counter().used + p.counter().taken.size(),
                        p.counter().used + p.counter().wanted.size()))
                .toList();
        return new Plan(actions, deferred, PlanHash.of(actions, deferred));
    }

    private Map<Capped, List<Counter>> countersOf(AccountPlan plan) {
        Map<Capped, List<Counter>> counters = new EnumMap<>(Capped.class);
        caps.forEach((capped, cap) -> {
            List<Counter> of = new ArrayList<>(3);
            int used = usage.of(plan.account().id(), capped);
            of.add(new Counter(
                    name(capped, "per-account"),
                    cap.perAccount() == null ? null : cap.perAccount().count(),
                    used));
            of.add(new Counter(name(capped, "percent"), cap.shareOf(plan.activeKeys()), used));
            Counter all = global.get(capped);
            if (all != null) {
                of.add(all);
            }
            counters.put(capped, of);
        });
        return counters;
    }

    private static String name(Capped capped, String scope) {
        return capped.name().toLowerCase(Locale.ROOT).replace('_', '-') + " " + scope;
    }

    /** Counts one kind of act in one scope. */
    private static final class Counter {
        private final String name;
        private final @Nullable Integer limit;
        private final int used;
        private final Set<Object> taken = new HashSet<>();
        private final Set<Object> wanted = new HashSet<>();

        Counter(String name, @Nullable Integer limit, int used) {
            this.name = name;
            this.limit = limit;
            this.used = used;
        }

        boolean fits(Object unit) {
            return limit == null || taken.contains(unit) || used + taken.size() < limit;
        }

        int limit() {
            return limit == null ? Integer.MAX_VALUE : limit;
        }
    }
}
