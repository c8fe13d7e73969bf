package io.keyturn.app.evidence;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * The days that evidence is of, in UTC.
 *
 * @param from the first
 * @param to the last
 */
public record Span(LocalDate from, LocalDate to) {
    public Span {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("it ends on " + to + ", before it begins on " + from);
        }
    }

    /** Its first instant. */
    public Instant start() {
        return from.atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    /** The first instant after it. */
    public Instant end() {
        return to.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    boolean holds(Instant at) {
        return !at.isBefore(start()) && at.isBefore(end());
    }

    boolean holds(LocalDate day) {
        return !day.isBefore(from) && !day.isAfter(to);
    }
}
