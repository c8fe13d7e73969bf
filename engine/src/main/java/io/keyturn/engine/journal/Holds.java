package io.keyturn.engine.journal;

import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.UserId;
import io.keyturn.core.plan.Hold;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What people decided to hold back in one account: the last word of each kind about each key, user and the account. A
 * snooze does not end a freeze, so that a key frozen for good is still frozen when its snooze is over.
 */
final class Holds {
    private final Map<Object, Map<Entry.Decision.Kind, Hold>> byScope = new HashMap<>();

    /** Stands for the account itself. */
    private static final Object ACCOUNT = new Object();

    void freeze(Entry.Decision decision) {
        put(decision, "frozen by ", false);
    }

    void snooze(Entry.Decision decision) {
        put(decision, "snoozed by ", true);
    }

    /** Ends what holds exactly there: the thaw of a key leaves its user frozen. */
    void thaw(Entry.Decision decision) {
        Object scope = scope(decision.scope());
        if (scope != null) {
            byScope.remove(scope);
        }
    }

    private void put(Entry.Decision decision, String verb, boolean quiet) {
        Object scope = scope(decision.scope());
        if (scope != null) {
            Hold hold = new Hold(quiet, verb + decision.by() + ": " + decision.why(), decision.until());
            byScope.computeIfAbsent(scope, any -> new LinkedHashMap<>()).put(decision.kind(), hold);
        }
    }

    /** Null for what belongs to the journal of the whole organization. */
    private static @Nullable Object scope(Scope scope) {
        return switch (scope) {
            case Scope.OfTarget(Target target) -> target.key() == null ? target.user() : target.key();
            case Scope.OfAccount account -> ACCOUNT;
            case Scope.All all -> null;
            case Scope.OfUnit unit -> null;
            case Scope.OfPlan plan -> null;
        };
    }

    /** All about the key, its user and the account, ended ones too. */
    List<Hold> of(@Nullable KeyId key, @Nullable UserId user) {
        List<Hold> holds = new ArrayList<>();
        for (Object scope : new Object[] {key, user, ACCOUNT}) {
            if (scope != null) {
                holds.addAll(byScope.getOrDefault(scope, Map.of()).values());
            }
        }
        return holds;
    }
}
