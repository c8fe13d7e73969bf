package io.keyturn.app.render;

import io.keyturn.core.model.LastUse;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Days as people say them, seen from one instant. */
final class Dates {
    private static final DateTimeFormatter NEAR = DateTimeFormatter.ofPattern("EEE MM-dd", Locale.ROOT);
    private static final long NEAR_DAYS = 180;

    private final LocalDate today;
    private final ZoneId zone;

    Dates(Instant now, ZoneId zone) {
        this.today = LocalDate.ofInstant(now, zone);
        this.zone = zone;
    }

    /** A day to come; what is past is for today, and no day is a dash. */
    String by(@Nullable Instant at) {
        if (at == null) {
            return "–";
        }
        if (at.equals(Instant.MIN)) {
            return "today";
        }
        LocalDate day = LocalDate.ofInstant(at, zone);
        long days = ChronoUnit.DAYS.between(today, day);
        if (days <= 0) {
            return "today";
        }
        if (days == 1) {
            return "tomorrow";
        }
        return days <= NEAR_DAYS ? NEAR.format(day) : day.toString();
    }

    /** A last use. */
    String ago(LastUse use) {
        return switch (use) {
            case LastUse.NeverUsed() -> "never";
            case LastUse.Unknown unknown -> "not known";
            case LastUse.Used used -> ago(used.at());
        };
    }

    private String ago(Instant at) {
        long days = ChronoUnit.DAYS.between(LocalDate.ofInstant(at, zone), today);
        if (days <= 0) {
            return "today";
        }
        return days == 1 ? "yesterday" : days + " d ago";
    }
}
