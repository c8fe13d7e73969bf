package io.keyturn.sandbox.world;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an account's users were in the last seconds, for reads that are told late. Guarded by its account. */
final class Versions {
    private final Duration keep;
    private final Map<String, Deque<Version>> byName = new HashMap<>();
    private Instant lastWrite = Instant.MIN;

    private record Version(Instant until, @Nullable SimUser was) {}

    Versions(Duration keep) {
        this.keep = keep;
    }

    /** The same, which changes apart from now on. */
    Versions copy() {
        Versions copy = new Versions(keep);
        byName.forEach((name, versions) -> copy.byName.put(name, new ArrayDeque<>(versions)));
        copy.lastWrite = lastWrite;
        return copy;
    }

    /** Notes what stood before a write; null for nothing. */
    void wrote(String name, @Nullable SimUser before, Instant now) {
        if (keep.isZero()) {
            return;
        }
        Deque<Version> versions = byName.computeIfAbsent(name, n -> new ArrayDeque<>(2));
        versions.addLast(new Version(now, before));
        while (versions.getFirst().until().isBefore(now.minus(keep))) {
            versions.removeFirst();
        }
        lastWrite = now;
    }

    /** Whether a read at that instant might be told something old. */
    boolean recent(Instant now) {
        if (!byName.isEmpty() && lastWrite.plus(keep).isBefore(now)) {
            byName.clear();
        }
        return !byName.isEmpty();
    }

    /** The users written of late. */
    Set<String> names() {
        return byName.keySet();
    }

    /** What stood at that instant. */
    @Nullable
    SimUser asOf(String name, Instant asOf, @Nullable SimUser current) {
        Deque<Version> versions = byName.get(name);
        if (versions != null) {
            for (Version version : versions) {
                if (version.until().isAfter(asOf)) {
                    return version.was();
                }
            }
        }
        return current;
    }
}
