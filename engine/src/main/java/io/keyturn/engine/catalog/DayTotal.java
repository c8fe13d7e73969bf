package io.keyturn.engine.catalog;

import io.keyturn.core.model.Standing;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How all keys stood at the last run of a day.
 *
 * @param day in UTC
 * @param decisions keys that needed a decision within a week
 * @param medianDays of the ages of keys that work, in days; null where it was not recorded, or not everything was read
 */
public record DayTotal(
        LocalDate day,
        Map<Standing, Integer> counts,
        int decisions,
        @Nullable Double medianDays) {
    /** Without their ages. */
    public DayTotal(LocalDate day, Map<Standing, Integer> counts, int decisions) {
        this(day, counts, decisions, null);
    }

    public DayTotal {
        counts = Map.copyOf(counts);
    }

    /** How many stood so. */
    public int count(Standing standing) {
        return counts.getOrDefault(standing, 0);
    }
}
