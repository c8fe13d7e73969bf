package io.keyturn.core.policy;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** How days of age are counted. */
public enum DayCount {
    /** Every 24 hours since creation are one. */
    ELAPSED,
    /** Every midnight in UTC since creation ends one: a key made on the 1st is one day old all through the 2nd. */
    CALENDAR;

    /** The word in the configuration. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** From when the age of what was made at {@code created} counts. */
    public Instant from(Instant created) {
        return this == CALENDAR ? created.truncatedTo(ChronoUnit.DAYS) : created;
    }

    /** Whether something at {@code at} came after what was at {@code then}: by the calendar, on a later day. */
    public boolean isAfter(Instant at, Instant then) {
        return this == CALENDAR ? !at.isBefore(from(then).plus(Duration.ofDays(1))) : at.isAfter(then);
    }
}
