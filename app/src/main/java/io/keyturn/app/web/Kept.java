package io.keyturn.app.web;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Things kept under a word for a time. Of too many the oldest goes first, so that nobody fills the memory.
 *
 * @param <T> what is kept
 */
final class Kept<T> {
    private static final int MOST = 10_000;

    private final Duration time;
    private final InstantSource clock;
    private final Map<String, Entry<T>> entries = new LinkedHashMap<>();

    private record Entry<T>(T value, Instant until) {}

    Kept(Duration time, InstantSource clock) {
        this.time = time;
        this.clock = clock;
    }

    synchronized void keep(String word, T value) {
        entries.put(word, new Entry<>(value, clock.instant().plus(time)));
        if (entries.size() > MOST) {
            entries.remove(entries.keySet().iterator().next());
        }
    }

    /** What is kept under the word, while its time is not over. */
    synchronized Optional<T> find(String word) {
        return Optional.ofNullable(entries.get(word))
                .filter(entry -> clock.instant().isBefore(entry.until()))
                .map(Entry::value);
    }

    /** The same, and keeps it no longer: whoever comes second finds nothing. */
    synchronized Optional<T> take(String word) {
        Optional<T> found = find(word);
        entries.remove(word);
        return found;
    }

    synchronized void dropIf(Predicate<T> condition) {
        entries.values().removeIf(entry -> condition.test(entry.value()));
    }
}
