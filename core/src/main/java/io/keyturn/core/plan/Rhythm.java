package io.keyturn.core.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When the owner of a key hears of it again. Towards a day on which something is taken from them, words come closer
 * together; where nothing is about to happen, each pause is twice the last. A rhythm of days that are asked for one by one
 * stays as it is.
 */
final class Rhythm {
    /** A shorter time between words is kept as it is: whoever asks for a word a day gets it. */
    private static final Duration GROWS_FROM = Duration.ofDays(2);
    /** How many times the time between words a pause grows to at most. */
    private static final int LONGEST = 8;
    /** What one run says by several channels is one word. */
    private static final Duration ONE_WORD = Duration.ofHours(1);

    private static final Duration FINAL = Duration.ofDays(1);

    private final Duration every;
    private final List<Instant> spoken;

    /**
     * Of one key.
     *
     * @param every the time between two words, by its policy
     * @param spoken when its owner was told of it as it stands now, oldest first
     */
    Rhythm(Duration every, List<Instant> spoken) {
        this.every = every;
        this.spoken = List.copyOf(spoken);
    }

    /** When its owner was last told; null where nobody was. */
    @Nullable
    Instant last() {
        return spoken.isEmpty() ? null : spoken.getLast();
    }

    /** Whether the time between two words is always the same. */
    boolean isSteady() {
        return every.compareTo(GROWS_FROM) < 0;
    }

    /** The next word, in the policy's own time after the last. */
    Instant steady() {
        Instant last = last();
        return last == null ? Instant.MIN : last.plus(every);
    }

    /** The next word where nothing is about to happen: after a pause twice as long as the last. */
    Instant easing() {
        return easing(Instant.MIN);
    }

    /** The same, with pauses that begin anew at an instant. */
    Instant easing(Instant from) {
        Instant last = last();
        if (last == null || isSteady()) {
            return steady();
        }
        Instant before = null;
        for (int i = spoken.size() - 1; i >= 0 && before == null; i--) {
            Instant word = spoken.get(i);
            if (!word.isBefore(from) && word.plus(ONE_WORD).isBefore(last)) {
                before = word;
            }
        }
        Duration pause = before == null ? every : times(2, Duration.between(before, last));
        Duration longest = times(LONGEST, every);
        return last.plus(pause.compareTo(every) < 0 ? every : pause.compareTo(longest) > 0 ? longest : pause);
    }

    /** The same as {@link Duration#multipliedBy}, which goes by decimal numbers: a forecast asks a million times. */
    private static Duration times(int factor, Duration duration) {
        return Duration.ofSeconds(factor * duration.getSeconds(), (long) factor * duration.getNano());
    }

    /**
     * The next word before something is taken from its owner: two pauses of the policy before that day, half of one before,
     * and a day before; without those that would follow too closely on the last.
     *
     * @param end the day that was told
     */
    Instant towards(Instant end) {
        Instant last = last();
        if (last == null || isSteady()) {
            return steady();
        }
        for (Duration left : List.of(every.multipliedBy(2), every.dividedBy(2), FINAL)) {
            Instant word = end.minus(left);
            if (!word.isBefore(last.plus(left.dividedBy(2)))) {
                return word;
            }
        }
        return after(end);
    }

    /** The next word where a day that was told has gone by and nothing happened. */
    Instant after(Instant end) {
        return end.plus(every);
    }
}
