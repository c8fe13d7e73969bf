package io.keyturn.engine.port;

import io.keyturn.core.assess.Observed;
import io.keyturn.core.model.AccountId;
import io.keyturn.engine.port.KeyIdMemory.Slot;
import java.util.Map;
import java.util.Set;

/**
 * Remembers what runs saw of the uses of keys, by user ID and creation second. A cache beside the journal: losing it makes
 * steps later, never earlier. Implementations are safe for use by several threads, and never throw: what they cannot
 * answer was not seen.
 */
public interface Observations {
    /** All that is remembered of the keys of an account. */
    Map<Slot, Observed> recall(AccountId account);

    /** Remembers these, in the place of what was known of the same keys, and forgets those. */
    void learn(AccountId account, Map<Slot, Observed> changed, Set<Slot> gone);

    /** Remembers nothing. */
    Observations NONE = new Observations() {
        @Override
        public Map<Slot, Observed> recall(AccountId account) {
            return Map.of();
        }

        @Override
        public void learn(AccountId account, Map<Slot, Observed> changed, Set<Slot> gone) {}
    };
}
