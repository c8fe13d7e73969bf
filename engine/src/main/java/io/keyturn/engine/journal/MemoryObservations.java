package io.keyturn.engine.journal;

import io.keyturn.core.assess.Observed;
import io.keyturn.core.model.AccountId;
import io.keyturn.engine.port.KeyIdMemory.Slot;
import io.keyturn.engine.port.Observations;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Observations that end with the process: for simulations. */
public final class MemoryObservations implements Observations {
    private final Map<AccountId, Map<Slot, Observed>> byAccount = new HashMap<>();

    @Override
    public synchronized Map<Slot, Observed> recall(AccountId account) {
        return Map.copyOf(byAccount.getOrDefault(account, Map.of()));
    }

    @Override
    public synchronized void learn(AccountId account, Map<Slot, Observed> changed, Set<Slot> gone) {
        Map<Slot, Observed> known = byAccount.computeIfAbsent(account, any -> new HashMap<>());
        known.keySet().removeAll(gone);
        known.putAll(changed);
    }
}
