package io.keyturn.engine.journal;

import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Snapshot;
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

    private final Beginning beginning;

    /** Begins the journal of an account that was read. */
    public interface Beginning {
        void begin(Snapshot snapshot) throws StoreFailure;
    }

    /** @param enough channels at which a message that was merely handed over counts as placed */
    public JournalMemory(JournalStore store, Set<String> enough) {
        this(store, enough, snapshot -> {});
    }

    /** @param beginning what is done before an account's journal is read first */
    public JournalMemory(JournalStore store, Set<String> enough, Beginning beginning) {
        this.store = store;
        this.beginning = beginning;
        this.enough = Set.copyOf(enough);
    }

    @Override
    public void seen(Snapshot snapshot) throws StoreFailure {
        beginning.begin(snapshot);
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
