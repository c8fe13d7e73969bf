package io.keyturn.app.config;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Days as they are written: {@code 2027-06-30}. */
final class Dates {
    private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    private static final Pattern INSTANT =
            Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?");

    private Dates() {}

    /** The day that {@code text} names; empty where there is no such day. */
    static Optional<LocalDate> parse(String text) {
        try {
            return DAY.matcher(text).matches() ? Optional.of(LocalDate.parse(text)) : Optional.empty();
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** The day at {@code key}; empty where absent or wrong. */
    static Optional<LocalDate> day(Fields f, String key) {
        String text = f.text(key, "write for example 2027-06-30");
        Optional<LocalDate> day = text == null ? Optional.empty() : parse(text);
        if (text != null && day.isEmpty()) {
            f.bad(key, "is not a date", "write for example 2027-06-30");
        }
        return day;
    }

    /** The instant at {@code key}, of a day alone its first one in UTC; empty where absent or wrong. */
    static Optional<Instant> instant(Fields f, String key) {
        String right = "write for example 2026-12-04T18:00:00Z";
        String text = f.text(key, INSTANT, "is not an instant", right);
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    text.contains("T")
                            ? Instant.parse(text)
                            : LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));
        } catch (DateTimeParseException e) {
            f.bad(key, "is not a date", right);
            return Optional.empty();
        }
    }
}
