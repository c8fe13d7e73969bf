package io.keyturn.core.report;

import io.keyturn.core.assess.Owner;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.Standing;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An owner and how their keys stand.
 *
 * @param name empty for the keys that nobody is known to own
 */
public record OwnerRow(String name, int keys, Map<Standing, Integer> standings) {
    /** Nobody first where somebody should be named, then whoever has most of the worst. */
    private static final Comparator<OwnerRow> MOST_TO_DO = Comparator.comparing(
                    (OwnerRow row) -> !(row.nobody() && row.busy()))
            .thenComparing(OwnerRow::worstFirst)
            .thenComparing(OwnerRow::name);

    public OwnerRow {
        standings = Map.copyOf(standings);
    }

    /** A row for each owner, with most to do first. */
    public static List<OwnerRow> of(Collection<Attention> keys) {
        Map<String, Map<Standing, Integer>> counts = new HashMap<>();
        for (Attention key : keys) {
            String name = nameOf(key);
            counts.computeIfAbsent(name, any -> new EnumMap<>(Standing.class))
                    .merge(key.finding().standing(), 1, Integer::sum);
        }
        return of(counts);
    }

    /** The same of owners whose keys are counted already, by name. */
    public static List<OwnerRow> of(Map<String, Map<Standing, Integer>> counts) {
        return counts.entrySet().stream()
                .map(entry -> new OwnerRow(
                        entry.getKey(),
                        entry.getValue().values().stream()
                                .mapToInt(Integer::intValue)
                                .sum(),
                        entry.getValue()))
                .sorted(MOST_TO_DO)
                .toList();
    }

    /** The owner's name; empty where nobody is known to own the key. */
    public static String nameOf(Attention key) {
        return key.finding().owner() instanceof Fact.Known<Owner>(Owner owner, var asOf) ? owner.name() : "";
    }

    /** Whether these are the keys that nobody is known to own. */
    public boolean nobody() {
        return name.isEmpty();
    }

    /** How many of the keys stand so. */
    public int count(Standing standing) {
        return standings.getOrDefault(standing, 0);
    }

    /** Whether any key is neither healthy nor exempt. */
    public boolean busy() {
        return keys > count(Standing.HEALTHY) + count(Standing.EXEMPT);
    }

    private static int worstFirst(OwnerRow a, OwnerRow b) {
        for (Standing standing : Standing.values()) {
            int order = Integer.compare(b.count(standing), a.count(standing));
            if (order != 0 && standing.compareTo(Standing.EXEMPT) < 0) {
                return order;
            }
        }
        return 0;
    }
}
