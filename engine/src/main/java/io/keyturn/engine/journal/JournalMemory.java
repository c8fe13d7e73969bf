package io.keyturn.engine.journal;

import io.keyturn.core.model.Account;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Snapshot;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.Memory;
import io.keyturn.engine.port.StoreFailure;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;

/** The memory that the journal makes: each account's stream, read and verified when it is asked for. */
public final class JournalMemory implements Memory {
    private final KeptPasts pasts;
    /** Those that are looked at. */
    private final Map<AccountId, KeptPasts.Open> open = new ConcurrentHashMap<>();

    private final Set<AccountId> unsettled = new ConcurrentSkipListSet<>();
    private final Set<AccountId> unheard = new ConcurrentSkipListSet<>();

    private final Map<AccountId, Account> seen = new ConcurrentHashMap<>();
    private final Beginning beginning;
    private final Mender mender;

    /** Begins the journal of an account that was read. */
    public interface Beginning {
        void begin(Snapshot snapshot) throws StoreFailure;
    }

    /** Finds out what came of the acts that an earlier run began in an account and did not see end, where it can. */
    public interface Mender {
        void mend(Account account) throws StoreFailure;
    }

    /** @param enough channels at which a message that was merely handed over counts as placed */
    public JournalMemory(JournalStore store, Set<String> enough) {
        this(store, enough, snapshot -> {});
    }

    /** @param beginning what is done before an account's journal is read first */
    public JournalMemory(JournalStore store, Set<String> enough, Beginning beginning) {
        this(store, enough, beginning, account -> {});
    }

    /**
     * @param beginning what is done before an account's journal is read first
     * @param mender called where something is not known to have ended, so that this run can plan it anew
     */
    public JournalMemory(JournalStore store, Set<String> enough, Beginning beginning, Mender mender) {
        this(new KeptPasts(store, enough), beginning, mender);
    }

    /**
     * A memory that shares what was read with others of this process.
     *
     * @param beginning what is done before an account's journal is read first
     * @param mender called where something is not known to have ended, so that this run can plan it anew
     */
    public JournalMemory(KeptPasts pasts, Beginning beginning, Mender mender) {
        this.pasts = pasts;
        this.beginning = beginning;
        this.mender = mender;
    }

    @Override
    public void seen(Snapshot snapshot) throws StoreFailure {
        seen.put(snapshot.account().id(), snapshot.account());
        beginning.begin(snapshot);
    }

    @Override
    public AccountPast of(AccountId account) throws StoreFailure {
        AccountPast past = read(account);
        Account found = seen.remove(account);
        if (found != null && !past.unresolved().isEmpty()) {
            done(account);
            mender.mend(found);
            past = read(account);
        }
        if (!past.unresolved().isEmpty()
                || !past.undecided().isEmpty()
                || !past.doubtful().isEmpty()
                || !past.left().isEmpty()) {
            unsettled.add(account);
        }
        if (!past.unheard().isEmpty()) {
            unheard.add(account);
        }
        return past;
    }

    private AccountPast read(AccountId account) throws StoreFailure {
        KeptPasts.Open read = pasts.open(Streams.of(account));
        open.put(account, read);
        return read.past();
    }

    @Override
    public void done(AccountId account) {
        KeptPasts.Open read = open.remove(account);
        if (read != null) {
            read.close();
        }
    }

    /** Accounts asked for so far in which something was begun that is not known to have ended. */
    public Set<AccountId> unsettled() {
        return Set.copyOf(unsettled);
    }

    /** Accounts asked for so far in which some board did not take what it was told. */
    public Set<AccountId> unheard() {
        return Set.copyOf(unheard);
    }
}
