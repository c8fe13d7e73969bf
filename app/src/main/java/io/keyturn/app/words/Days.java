package io.keyturn.app.words;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

/** Dates as an owner reads them, by their own clock. */
final class Days {
    /** Days within which a date is told with its weekday. */
    private static final int NEAR = 30;

    private final Wordbook words;
    private final ZoneId zone;
    private final LocalDate today;
    private final Map<LocalDate, String> known = new HashMap<>();

    Days(Wordbook words, ZoneId zone, Instant now) {
        this.words = words;
        this.zone = zone;
        this.today = LocalDate.ofInstant(now, zone);
    }

    LocalDate today() {
        return today;
    }

    LocalDate date(Instant at) {
        return LocalDate.ofInstant(at, zone);
    }

    String day(Instant at) {
        return day(date(at));
    }

    /** The same few dates come in many variables of a message. */
    String day(LocalDate date) {
        return known.computeIfAbsent(date, this::told);
    }

    private String told(LocalDate date) {
        boolean near = Math.abs(ChronoUnit.DAYS.between(today, date)) <= NEAR;
        return near
                ? words.say(Word.DAY_NEAR, Map.of("weekday", weekday(date), "date", date.toString()))
                : words.say(Word.DAY_FAR, Map.of("date", date.toString()));
    }

    private String weekday(LocalDate date) {
        return words.say(Word.valueOf(date.getDayOfWeek().name()));
    }

    String ago(LocalDate date) {
        long days = ChronoUnit.DAYS.between(date, today);
        return days <= 0
                ? words.say(Word.TODAY)
                : days == 1 ? words.say(Word.YESTERDAY) : words.say(Word.DAYS_AGO, Map.of("days", days));
    }

    String in(LocalDate date) {
        long days = ChronoUnit.DAYS.between(today, date);
        return days <= 0
                ? words.say(Word.TODAY)
                : days == 1 ? words.say(Word.TOMORROW) : words.say(Word.IN_DAYS, Map.of("days", days));
    }
}
