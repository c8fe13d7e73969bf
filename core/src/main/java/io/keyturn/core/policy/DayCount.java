package io.keyturn.core.policy;

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
}
