package io.keyturn.adapters.web;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code Retry-After} (RFC 9110, 10.2.3): how long a service asks to be left alone. */
public final class RetryAfter {
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

    private RetryAfter() {}

    /**
     * The wait that an answer asks for, never negative; empty where it asks for none that can be read.
     *
     * @param now used where a date is meant and the answer does not say its own
     */
    public static Optional<Duration> of(Answer.Answered answer, Instant now) {
        return answer.header("Retry-After").map(String::strip).flatMap(text -> {
            if (SECONDS.matcher(text).matches()) {
                return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
            }
            // By the service's own clock, which ours may differ from.
            Instant there = answer.header("Date").flatMap(RetryAfter::date).orElse(now);
            return date(text).map(until -> Duration.between(there, until)).map(RetryAfter::notNegative);
        });
    }

    private static Duration notNegative(Duration wait) {
        return wait.isNegative() ? Duration.ZERO : wait;
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
