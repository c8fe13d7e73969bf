package io.keyturn.app.render.html;

import io.keyturn.app.render.Safe;
import io.keyturn.core.model.Standing;
import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.report.AgeBars;
import io.keyturn.core.report.Attention;
import io.keyturn.core.report.Day;
import io.keyturn.core.report.OwnerRow;
import io.keyturn.core.report.PolicyKeys;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The pictures with their words: ages against last use, ages by account, the coming weeks, and owners. */
final class PictureValues {
    private static final int PANELS = 6;
    private static final int ACCOUNTS = 12;
    private static final int OWNERS = 10;

    private final List<Attention> keys;
    private final List<Policy> policies;
    private final Anchors anchors;
    private final ReportDates dates;
    private final Instant now;

    PictureValues(List<Attention> keys, List<Policy> policies, Anchors anchors, ReportDates dates, Instant now) {
        this.keys = keys;
        this.policies = policies;
        this.anchors = anchors;
        this.dates = dates;
        this.now = now;
    }

    /** A dot plot and what is said of it. */
    record Panel(String title, boolean policy, String limits, String picture, String beyond) {}

    /** The ages of an account. */
    record Ages(String title, String picture) {}

    /** An owner, and how many keys of each standing. */
    record OwnerValue(String name, int keys, List<StandingsBar.Part> parts) {}

    void put(Map<String, Object> values, List<Day> days) {
        panels(values);
        ages(values);
        values.put("strips", new DayPlot(days).draw());
        values.put(
                "kinds",
                List.of(DayPlot.Kind.values()).stream()
                        .map(kind -> Map.of("look", kind.look(), "words", kind.words(kind.sum(days))))
                        .toList());
        values.put("calendar", Calendar.of(days));
        owners(values);
    }

    private void panels(Map<String, Object> values) {
        List<PolicyKeys> rows = PolicyKeys.of(policies, keys);
        List<PolicyKeys> largest = rows.stream()
                .sorted(Comparator.comparing((PolicyKeys row) -> -row.keys().size()))
                .limit(PANELS)
                .toList();
        List<Panel> panels = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (PolicyKeys row : rows) {
            DotPlot plot = new DotPlot(row, anchors, dates, now);
            if (largest.contains(row) && plot.shows()) {
                panels.add(
                        new Panel(title(row), row.policy() != null, limits(row.policy()), plot.draw(), plot.beyond()));
            } else {
                others.add(title(row));
            }
        }
        values.put("panels", panels);
        values.put("panelsMore", String.join("; ", others));
    }

    private static String title(PolicyKeys row) {
        Policy policy = row.policy();
        return (policy == null ? "Governed by no policy" : Safe.text(policy.name())) + ", "
                + counted(row.keys().size());
    }

    static String counted(int keys) {
        return keys == 1 ? "1 key" : keys + " keys";
    }

    private static String limits(@Nullable Policy policy) {
        if (policy == null) {
            return "nothing is limited";
        }
        Limit age = policy.age();
        Limit idle = policy.idle();
        if (age == null) {
            return idle == null
                    ? "neither age nor idle time is limited"
                    : "limit: " + idle.expire().toDays() + " days unused; age is not limited";
        }
        return idle == null
                ? "limit: " + age.expire().toDays() + " days of age; idle time is not limited"
                : "limits: " + age.expire().toDays() + " days of age, "
                        + idle.expire().toDays() + " days unused";
    }

    private void ages(Map<String, Object> values) {
        List<AgeBars> rows = AgeBars.of(keys);
        List<AgeBars> drawn = rows.size() <= ACCOUNTS
                ? rows
                : rows.stream()
                        .sorted(Comparator.comparing((AgeBars row) -> -row.busySum()))
                        .limit(ACCOUNTS)
                        .toList();
        AgePlot plot = new AgePlot(drawn, policies);
        values.put("ageLimits", AgePlot.limitsInWords(policies));
        values.put(
                "ages",
                drawn.stream()
                        .map(row -> new Ages(Safe.text(row.account()) + ", " + counted(row.keys()), plot.draw(row)))
                        .toList());
        values.put("agesMore", rows.size() - drawn.size());
        values.put(
                "ageNumbers",
                rows.stream()
                        .map(row -> Safe.text(row.account()) + ": " + AgePlot.numbers(row))
                        .toList());
    }

    private void owners(Map<String, Object> values) {
        List<OwnerRow> rows = OwnerRow.of(keys);
        List<OwnerRow> busy = rows.stream().filter(OwnerRow::busy).toList();
        long named = rows.stream().filter(row -> !row.nobody()).count();
        int nobodys =
                rows.stream().filter(OwnerRow::nobody).mapToInt(OwnerRow::keys).sum();
        String first = busy.size() > OWNERS
                ? "Those with most to do, of " + named + "."
                : "Of " + named + ", those with something to do.";
        String second = nobodys == 0
                ? "Every key has an owner."
                : nobodys == 1 ? "One key has no owner." : nobodys + " keys have no owner.";
        values.put("ownersLede", busy.isEmpty() ? "Nobody has anything to do. " + second : first + " " + second);
        values.put(
                "owners", busy.stream().limit(OWNERS).map(PictureValues::owner).toList());
    }

    private static OwnerValue owner(OwnerRow row) {
        return new OwnerValue(
                row.nobody() ? "no owner" : Safe.text(row.name()),
                row.keys(),
                StandingsBar.parts(row.standings()).stream()
                        .filter(part -> !part.look().equals(Look.of(Standing.HEALTHY)))
                        .collect(Collectors.toList()));
    }
}
