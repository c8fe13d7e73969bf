package io.keyturn.engine.journal;

import io.keyturn.core.model.AccountId;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.Memory;
import io.keyturn.engine.port.StoreFailure;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** The memory that the journal makes: each account's stream, read and verified when it is asked for. */
public final class JournalMemory implements Memory {
    private final JournalStore store;
    private final Set<String> enough;
    private final Set<AccountId> unsettled = new ConcurrentSkipListSet<>();

    /** @param enough channels at which a message that was merely handed over counts as placed */
    public JournalMemory(JournalStore store, Set<String> enough) {
        this.store = store;
        this.enough = Set.copyOf(enough);
    }

    @Override
    public AccountPast of(AccountId account) throws StoreFailure {
        AccountPast past = new AccountPast(enough);
        AccountJournal.open(store, Streams.of(account), past);
        if (!past.unresolved().isEmpty()
                || !past.undecided().isEmpty()
                || !past.doubtful().isEmpty()
                || !past.left().isEmpty()) {
            unsettled.add(account);
        }
        return past;
    }

    /** Accounts asked for so far in which something was begun that is not known to have ended. */
    public Set<AccountId> unsettled() {
        return Set.copyOf(unsettled);
    }
}
