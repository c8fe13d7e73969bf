package io.keyturn.app.cli;

import io.keyturn.app.config.Durations;
import io.keyturn.app.config.Rhythm;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how far runs are apart, such as {@code 6h}: from ten minutes to a month. */
final class Apart implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String word) {
        Duration apart = Durations.parse(word)
                .orElseThrow(() -> new TypeConversionException("\"" + word + "\" is no time such as 6h, 1d or PT90M"));
        if (apart.compareTo(Rhythm.LEAST) < 0 || apart.compareTo(Rhythm.MOST) > 0) {
            throw new TypeConversionException(Rhythm.BOUNDS + ", not \"" + word + "\"");
        }
        return apart;
    }
}
