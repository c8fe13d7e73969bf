package io.keyturn.app.render;

import java.time.Instant;
import java.time.LocalDate;

/**
 * Instants as {@link Instant#toString} writes them. Those of AWS are exact to a second and come by the hundred thousand:
 * they are written by their places, all others by the library.
 */
final class UtcText {
    private static final int DAY = 86_400;

    private UtcText() {}

    /** The same text as {@code instant.toString()}. */
    static String of(Instant instant) {
        long seconds = instant.getEpochSecond();
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(seconds, DAY));
        if (instant.getNano() != 0 || date.getYear() < 1_000 || date.getYear() > 9_999) {
            return instant.toString();
        }
        int time = (int) Math.floorMod(seconds, (long) DAY);
        char[] text = "0000-00-00T00:00:00Z".toCharArray();
        put(text, 0, date.getYear() / 100);
        put(text, 2, date.getYear() % 100);
        put(text, 5, date.getMonthValue());
        put(text, 8, date.getDayOfMonth());
        put(text, 11, time / 3_600);
        put(text, 14, time / 60 % 60);
        put(text, 17, time % 60);
        return new String(text);
    }

    private static void put(char[] text, int place, int number) {
        text[place] = (char) ('0' + number / 10);
        text[place + 1] = (char) ('0' + number % 10);
    }
}
