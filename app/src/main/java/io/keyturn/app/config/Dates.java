package io.keyturn.app.config;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Days as they are written: {@code 2027-06-30}. */
final class Dates {
    private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

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
}
