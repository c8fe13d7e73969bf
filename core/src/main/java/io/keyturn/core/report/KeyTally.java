package io.keyturn.core.report;

import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The keys of one account, counted one after the other. */
final class KeyTally {
    /** What overdue keys that no policy governs are counted under, such as the root user's. */
    static final String NO_POLICY = "(none)";

    private final Map<Standing, Integer> keys = new EnumMap<>(Standing.class);
    private final Map<String, Integer> overdue = new TreeMap<>();
    private final Set<Principal> holders = new HashSet<>();
    private final List<Long> ages = new ArrayList<>();
    private int unknownLastUses;

    /** Nothing yet: no key of any standing. */
    KeyTally() {
        for (Standing standing : Standing.values()) {
            keys.put(standing, 0);
        }
    }

    void add(Finding finding) {
        keys.merge(finding.standing(), 1, Integer::sum);
        holders.add(finding.credential().principal());
        boolean late = finding.standing() == Standing.EXPIRED;
        String policy = finding.governedBy();
        if (late || policy != null) {
            overdue.merge(policy == null ? NO_POLICY : policy, late ? 1 : 0, Integer::sum);
        }
        Long age = finding.ageDays();
        if (age != null && Boolean.TRUE.equals(finding.active())) {
            ages.add(age);
        }
        if (finding.lastUse() instanceof LastUse.Unknown && !finding.lastUse().equals(LastUse.NOT_READ)) {
            unknownLastUses++;
        }
    }

    /** The sums. */
    AccountNumbers.Read read(String name, String id, boolean complete, Instant asOf) {
        ages.sort(null);
        return new AccountNumbers.Read(
                name,
                id,
                complete,
                asOf,
                holders.size(),
                keys,
                overdue,
                ages.isEmpty() ? null : ages.getLast(),
                median(ages),
                unknownLastUses);
    }

    /** Of an even number of ages, half way between the two in the middle. */
    private static @Nullable Double median(List<Long> sorted) {
        int size = sorted.size();
        return size == 0 ? null : (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2.0;
    }
}
