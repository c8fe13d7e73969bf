package io.keyturn.adapters.aws.keycheck;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The time of a message as it stands in keycheck's table: without a zone. */
final class PingTime {
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    private PingTime() {}

    /** As Keyturn writes it: UTC. */
    static String write(Instant at) {
        return FORM.format(at.atOffset(ZoneOffset.UTC));
    }

    /** As it stands there; empty where it is no time. */
    static Optional<LocalDateTime> parse(String text) {
        try {
            return Optional.of(LocalDateTime.parse(text, FORM));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /**
     * When that was. Keycheck writes its own zone's time and Keyturn UTC, and a row does not tell which; the later of both
     * is taken, as far as it is over, so that nobody is told twice within a day.
     */
    static Instant read(LocalDateTime written, ZoneId zone, Instant now) {
        Instant utc = written.toInstant(ZoneOffset.UTC);
        Instant local = written.atZone(zone).toInstant();
        return List.of(utc, local).stream()
                .filter(at -> !at.isAfter(now))
                .max(Instant::compareTo)
                .orElse(utc.isBefore(local) ? utc : local);
    }
}
