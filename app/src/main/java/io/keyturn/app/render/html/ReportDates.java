package io.keyturn.app.render.html;

import io.keyturn.core.model.LastUse;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Days in UTC: whoever opens the file, wherever, reads the same. */
public final class ReportDates {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter WEEKDAY = DateTimeFormatter.ofPattern("EEE", Locale.ROOT);

    private final LocalDate today;

    /** Seen from that instant. */
    public ReportDates(Instant now) {
        this.today = day(now);
    }

    /** Its day. */
    public static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }

    /** To the minute, with the zone. */
    public static String minute(Instant at) {
        return MINUTE.format(at);
    }

    /** The day it is. */
    public LocalDate today() {
        return today;
    }

    /** By when; what is overdue is for today, and no day is a dash. */
    public String by(@Nullable Instant at) {
        if (at == null) {
            return "–";
        }
        LocalDate day = at.equals(Instant.MIN) ? today : day(at);
        return day.isBefore(today) ? today.toString() : day.toString();
    }

    /** A day of the agenda. */
    public String heading(LocalDate day) {
        long days = ChronoUnit.DAYS.between(today, day);
        if (days <= 0) {
            return "Today";
        }
        return days == 1 ? "Tomorrow" : WEEKDAY.format(day) + ", in " + days + " days";
    }

    /** A last use in a table. */
    public String ago(LastUse use) {
        return switch (use) {
            case LastUse.NeverUsed() -> "never";
            case LastUse.Unknown unknown -> "not known";
            case LastUse.Used used -> {
                long days = Math.max(0, ChronoUnit.DAYS.between(day(used.at()), today));
                String ago = days == 0 ? "today" : days == 1 ? "yesterday" : days + " d ago";
                yield used.service().isEmpty() || used.service().equals("N/A") ? ago : ago + " · " + used.service();
            }
        };
    }

    /** The same in a sentence. */
    public String sentence(LastUse use) {
        return switch (use) {
            case LastUse.NeverUsed() -> "never used";
            case LastUse.Unknown unknown -> "last use not known";
            case LastUse.Used used -> {
                long days = Math.max(0, ChronoUnit.DAYS.between(day(used.at()), today));
                yield days == 0 ? "used today" : days == 1 ? "used yesterday" : "last used " + days + " days ago";
            }
        };
    }
}
