package io.keyturn.engine.journal;

import io.keyturn.core.assess.Brownout;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.UserId;
import io.keyturn.core.plan.Verb;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The short deactivations of one account's keys. */
final class Brownouts {
    private final Map<KeyId, List<Brownout>> byKey = new HashMap<>();
    private final Set<UserId> users = new HashSet<>();

    /**
     * Takes in what came of an act.
     *
     * @param intent of the act; null where it is not known
     * @return whether it belongs to one: it began it, or was planned to end it
     */
    boolean resolved(Entry.Outcome outcome, Entry.@Nullable Intent intent) {
        KeyId key = outcome.target().key();
        if (key == null || intent == null) {
            return false;
        }
        boolean done = outcome.result() == Entry.Result.DONE;
        boolean ending = outcome.verb() == Verb.REACTIVATE && intent.plan() != null;
        if (outcome.verb() == Verb.BROWNOUT) {
            // A call that got no answer can take effect late, and a key must not stay off for that: it is ended all the
            // same.
            boolean lost = outcome.result() == Entry.Result.FAILED
                    && !intent.stamp().run().equals(outcome.stamp().run());
            if (done || lost) {
                begun(intent, key, done);
            }
            return true;
        }
        if (done && ending) {
            byKey.computeIfPresent(key, (any, all) -> ended(all, outcome.stamp().at()));
        } else if (done && !outcome.verb().speaks()) {
            // A person took it back, or the key went for good.
            byKey.remove(key);
        }
        return ending;
    }

    private void begun(Entry.Intent intent, KeyId key, boolean seen) {
        Duration lasting = intent.lasting();
        users.add(intent.target().user());
        byKey.computeIfAbsent(key, any -> new ArrayList<>())
                .add(new Brownout(intent.stamp().at(), lasting == null ? Duration.ZERO : lasting, null, seen));
    }

    private static List<Brownout> ended(List<Brownout> all, Instant at) {
        List<Brownout> ended = new ArrayList<>(all);
        ended.replaceAll(one -> one.ended() == null ? one.endedAt(at) : one);
        return ended;
    }

    List<Brownout> of(@Nullable KeyId key) {
        return List.copyOf(byKey.getOrDefault(key, List.of()));
    }

    /** Whether a key of the user was ever taken away for a while. */
    boolean concern(UserId user) {
        return users.contains(user);
    }
}
