package io.keyturn.adapters.aws.rotator;

import io.keyturn.core.model.KeyId;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What Keyturn's own tag says of a step that is under way: {@code making 2026-11-21T08:00:00Z AKIA… AKIA…}. It is written
 * with characters that a tag's value may have.
 *
 * @param keys of {@code MAKING} those that there were, the old one first; else the old one and, if any, the new one
 */
record Mark(Step step, Instant at, List<KeyId> keys) {
    enum Step {
        /** A key is about to be made, or was. */
        MAKING,
        /** A key was made, and nobody holds its secret. */
        LOST,
        /** That key was switched off then. */
        OFF,
        /** The last step was done, and its owner was not told of it yet. */
        UNTOLD
    }

    Mark {
        at = at.truncatedTo(ChronoUnit.SECONDS);
        keys = List.copyOf(keys);
        int known = step == Step.LOST || step == Step.OFF ? 2 : 1;
        if (keys.size() < known) {
            throw new IllegalArgumentException(step + " is of " + known + " keys at least");
        }
    }

    KeyId old() {
        return keys.getFirst();
    }

    KeyId made() {
        return keys.getLast();
    }

    String text() {
        return Stream.concat(
                        Stream.of(step.name().toLowerCase(Locale.ROOT), at.toString()),
                        keys.stream().map(KeyId::value))
                .collect(Collectors.joining(" "));
    }

    /** Empty where the text is none. */
    static Optional<Mark> parse(String text) {
        List<String> words = Arrays.asList(text.strip().split(" +"));
        if (words.size() < 3) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Mark(
                    Step.valueOf(words.getFirst().toUpperCase(Locale.ROOT)),
                    Instant.parse(words.get(1)),
                    words.stream().skip(2).map(KeyId::new).toList()));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
