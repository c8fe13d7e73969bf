package io.keyturn.app.config;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Reads {@code schedule}: when {@code serve} begins runs by itself. */
final class ScheduleReader {
    private static final String EITHER = "write for example every: 6h, or cron: \"0 6 * * Mon-Fri\"";
    private static final String FIELDS =
            "write minute, hour, day of the month, month and day of the week, such as \"0 6 * * Mon-Fri\"";
    private static final String ZONE = "write for example Europe/Berlin";

    private ScheduleReader() {}

    static Optional<Rhythm> read(Fields top) {
        return top.mapping("schedule", List.of("every", "cron", "zone")).flatMap(ScheduleReader::rhythm);
    }

    private static Optional<Rhythm> rhythm(Fields f) {
        if (f.has("every") && f.has("cron")) {
            f.bad("cron", "is written beside every", "keep one of the two");
            return Optional.empty();
        }
        if (f.has("every")) {
            if (f.has("zone")) {
                f.bad("zone", "is for cron alone", "leave it out, or write cron instead of every");
            }
            return every(f);
        }
        return f.require(EITHER, "cron") ? cron(f) : Optional.empty();
    }

    private static Optional<Rhythm> every(Fields f) {
        return f.duration("every").flatMap(apart -> {
            try {
                return Optional.of(new Rhythm.Every(apart));
            } catch (IllegalArgumentException e) {
                f.bad("every", "is not a time between runs", Rhythm.BOUNDS);
                return Optional.empty();
            }
        });
    }

    private static Optional<Rhythm> cron(Fields f) {
        String expression = f.text("cron", FIELDS);
        String zone = f.text("zone", ZONE);
        try {
            ZoneId clock = ZoneId.of(zone == null ? "UTC" : zone);
            return expression == null ? Optional.empty() : Optional.of(Cron.of(expression, clock));
        } catch (DateTimeException e) {
            f.bad("zone", "is not a time zone", ZONE);
        } catch (IllegalArgumentException e) {
            f.bad("cron", String.valueOf(e.getMessage()), FIELDS);
        }
        return Optional.empty();
    }
}
