package io.keyturn.core.report;

import java.time.LocalDate;

/**
 * The steps that fall on one day.
 *
 * @param date in UTC
 */
public record Day(LocalDate date, int notices, int rotations, int deactivations, int deletions) {
    /** Steps of every kind. */
    public int steps() {
        return notices + rotations + deactivations + deletions;
    }

    /** The same day with the steps of another one added. */
    public Day plus(Day other) {
        return new Day(
                date,
                notices + other.notices,
                rotations + other.rotations,
                deactivations + other.deactivations,
                deletions + other.deletions);
    }

    /** The same day with the steps of another one taken away. */
    public Day minus(Day other) {
        return new Day(
                date,
                notices - other.notices,
                rotations - other.rotations,
                deactivations - other.deactivations,
                deletions - other.deletions);
    }
}
