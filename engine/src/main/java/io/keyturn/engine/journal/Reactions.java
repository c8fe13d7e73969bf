package io.keyturn.engine.journal;

import io.keyturn.core.forecast.Reaction;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Placement;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How long owners took after the first word about a key, by what an account's journal has of it: they said that the new key
 * is installed, or the word was taken back as nobody need do anything any more, without Keyturn having changed the key.
 */
public final class Reactions implements Consumer<Entry> {
    /** Whoever was told so long ago and did nothing since is taken to do nothing. */
    static final Duration SILENCE = Duration.ofDays(30);

    private final Map<KeyId, Said> said = new HashMap<>();
    private final Map<KeyId, KeyId> oldOf = new HashMap<>();
    private final Set<KeyId> succeeded = new HashSet<>();
    /** Keys that Keyturn switched off: what is said of them from then on asks for nothing. */
    private final Set<KeyId> ended = new HashSet<>();

    private final List<Reaction> reactions = new ArrayList<>();

    /** The first word about a key that nothing came of so far. */
    private record Said(UserId user, Instant at) {}

    @Override
    public void accept(Entry entry) {
        switch (entry) {
            case Entry.Notice notice -> {
                KeyId key = notice.target().key();
                if (key != null && notice.placement() != Placement.FAILED && !ended.contains(key)) {
                    said.putIfAbsent(
                            key, new Said(notice.target().user(), notice.stamp().at()));
                }
            }
            case Entry.Outcome outcome -> {
                KeyId key = outcome.target().key();
                if (key != null && outcome.result() == Entry.Result.DONE) {
                    done(key, outcome);
                }
            }
            case Entry.Decision decision -> {
                Target target = decision.target();
                KeyId key = target == null ? null : target.key();
                if (key != null && decision.kind() == Entry.Decision.Kind.INSTALLED) {
                    reacted(key, decision.stamp().at());
                }
            }
            case Entry.Intent intent -> {
                // What comes of it is another entry.
            }
        }
    }

    private void done(KeyId key, Entry.Outcome outcome) {
        switch (outcome.verb()) {
            case CLOSE_NOTICE, CLOSE_TICKET -> reacted(key, outcome.stamp().at());
            case CREATE_KEY -> {
                if (outcome.made() != null) {
                    oldOf.put(outcome.made(), key);
                }
            }
            case DELIVER_SECRET -> {
                KeyId old = oldOf.get(key);
                if (old != null) {
                    // There is something else to do now, and the next word says it.
                    said.remove(old);
                    succeeded.add(old);
                }
            }
            case DEACTIVATE, DELETE -> ended(key);
            case CLEAR_SECRET, REACTIVATE, BROWNOUT, REMIND, OPEN_TICKET, FREEZE, THAW -> {
                // The owner has as much to do as before.
            }
        }
    }

    /** A key with a successor ends when that is in use: then its owner did act, only nobody knows when. */
    private void ended(KeyId key) {
        Said word = said.remove(key);
        if (word != null && !succeeded.contains(key)) {
            reactions.add(new Reaction(word.user(), null));
        }
        ended.add(key);
    }

    private void reacted(KeyId key, Instant at) {
        Said word = said.remove(key);
        if (word != null && !at.isBefore(word.at())) {
            reactions.add(new Reaction(word.user(), Duration.between(word.at(), at)));
        }
    }

    /** All of them, with whoever was told long ago and is silent. */
    public List<Reaction> at(Instant now) {
        List<Reaction> all = new ArrayList<>(reactions);
        said.values().stream()
                .filter(word -> word.at().plus(SILENCE).isBefore(now))
                .forEach(word -> all.add(new Reaction(word.user(), null)));
        return all;
    }
}
