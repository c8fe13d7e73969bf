package io.keyturn.app.render;

import io.keyturn.core.forecast.Forecast;
import io.keyturn.core.forecast.Forecast.Event;
import io.keyturn.core.forecast.Forecast.Week;
import io.keyturn.core.forecast.Forecast.What;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** The figures of a forecast that people are shown, on a screen and in a page alike. */
public final class ForecastFigures {
    private static final Set<What> CHANGES = EnumSet.of(What.ROTATE, What.BROWNOUT, What.DEACTIVATE, What.DELETE);

    private ForecastFigures() {}

    /**
     * A figure of each week.
     *
     * @param sums whether that of the whole time is the sum of the weeks, rather than the last of them
     */
    public record Column(String name, ToIntFunction<Week> of, boolean sums) {
        /** The figure of the whole time. */
        public int total(Forecast forecast) {
            return sums ? forecast.weeks().stream().mapToInt(of).sum() : forecast.overdueAtEnd();
        }
    }

    /** All of them. */
    public static final List<Column> COLUMNS = List.of(
            new Column("messages", Week::messages, true),
            new Column("tickets", week -> week.count(What.TICKET), true),
            new Column("rotated", week -> week.count(What.ROTATE), true),
            new Column("switched off", week -> week.count(What.DEACTIVATE), true),
            new Column("deleted", week -> week.count(What.DELETE), true),
            new Column("by hand", week -> week.count(What.REPLACE) + week.count(What.INSTALL), true),
            new Column("overdue", Week::overdue, false));

    /**
     * A limit that holds steps up.
     *
     * @param since the week in which it does so first
     * @param most the most steps that wait for it at any run
     */
    public record Met(String cap, Instant since, int most) {}

    /** The limits that are met, by name. */
    public static List<Met> met(Forecast forecast) {
        Map<String, Met> met = new TreeMap<>();
        for (Week week : forecast.weeks()) {
            week.deferred()
                    .forEach((cap, count) -> met.merge(
                            cap,
                            new Met(cap, week.first(), count),
                            (a, b) -> new Met(cap, a.since(), Math.max(a.most(), b.most()))));
        }
        return List.copyOf(met.values());
    }

    /**
     * An owner whose keys are changed.
     *
     * @param name null where nobody is known
     * @param keys how many of theirs
     * @param first the first change
     */
    public record Concerned(@Nullable String name, int keys, Event first) {}

    /** Whose keys are changed, those with most of them first. */
    public static List<Concerned> owners(Forecast forecast) {
        Map<String, Set<String>> keys = new LinkedHashMap<>();
        Map<String, Event> first = new LinkedHashMap<>();
        for (Event event : changes(forecast)) {
            String owner = event.owner() == null ? "" : event.owner();
            keys.computeIfAbsent(owner, any -> new LinkedHashSet<>()).add(key(event));
            first.putIfAbsent(owner, event);
        }
        List<Concerned> owners = new ArrayList<>();
        first.forEach((owner, event) -> owners.add(new Concerned(
                owner.isEmpty() ? null : owner,
                keys.getOrDefault(owner, Set.of()).size(),
                event)));
        owners.sort(Comparator.comparing((Concerned owner) -> -owner.keys())
                .thenComparing(owner -> owner.name() == null ? "" : owner.name()));
        return owners;
    }

    /** How many keys are changed at all. */
    public static int changed(Forecast forecast) {
        return (int)
                changes(forecast).stream().map(ForecastFigures::key).distinct().count();
    }

    private static List<Event> changes(Forecast forecast) {
        return forecast.events().stream()
                .filter(event -> CHANGES.contains(event.what()))
                .toList();
    }

    private static String key(Event event) {
        return event.account() + "/" + event.user() + "/" + event.created();
    }
}
