package io.keyturn.engine.journal;

import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.UserId;
import io.keyturn.core.plan.OpenNotice;
import io.keyturn.core.plan.Verb;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an account's journal says of messages whose readers are to hear as well when the key needs nobody any more. */
final class OpenNotices {
    private final Map<KeyId, List<Entry.Notice>> open = new LinkedHashMap<>();
    private final Map<KeyId, Instant> closed = new HashMap<>();
    /** The keys of this account that each message is about. */
    private final Map<Posted, Set<KeyId>> about = new HashMap<>();
    /** How many keys each message is about, whatever accounts these are of. */
    private final Map<Posted, Integer> keys = new HashMap<>();

    /** A message as its channel knows it. */
    private record Posted(
            String channel, String recipient, @Nullable String reference) {
        static Posted of(Entry.Notice notice) {
            return new Posted(notice.channel(), notice.recipient(), notice.reference());
        }
    }

    void heard(Entry.Notice notice, KeyId key) {
        List<Entry.Notice> some = open.computeIfAbsent(key, any -> new ArrayList<>());
        boolean known = some.stream().anyMatch(other -> other.id().equals(notice.id()));
        switch (notice.placement()) {
            // Who did not get it waits for no end of it.
            case FAILED -> some.removeIf(other -> other.id().equals(notice.id()));
            case DOUBTFUL -> {}
            case HANDED_OVER, PLACED, SEEN -> {
                if (notice.closing() != null && !known) {
                    some.add(notice);
                    Posted posted = Posted.of(notice);
                    about.computeIfAbsent(posted, any -> new HashSet<>()).add(key);
                    // A reminder of fewer keys is in the thread of the first message, which is the one that is changed.
                    keys.merge(posted, notice.closing().keys(), Math::max);
                }
            }
        }
        if (some.isEmpty()) {
            open.remove(key);
        }
    }

    /** What was begun and not seen to end counts as said: that nobody need do anything is not worth saying twice. */
    void resolved(Entry.Outcome outcome, Entry.@Nullable Intent intent) {
        KeyId key = outcome.target().key();
        boolean lost =
                intent == null || !intent.stamp().run().equals(outcome.stamp().run());
        if (key != null
                && outcome.verb() == Verb.CLOSE_NOTICE
                && (outcome.result() == Entry.Result.DONE || (outcome.result() == Entry.Result.FAILED && lost))) {
            open.remove(key);
            closed.put(key, outcome.stamp().at());
        }
        if (key != null && !outcome.verb().speaks() && outcome.result() == Entry.Result.DONE) {
            happened(key);
        }
    }

    /** What was announced came. */
    private void happened(KeyId key) {
        open.computeIfPresent(key, (any, some) -> {
            List<Entry.Notice> left = new ArrayList<>(some);
            left.removeIf(OpenNotices::onlyIfWithdrawn);
            return left.isEmpty() ? null : left;
        });
    }

    /** Whether that was said before the last end of what was said of the key. */
    boolean isClosed(Entry.Notice notice) {
        KeyId key = notice.target().key();
        Instant end = key == null ? null : closed.get(key);
        return end != null && !notice.stamp().at().isAfter(end);
    }

    List<OpenNotice> all() {
        return open.values().stream()
                .map(some -> {
                    Entry.Notice last = some.getLast();
                    boolean onlyIfWithdrawn = some.stream().allMatch(OpenNotices::onlyIfWithdrawn);
                    return new OpenNotice(last.target(), last.step(), last.due(), onlyIfWithdrawn);
                })
                .toList();
    }

    private static boolean onlyIfWithdrawn(Entry.Notice notice) {
        return Objects.requireNonNull(notice.closing(), "only what has an end is open")
                .onlyIfWithdrawn();
    }

    /** Those of one key, oldest first. */
    List<Entry.Notice> of(KeyId key) {
        return List.copyOf(open.getOrDefault(key, List.of()));
    }

    /**
     * Whether a message is over as a whole: it was about no key of another account, and of its keys none but these awaits
     * anything. Another message can then truly stand in its place.
     */
    boolean isWhole(Entry.Notice notice, Set<KeyId> ending) {
        Posted posted = Posted.of(notice);
        Set<KeyId> own = about.getOrDefault(posted, Set.of());
        return own.size() == keys.getOrDefault(posted, 0)
                && own.stream()
                        .filter(key -> !ending.contains(key))
                        .flatMap(key -> of(key).stream())
                        .noneMatch(other -> Posted.of(other).equals(posted));
    }

    boolean concern(UserId user) {
        return open.values().stream()
                .anyMatch(some -> some.getLast().target().user().equals(user));
    }
}
