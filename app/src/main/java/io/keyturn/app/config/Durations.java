package io.keyturn.app.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 90d}, {@code 24h}, {@code 15m}, {@code 30s}, {@code 2w}, or ISO 8601. */
public final class Durations {
    /** What every duration of a configuration fits; months and years have no fixed length. */
    static final String SYNTAX =
            "[0-9]{1,6}[wdhms]" + "|P(?=.)(?:[0-9]{1,6}D)?(?:T(?=.)(?:[0-9]{1,6}H)?(?:[0-9]{1,6}M)?(?:[0-9]{1,6}S)?)?";

    /** Longer than anything that is meant, and short enough to be added to any date. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private static final Pattern PATTERN = Pattern.compile(SYNTAX);
    private static final Pattern ANY_LENGTH = Pattern.compile(SYNTAX.replace("{1,6}", "+"));
    private static final Map<Character, Duration> UNITS = Map.of(
            'w', Duration.ofDays(7),
            'd', Duration.ofDays(1),
            'h', Duration.ofHours(1),
            'm', Duration.ofMinutes(1),
            's', Duration.ofSeconds(1));

    private Durations() {}

    /** The duration, or empty where {@code text} is none or longer than a hundred years. */
    public static Optional<Duration> parse(String text) {
        if (!PATTERN.matcher(text).matches()) {
            return Optional.empty();
        }
        int last = text.length() - 1;
        Duration read = text.charAt(0) == 'P'
                ? Duration.parse(text)
                : unit(text.charAt(last)).multipliedBy(Integer.parseInt(text.substring(0, last)));
        return read.compareTo(LONGEST) > 0 ? Optional.empty() : Optional.of(read);
    }

    /** What is wrong with a text that is no duration. */
    static String whyNot(String text) {
        if (text.startsWith("-") && ANY_LENGTH.matcher(text.substring(1)).matches()) {
            return "is negative";
        }
        return ANY_LENGTH.matcher(text).matches() ? "is longer than a hundred years" : "is not a duration";
    }

    /** The duration of one {@code w}, {@code d}, {@code h}, {@code m} or {@code s}. */
    static Duration unit(char letter) {
        Duration unit = UNITS.get(letter);
        if (unit == null) {
            throw new IllegalArgumentException("no unit of time: " + letter);
        }
        return unit;
    }

    /** The shortest way to write it. */
    public static String write(Duration duration) {
        for (char letter : new char[] {'d', 'h', 'm', 's'}) {
            long unit = unit(letter).getSeconds();
            if (duration.getNano() == 0 && duration.getSeconds() % unit == 0) {
                return duration.getSeconds() / unit + String.valueOf(letter);
            }
        }
        return duration.toString();
    }
}
