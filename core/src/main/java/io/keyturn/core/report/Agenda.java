package io.keyturn.core.report;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The keys that need a decision by one day.
 *
 * @param day never before today
 */
public record Agenda(LocalDate day, List<Attention> keys) {
    public Agenda {
        keys = List.copyOf(keys);
    }

    /** The decisions of this week by day, leaked keys first. */
    public static List<Agenda> of(Collection<Attention> keys, Instant now, ZoneId zone) {
        LocalDate today = LocalDate.ofInstant(now, zone);
        Map<LocalDate, List<Attention>> days = new TreeMap<>();
        keys.stream()
                .filter(key -> key.needsDecision(now))
                .sorted(Attention.order(zone))
                .forEach(key -> days.computeIfAbsent(day(key, today, zone), any -> new ArrayList<>())
                        .add(key));
        return days.entrySet().stream()
                .map(entry -> new Agenda(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static LocalDate day(Attention key, LocalDate today, ZoneId zone) {
        Instant at = key.at();
        if (at == null || at.equals(Instant.MIN)) {
            return today;
        }
        LocalDate day = LocalDate.ofInstant(at, zone);
        return day.isBefore(today) ? today : day;
    }
}
