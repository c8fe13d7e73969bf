package io.keyturn.core.forecast;

import io.keyturn.core.forecast.Forecast.Event;
import io.keyturn.core.forecast.Forecast.Week;
import io.keyturn.core.forecast.Forecast.What;
import io.keyturn.core.plan.Plan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sums up the runs of a forecast, seven to a week. */
final class ForecastTally {
    private static final int WEEK = 7;

    private final List<Event> events = new ArrayList<>();
    private final List<Week> weeks = new ArrayList<>();
    private final Map<What, Integer> counts = new EnumMap<>(What.class);
    private final Map<String, Integer> deferred = new HashMap<>();
    private final Map<String, Integer> deferredNow = new HashMap<>();
    private final Set<String> told = new HashSet<>();
    private Instant first = Instant.MIN;
    private int messages;
    private int overdue;
    private int overdueNow;
    private int runs;

    /** A run begins. */
    void begin(Instant now) {
        endRun();
        if (runs % WEEK == 0) {
            endWeek();
            first = now;
        }
        runs++;
    }

    /** So many working keys are past a limit at this run. */
    void overdue(int keys) {
        overdueNow = runs == 1 ? keys : overdueNow;
        overdue = keys;
    }

    void happened(Event event) {
        events.add(event);
        counts.merge(event.what(), 1, Integer::sum);
    }

    /** A message went to that owner, or more is said in the one that did. */
    void told(String owner) {
        told.add(owner);
    }

    void deferred(Plan.Deferred action) {
        deferredNow.merge(action.cap(), 1, Integer::sum);
    }

    private void endRun() {
        messages += told.size();
        told.clear();
        deferredNow.forEach((cap, count) -> deferred.merge(cap, count, Math::max));
        deferredNow.clear();
    }

    private void endWeek() {
        if (runs > 0) {
            weeks.add(new Week(first, counts, messages, deferred, overdue));
            counts.clear();
            deferred.clear();
            messages = 0;
        }
    }

    Forecast forecast(Instant from, int keys) {
        endRun();
        endWeek();
        // What waits for an hour of its own comes after what another account's run did.
        events.sort(Comparator.comparing(Event::at));
        return new Forecast(from, runs, keys, overdueNow, weeks, events);
    }
}
