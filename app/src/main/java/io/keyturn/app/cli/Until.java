package io.keyturn.app.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the end of something: a day, which counts whole, or an instant. */
final class Until implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String word) {
        try {
            return word.contains("T")
                    ? Instant.parse(word)
                    : LocalDate.parse(word).plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new TypeConversionException(
                    "\"" + word + "\" is neither a day such as 2026-12-04 nor an instant such as 2026-12-04T18:00:00Z");
        }
    }
}
