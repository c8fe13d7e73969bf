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
}
