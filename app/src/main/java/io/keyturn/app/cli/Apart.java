package io.keyturn.app.cli;

import io.keyturn.app.config.Durations;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how far runs are apart, such as {@code 6h}: from ten minutes to a month. */
final class Apart implements ITypeConverter<Duration> {
    private static final Duration LEAST = Duration.ofMinutes(10);
    private static final Duration MOST = Duration.ofDays(31);

    @Override
    public Duration convert(String word) {
        Duration apart = Durations.parse(word)
                .orElseThrow(() -> new TypeConversionException("\"" + word + "\" is no time such as 6h, 1d or PT90M"));
        if (apart.compareTo(LEAST) < 0 || apart.compareTo(MOST) > 0) {
            throw new TypeConversionException("runs are ten minutes to 31 days apart, not \"" + word + "\"");
        }
        return apart;
    }
}
