package io.keyturn.core.report;

import io.keyturn.core.model.Standing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The keys of one account by age, {@link AccountRow#DAYS_A_BAR} days a bar; the last bar counts what is older.
 *
 * @param quiet keys about which nothing is to be done: healthy, inactive or exempt
 * @param busy all others
 * @param keys all of the account, those of unknown age among them
 */
public record AgeBars(String account, List<Integer> quiet, List<Integer> busy, int keys) {
    public AgeBars {
        quiet = List.copyOf(quiet);
        busy = List.copyOf(busy);
    }

    /** Whether something is to be done about a key that stands so. */
    public static boolean isBusy(Standing standing) {
        return standing.needsAttention();
    }

    /** A row for each account that has keys, by name. */
    public static List<AgeBars> of(Collection<Attention> keys) {
        // Two accounts may have one name.
        Map<List<String>, int[][]> counts = new TreeMap<>(
                Comparator.comparing((List<String> id) -> id.getFirst()).thenComparing(List::getLast));
        for (Attention key : keys) {
            List<String> id =
                    List.of(key.account(), key.finding().credential().account().value());
            int[][] bars = counts.computeIfAbsent(id, account -> new int[3][AccountRow.BARS + 1]);
            bars[2][0]++;
            Long age = key.finding().ageDays();
            if (age != null) {
                int bar = (int) Math.clamp(age / AccountRow.DAYS_A_BAR, 0, AccountRow.BARS);
                bars[isBusy(key.finding().standing()) ? 1 : 0][bar]++;
            }
        }
        List<AgeBars> rows = new ArrayList<>();
        counts.forEach((id, bars) -> rows.add(new AgeBars(id.getFirst(), list(bars[0]), list(bars[1]), bars[2][0])));
        return rows;
    }

    private static List<Integer> list(int[] counts) {
        List<Integer> list = new ArrayList<>(counts.length);
        for (int count : counts) {
            list.add(count);
        }
        return list;
    }

    /** The keys of one bar. */
    public int sum(int bar) {
        return quiet.get(bar) + busy.get(bar);
    }

    /** Keys about which something is to be done. */
    public int busySum() {
        return busy.stream().mapToInt(Integer::intValue).sum();
    }
}
