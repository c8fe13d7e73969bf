package io.keyturn.engine.journal;

import io.keyturn.core.assess.Compromise;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.UserId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keys of one account that people declared compromised, and did not withdraw. The first to say so is remembered. */
final class Compromises {
    private record One(UserId user, Compromise said) {}

    private final Map<KeyId, One> byKey = new HashMap<>();

    void declared(Entry.Decision decision) {
        Target target = decision.target();
        if (target != null && target.key() != null) {
            Compromise said = new Compromise(
                    decision.id(),
                    decision.by(),
                    decision.why(),
                    decision.stamp().at());
            byKey.putIfAbsent(target.key(), new One(target.user(), said));
        }
    }

    /** The decision names what it withdraws, so that nobody undoes a compromise unawares. */
    void withdrawn(Entry.Decision decision) {
        Target target = decision.target();
        One one = target == null || target.key() == null ? null : byKey.get(target.key());
        if (target != null && one != null && one.said().id().equals(decision.value())) {
            byKey.remove(target.key());
        }
    }

    @Nullable
    Compromise of(KeyId key) {
        One one = byKey.get(key);
        return one == null ? null : one.said();
    }

    boolean concern(UserId user) {
        return byKey.values().stream().anyMatch(one -> one.user().equals(user));
    }
}
