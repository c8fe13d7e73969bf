package io.keyturn.app.wiring;

import io.keyturn.core.model.AccountId;
import io.keyturn.core.plan.History;
import io.keyturn.engine.journal.AccountPast;
import io.keyturn.engine.journal.JournalMemory;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.Memory;
import io.keyturn.engine.port.StoreFailure;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The past of each account while it is looked at, and whether any of them knows of an undo. */
final class Pasts implements Memory {
    private final @Nullable JournalMemory journal;
    private final Map<AccountId, History> held = new ConcurrentHashMap<>();
    private volatile boolean undone;

    /** @param enough channels at which a message that was merely handed over counts as placed */
    Pasts(Optional<JournalStore> store, Set<String> enough) {
        this.journal = store.map(found -> new JournalMemory(found, enough)).orElse(null);
    }

    @Override
    public History of(AccountId account) throws StoreFailure {
        if (journal == null) {
            return History.NONE;
        }
        AccountPast past = journal.of(account);
        undone |= past.wasUndone();
        held.put(account, past);
        return past;
    }

    /** The past of an account that was surveyed; it is let go. */
    History taken(AccountId account) {
        History past = held.remove(account);
        return past == null ? History.NONE : past;
    }

    /** Whether an act was ever undone in one of the accounts. */
    boolean undone() {
        return undone;
    }
}
