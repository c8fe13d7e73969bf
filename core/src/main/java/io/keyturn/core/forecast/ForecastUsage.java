package io.keyturn.core.forecast;

import io.keyturn.core.model.AccountId;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.Usage;
import io.keyturn.core.policy.Capped;
import io.keyturn.core.policy.Caps;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the runs of a forecast used up of the caps, in the window of each. */
final class ForecastUsage {
    private static final Duration DAY = Duration.ofDays(1);

    private final Map<Capped, Caps> caps;
    private final Map<Capped, Deque<Act>> acts = new EnumMap<>(Capped.class);

    ForecastUsage(Map<Capped, Caps> caps) {
        this.caps = caps;
    }

    private record Act(Instant at, @Nullable AccountId account, Object unit) {}

    void count(Action action, Instant now) {
        Capped capped = action.cap();
        if (capped != null && caps.containsKey(capped)) {
            acts.computeIfAbsent(capped, any -> new ArrayDeque<>())
                    .add(new Act(now, action.credential().account(), action.unit()));
        }
    }

    /** As it stands at a run; what left every window is forgotten. */
    Usage at(Instant now) {
        acts.forEach((capped, list) -> {
            Duration longest = longer(window(capped, true), window(capped, false));
            while (!list.isEmpty() && !list.peekFirst().at().isAfter(now.minus(longest))) {
                list.removeFirst();
            }
        });
        return new Usage() {
            @Override
            public int global(Capped capped) {
                return distinct(capped, null, now.minus(window(capped, true)));
            }

            @Override
            public int of(AccountId account, Capped capped) {
                return distinct(capped, account, now.minus(window(capped, false)));
            }
        };
    }

    private int distinct(Capped capped, @Nullable AccountId account, Instant after) {
        Deque<Act> list = acts.get(capped);
        if (list == null || list.isEmpty()) {
            return 0;
        }
        // One owner told in two runs was told twice; one told of keys in two accounts in one run was told once.
        Set<Act> distinct = new HashSet<>();
        for (Act act : list) {
            if (act.at().isAfter(after) && (account == null || account.equals(act.account()))) {
                distinct.add(account == null ? new Act(act.at(), null, act.unit()) : act);
            }
        }
        return distinct.size();
    }

    private Duration window(Capped capped, boolean global) {
        Caps of = caps.getOrDefault(capped, Caps.NONE);
        Caps.Cap cap = global ? of.global() : of.perAccount();
        return cap == null ? DAY : cap.window();
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }
}
