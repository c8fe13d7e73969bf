package io.keyturn.engine.journal;

import io.keyturn.core.model.Problem;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.JournalStore.Head;
import io.keyturn.engine.port.JournalStore.Line;
import io.keyturn.engine.port.JournalStore.Register;
import io.keyturn.engine.port.StoreFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One stream of the journal, read whole and verified before it is trusted. An intent is written only onto what its
 * author has seen: where anybody wrote meanwhile (a person's freeze, say), it is refused and the author looks again.
 * Outcomes and notices are facts and are written whatever else was.
 */
public final class AccountJournal {
    private static final int PAGE = 1_000;
    private static final int ATTEMPTS = 8;

    private final JournalStore store;
    private final String stream;
    private final Consumer<Entry> seen;
    private final ReentrantLock lock = new ReentrantLock();
    private Head head;

    private AccountJournal(JournalStore store, String stream, Head head, Consumer<Entry> seen) {
        this.store = store;
        this.stream = stream;
        this.head = head;
        this.seen = seen;
    }

    /**
     * Reads the stream.
     *
     * @param seen told of every entry in order: those that are there, and later the new ones, this process's own too
     * @throws StoreFailure {@code DAMAGED} at the first line that cannot be trusted
     */
    public static AccountJournal open(JournalStore store, String stream, Consumer<Entry> seen) throws StoreFailure {
        return resume(store, stream, Head.EMPTY, seen);
    }

    /**
     * Reads the stream on after a line that was read and verified before: what comes must follow that line.
     *
     * @param head that line
     * @param seen told of every entry after it, in order
     * @throws StoreFailure {@code DAMAGED} where the stream no longer has that line as its last but those that follow it
     */
    public static AccountJournal resume(JournalStore store, String stream, Head head, Consumer<Entry> seen)
            throws StoreFailure {
        AccountJournal journal = new AccountJournal(store, stream, head, seen);
        journal.refresh();
        return journal;
    }

    /** The last line that was read or written here. */
    public Head head() {
        lock.lock();
        try {
            return head;
        } finally {
            lock.unlock();
        }
    }

    /** Reads what others wrote since. */
    public void refresh() throws StoreFailure {
        lock.lock();
        try {
            Head begun = head;
            Head stored = store.head(stream);
            Chain chain = new Chain(stream, store.place(), head);
            while (chain.head().sequence() < stored.sequence()) {
                List<Line> lines = store.read(stream, chain.head().sequence(), PAGE);
                if (lines.isEmpty()) {
                    throw chain.cutShort(stored);
                }
                for (Line line : lines) {
                    Entry entry = chain.follow(line);
                    head = chain.head();
                    seen.accept(entry);
                }
            }
            // What was read once does not vanish: a head before it is as wrong as another one in its place. What others
            // wrote
            // while the lines were read may well come after the head.
            if (begun.sequence() > stored.sequence()
                    || (head.sequence() == stored.sequence() && !head.hash().equals(stored.hash()))) {
                throw chain.cutShort(stored);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Writes intents before they are carried out.
     *
     * @throws StoreFailure {@code CONFLICT} where there are entries that were not seen here: they are now, so judge
     *     again; {@code FENCED} where the lease has passed to another worker
     */
    public void intend(Lease lease, List<Entry.Intent> intents) throws StoreFailure {
        lock.lock();
        try {
            append(lease.register(), List.copyOf(intents));
        } catch (StoreFailure e) {
            if (e.kind() == StoreFailure.Kind.CONFLICT) {
                refresh();
            }
            throw e;
        } finally {
            lock.unlock();
        }
    }

    /** Writes outcomes, notices and decisions after whatever is there. */
    public void record(List<? extends Entry> entries) throws StoreFailure {
        lock.lock();
        try {
            for (int attempt = 1; ; attempt++) {
                try {
                    append(null, entries);
                    return;
                } catch (StoreFailure e) {
                    if (e.kind() != StoreFailure.Kind.CONFLICT || attempt == ATTEMPTS) {
                        throw e;
                    }
                    refresh();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void append(@Nullable Register fence, List<? extends Entry> entries) throws StoreFailure {
        List<Line> lines = new ArrayList<>(entries.size());
        Head last = head;
        for (Entry entry : entries) {
            if (!Streams.of(entry).equals(stream)) {
                throw new IllegalArgumentException("an entry of " + Streams.of(entry) + " in the journal of " + stream);
            }
            Line line = EntryWriter.line(stream, last, entry);
            lines.add(line);
            last = new Head(line.sequence(), line.hash());
        }
        if (lines.isEmpty()) {
            return;
        }
        try {
            store.append(stream, head, fence, lines);
        } catch (StoreFailure e) {
            if (e.kind() != StoreFailure.Kind.IN_DOUBT || !isIn(lines.getFirst(), e)) {
                throw e;
            }
        }
        head = last;
        entries.forEach(seen);
    }

    /** Whether lines whose writing was not answered are there: all or none are, so the first one tells. */
    private boolean isIn(Line first, StoreFailure doubt) throws StoreFailure {
        List<Line> after = store.read(stream, first.sequence() - 1, 1);
        if (after.isEmpty()) {
            throw new StoreFailure(
                    StoreFailure.Kind.UNAVAILABLE,
                    new Problem(
                            "write the lines",
                            "the journal of " + stream + " in " + store.place(),
                            doubt.problem().why() + "; the lines are not there, and nothing was done on their behalf",
                            doubt.problem().advice().isEmpty()
                                    ? "run again"
                                    : doubt.problem().advice()),
                    doubt);
        }
        if (after.getFirst().hash().equals(first.hash())) {
            return true;
        }
        throw new StoreFailure(StoreFailure.Kind.CONFLICT, doubt.problem(), doubt);
    }
}
