package io.keyturn.core.policy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When keys may be changed: days and hours in which somebody is there to notice.
 *
 * @param from the first minute of these days
 * @param to the first minute that is no longer in it, after {@code from}; midnight is the end of the day
 * @param zone whose clock; null is the owner's
 * @param freezes days on which nothing is changed
 */
public record ActWindow(
        Set<DayOfWeek> days,
        LocalTime from,
        LocalTime to,
        @Nullable ZoneId zone,
        List<Freeze> freezes) {
    private static final int DAYS_AHEAD = 366;

    /** Days on which nothing is changed, the first and the last included. */
    public record Freeze(LocalDate first, LocalDate last) {
        public Freeze {
            if (last.isBefore(first)) {
                throw new IllegalArgumentException("a freeze ends before it begins");
            }
        }
    }

    public ActWindow {
        days = Set.copyOf(days);
        freezes = List.copyOf(freezes);
        if (days.isEmpty()) {
            throw new IllegalArgumentException("a window has at least one day");
        }
        if (!to.equals(LocalTime.MIDNIGHT) && !from.isBefore(to)) {
            throw new IllegalArgumentException("a window ends after it begins");
        }
    }

    /**
     * Whether keys may be changed at an instant.
     *
     * @param owners the clock of the owner, for a window that goes by it
     */
    public boolean isOpen(Instant at, ZoneId owners) {
        ZonedDateTime local = at.atZone(zone == null ? owners : zone);
        LocalTime time = local.toLocalTime();
        LocalDate day = local.toLocalDate();
        return days.contains(local.getDayOfWeek())
                && !time.isBefore(from)
                && (endsAtMidnight() || time.isBefore(to))
                && freezes.stream().noneMatch(freeze -> !day.isBefore(freeze.first()) && !day.isAfter(freeze.last()));
    }

    /**
     * When it next opens after an instant at which it is closed; that instant itself where it is open.
     *
     * @return {@code Instant.MAX} where it does not within a year
     */
    public Instant opening(Instant at, ZoneId owners) {
        if (isOpen(at, owners)) {
            return at;
        }
        ZoneId clock = zone == null ? owners : zone;
        LocalDate today = LocalDate.ofInstant(at, clock);
        for (int day = 0; day <= DAYS_AHEAD; day++) {
            Instant opens = instant(today.plusDays(day).atTime(from), clock);
            if (opens.isAfter(at) && isOpen(opens, owners)) {
                return opens;
            }
        }
        return Instant.MAX;
    }

    /** What that clock shows first at that time: a time that it leaves out is over as soon as it is set forward. */
    private static Instant instant(LocalDateTime local, ZoneId clock) {
        ZoneOffsetTransition change = clock.getRules().getTransition(local);
        return change != null && change.isGap()
                ? change.getInstant()
                : local.atZone(clock).toInstant();
    }

    /** Whether it lasts to the end of the day. */
    public boolean endsAtMidnight() {
        return to.equals(LocalTime.MIDNIGHT);
    }
}
