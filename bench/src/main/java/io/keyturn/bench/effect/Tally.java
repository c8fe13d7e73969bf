package io.keyturn.bench.effect;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a year came to. */
final class Tally {
    /** Days past the limit that each key was active, of keys that reached it or were replaced before. */
    private final Map<String, Integer> overdue = new HashMap<>();

    private final Map<Temper, Integer> byTemper = new EnumMap<>(Temper.class);
    private final Map<String, Integer> byUser = new HashMap<>();
    private final Map<String, Integer> byKey = new HashMap<>();
    private final Set<String> ended = new HashSet<>();
    int lockOuts;
    int secretsLost;
    int tickets;
    int forHealthy;

    /** A key of such a person was active on a day. */
    void overdue(Temper temper, String key, boolean past) {
        overdue.merge(key, past ? 1 : 0, Integer::sum);
        byTemper.merge(temper, past ? 1 : 0, Integer::sum);
    }

    void message(String user, String key, boolean healthy) {
        byUser.merge(user, 1, Integer::sum);
        byKey.merge(key, 1, Integer::sum);
        forHealthy += healthy ? 1 : 0;
    }

    /** A key came to its end in this year: replaced, switched off or deleted. */
    void ended(String key) {
        ended.add(key);
    }

    int overdueDays() {
        return overdue.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Key-days overdue, by the owners' tempers. */
    int overdueDays(Temper temper) {
        return byTemper.getOrDefault(temper, 0);
    }

    /** Of the keys that came to their end. */
    int medianOverdue() {
        return quantile(ended.stream().map(key -> overdue.getOrDefault(key, 0)).toList(), 0.5);
    }

    int messages() {
        return byUser.values().stream().mapToInt(Integer::intValue).sum();
    }

    int medianPerUser(int users) {
        List<Integer> all = new ArrayList<>(byUser.values());
        all.addAll(Collections.nCopies(Math.max(0, users - all.size()), 0));
        return quantile(all, 0.5);
    }

    int medianPerEnded() {
        return quantile(ended.stream().map(key -> byKey.getOrDefault(key, 0)).toList(), 0.5);
    }

    int ninetyPerEnded() {
        return quantile(ended.stream().map(key -> byKey.getOrDefault(key, 0)).toList(), 0.9);
    }

    private static int quantile(List<Integer> values, double share) {
        List<Integer> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.isEmpty()
                ? 0
                : sorted.get((int) Math.min(sorted.size() - 1L, Math.round(share * (sorted.size() - 1))));
    }
}
