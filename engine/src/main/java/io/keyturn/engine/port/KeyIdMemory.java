package io.keyturn.engine.port;

import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.UserId;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * Remembers key IDs once learnt, by user ID and creation second. A cache: losing it costs calls, never correctness.
 * Implementations are safe for use by several threads, and never throw: what they cannot answer they do not know.
 */
public interface KeyIdMemory {
    /** A key as a report names it. */
    record Slot(UserId user, Instant created) {}

    /** Says that it will be asked soon, so that it can get ready while something else is waited for. */
    default void prepare() {}

    /** The IDs that are remembered of these. */
    Map<Slot, KeyId> recall(AccountId account, Set<Slot> slots);

    /** Remembers these IDs and forgets every other one of the same users. */
    void learn(AccountId account, Collection<UserId> users, Map<Slot, KeyId> ids);

    /** Remembers nothing. */
    KeyIdMemory NONE = new KeyIdMemory() {
        @Override
        public Map<Slot, KeyId> recall(AccountId account, Set<Slot> slots) {
            return Map.of();
        }

        @Override
        public void learn(AccountId account, Collection<UserId> users, Map<Slot, KeyId> ids) {}
    };
}
