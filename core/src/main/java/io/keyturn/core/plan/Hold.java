package io.keyturn.core.plan;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that keeps steps from being taken.
 *
 * @param quiet whether reminders rest too
 * @param why a sentence for people
 * @param until when it ends by itself; null where only a decision ends it
 */
public record Hold(boolean quiet, String why, @Nullable Instant until) {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** Whether it still holds. */
    public boolean holdsAt(Instant now) {
        return until == null || now.isBefore(until);
    }

    /** Who holds it back, why, and until when. */
    public String sentence() {
        return until == null ? why : why + ", " + until(until);
    }

    /** The end of something in words: a day that is over at midnight counts whole. */
    public static String until(Instant end) {
        return end.equals(end.truncatedTo(ChronoUnit.DAYS))
                ? "to the end of " + MINUTE.format(end.minusNanos(1)).substring(0, 10)
                : "until " + MINUTE.format(end) + " UTC";
    }

    /** Several as one: told as the first, and as quiet as any; null for none. */
    static @Nullable Hold together(List<Hold> holds) {
        if (holds.isEmpty()) {
            return null;
        }
        Hold first = holds.getFirst();
        return new Hold(holds.stream().anyMatch(Hold::quiet), first.why(), first.until());
    }
}
