package io.keyturn.app.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how far runs are apart, such as {@code 6h}: from ten minutes to a month. */
final class Apart implements ITypeConverter<Duration> {
    private static final Pattern SHORT = Pattern.compile("([0-9]{1,5})([mhd])");
    private static final Duration LEAST = Duration.ofMinutes(10);
    private static final Duration MOST = Duration.ofDays(31);

    @Override
    public Duration convert(String word) {
        Duration apart = parsed(word);
        if (apart.compareTo(LEAST) < 0 || apart.compareTo(MOST) > 0) {
            throw new TypeConversionException("runs are ten minutes to 31 days apart, not \"" + word + "\"");
        }
        return apart;
    }

    private static Duration parsed(String word) {
        Matcher matcher = SHORT.matcher(word);
        if (matcher.matches()) {
            long count = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "m" -> Duration.ofMinutes(count);
                case "h" -> Duration.ofHours(count);
                default -> Duration.ofDays(count);
            };
        }
        try {
            return Duration.parse(word);
        } catch (DateTimeException e) {
            throw new TypeConversionException("\"" + word + "\" is no time such as 6h, 1d or PT90M");
        }
    }
}
