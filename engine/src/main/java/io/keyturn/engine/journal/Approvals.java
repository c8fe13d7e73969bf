package io.keyturn.engine.journal;

import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.UserId;
import io.keyturn.core.plan.Approved;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.StoreFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What people approved: steps of keys in one account, or whole plans. */
public final class Approvals {
    private final Map<Object, List<Entry.Decision>> byTarget = new HashMap<>();

    Approvals() {}

    void approve(Entry.Decision decision) {
        Target target = decision.target();
        if (target != null) {
            byTarget.computeIfAbsent(target.key() == null ? target.user() : target.key(), any -> new ArrayList<>())
                    .add(decision);
        }
    }

    /** The key was changed: what was approved has happened, and the next time is another. */
    void used(KeyId key) {
        byTarget.remove(key);
    }

    /** Who approved that step of the key, or of all keys of its user, and is still heard. */
    List<Approved> of(@Nullable KeyId key, @Nullable UserId user, Step step, Instant now) {
        List<Approved> approved = new ArrayList<>();
        for (Object target : new Object[] {key, user}) {
            if (target != null) {
                byTarget.getOrDefault(target, List.of()).stream()
                        .filter(decision -> step.label().equals(decision.value()) && holds(decision, now))
                        .map(decision ->
                                new Approved(decision.by(), decision.stamp().at()))
                        .forEach(approved::add);
            }
        }
        return approved;
    }

    private static boolean holds(Entry.Decision decision, Instant now) {
        return decision.until() == null || now.isBefore(decision.until());
    }

    /** Who approved the plan of that hash and is still heard. */
    public static List<Approved> ofPlan(JournalStore store, String hash, Instant now) throws StoreFailure {
        return PlanVerdict.of(store, hash, null, now).approved();
    }
}
