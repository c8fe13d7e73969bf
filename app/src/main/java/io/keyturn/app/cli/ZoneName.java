package io.keyturn.app.cli;

import java.time.DateTimeException;
import java.time.ZoneId;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a time zone, such as {@code Europe/Berlin}. */
final class ZoneName implements ITypeConverter<ZoneId> {
    @Override
    public ZoneId convert(String word) {
        try {
            return ZoneId.of(word);
        } catch (DateTimeException e) {
            throw new TypeConversionException("\"" + word + "\" is no time zone such as Europe/Berlin or UTC");
        }
    }
}
