package io.keyturn.engine.journal;

import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.JournalStore.Head;
import io.keyturn.engine.port.StoreFailure;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The pasts of accounts as far as this process has read and verified them, so that a journal is read on from where it was
 * and not from its beginning. What is read on must follow, by the chain, the last line that was read: a store that was
 * changed or cut short meanwhile is refused as ever. A past is in one hand at a time; whoever comes meanwhile reads the
 * journal from its beginning. Safe for use by several threads.
 */
public final class KeptPasts {
    /** So many entries are kept by default, which is some megabytes. */
    private static final long ENTRIES = 10_000;

    private final JournalStore store;
    private final Set<String> enough;
    private final long entries;
    /** By stream, the last one given back last. */
    private final Map<String, Kept> kept = new LinkedHashMap<>();

    private long held;

    private record Kept(Head head, AccountPast past) {}

    /** @param enough channels at which a message that was merely handed over counts as placed */
    public KeptPasts(JournalStore store, Set<String> enough) {
        this(store, enough, ENTRIES);
    }

    /** @param entries how many entries the journals may have in all whose pasts are kept */
    KeptPasts(JournalStore store, Set<String> enough, long entries) {
        this.store = store;
        this.enough = Set.copyOf(enough);
        this.entries = entries;
    }

    /** A journal and what it comes to, in one hand until it is closed. */
    public final class Open implements AutoCloseable {
        private final String stream;
        private final AccountPast past;
        private final AccountJournal journal;

        private Open(String stream, Head head, AccountPast past) throws StoreFailure {
            this.stream = stream;
            this.past = past;
            this.journal = AccountJournal.resume(store, stream, head, past);
        }

        /** The journal, to write to. */
        public AccountJournal journal() {
            return journal;
        }

        /** What it comes to, with whatever is written to it from here. */
        public AccountPast past() {
            return past;
        }

        /** Gives both back; they are not used any more. */
        @Override
        public void close() {
            keep(stream, new Kept(journal.head(), past));
        }
    }

    /**
     * Reads what is new in an account's journal.
     *
     * @throws StoreFailure {@code DAMAGED} at the first line that cannot be trusted
     */
    public Open open(String stream) throws StoreFailure {
        Kept known = take(stream);
        return known == null
                ? new Open(stream, Head.EMPTY, new AccountPast(enough))
                : new Open(stream, known.head(), known.past());
    }

    private synchronized @Nullable Kept take(String stream) {
        Kept taken = kept.remove(stream);
        held -= taken == null ? 0 : taken.head().sequence();
        return taken;
    }

    private synchronized void keep(String stream, Kept read) {
        take(stream);
        kept.put(stream, read);
        held += read.head().sequence();
        for (Iterator<Kept> eldest = kept.values().iterator(); held > entries; eldest.remove()) {
            held -= eldest.next().head().sequence();
        }
    }
}
