package io.keyturn.engine.catalog;

import io.keyturn.core.model.Standing;
import java.time.LocalDate;
import java.util.Map;

/**
 * How all keys stood at the last run of a day.
 *
 * @param day in UTC
 * @param decisions keys that needed a decision within a week
 */
public record DayTotal(LocalDate day, Map<Standing, Integer> counts, int decisions) {
    public DayTotal {
        counts = Map.copyOf(counts);
    }

    /** How many stood so. */
    public int count(Standing standing) {
        return counts.getOrDefault(standing, 0);
    }
}
