package io.keyturn.engine.apply;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** How often something was done, by the second; written as {@code 2026-11-23T12:00:00Z=3} and so on, parted by blanks. */
final class Uses {
    /** The longest window that a cap may have; what is older is forgotten. */
    private static final Duration LONGEST = Duration.ofDays(366);

    private final TreeMap<Instant, Integer> bySecond = new TreeMap<>();

    /** Reads what {@link #text} wrote; throws a runtime exception of some kind where it is anything else. */
    static Uses parse(String text) {
        Uses uses = new Uses();
        for (String part : text.isEmpty() ? List.<String>of() : List.of(text.split(" ", -1))) {
            int equals = part.indexOf('=');
            uses.add(Instant.parse(part.substring(0, equals)), Integer.parseInt(part.substring(equals + 1)));
        }
        return uses;
    }

    void add(Instant at, int count) {
        // Rounded up, so that nothing leaves a window before its time.
        bySecond.merge(at.plusNanos(999_999_999).truncatedTo(ChronoUnit.SECONDS), count, Integer::sum);
    }

    /** Uses after an instant; those in the future, of a clock that was ahead, count too. */
    int since(Instant from) {
        int sum = 0;
        for (int count : bySecond.tailMap(from, false).values()) {
            sum += count;
        }
        return Math.max(0, sum);
    }

    String text(Instant now) {
        List<String> parts = new ArrayList<>();
        bySecond.tailMap(now.minus(LONGEST), true).forEach((at, count) -> {
            if (count != 0) {
                parts.add(at + "=" + count);
            }
        });
        return String.join(" ", parts);
    }
}
