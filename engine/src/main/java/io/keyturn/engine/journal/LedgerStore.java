package io.keyturn.engine.journal;

import io.keyturn.core.model.Problem;
import io.keyturn.core.model.Snapshot;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.StoreFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A journal for one run in the place of an earlier tool. It begins with what the tool's own state says of the past, and
 * every entry goes to that state before it counts. One worker is assumed: the tools knew no other.
 */
public final class LedgerStore implements JournalStore {
    private final MemoryJournalStore lines = new MemoryJournalStore();
    private final Ledger ledger;
    private final Consumer<Line> log;

    /** @param log told of every line that is written in this run, after it counts */
    public LedgerStore(Ledger ledger, Consumer<Line> log) {
        this.ledger = ledger;
        this.log = log;
    }

    /**
     * Begins the account's journal with what the ledger says of it.
     *
     * @throws StoreFailure where the ledger cannot be read
     */
    public void recall(Snapshot snapshot) throws StoreFailure {
        List<Entry> past = ledger.recall(snapshot);
        AccountJournal.open(lines, Streams.of(snapshot.account().id()), entry -> {})
                .record(past);
    }

    @Override
    public Head head(String stream) {
        return lines.head(stream);
    }

    @Override
    public synchronized void append(String stream, Head expected, @Nullable Register fence, List<Line> added)
            throws StoreFailure {
        // What will not be taken here must not stand in the ledger.
        lines.append(stream, expected, fence, List.of());
        ledger.take(entries(added));
        lines.append(stream, expected, fence, added);
        added.forEach(log);
    }

    private static List<Entry> entries(List<Line> lines) throws StoreFailure {
        List<Entry> entries = new ArrayList<>(lines.size());
        for (Line line : lines) {
            try {
                entries.add(EntryReader.read(line.text()).entry());
            } catch (EntryReader.Unreadable e) {
                String place = "line " + line.sequence() + " of " + line.stream();
                throw new StoreFailure(
                        StoreFailure.Kind.DAMAGED,
                        new Problem("take down", place, String.valueOf(e.getMessage()), "nothing was done"),
                        e);
            }
        }
        return entries;
    }

    @Override
    public List<Line> read(String stream, long after, int limit) {
        return lines.read(stream, after, limit);
    }

    @Override
    public void find(Query query, Consumer<Line> sink) {
        lines.find(query, sink);
    }

    @Override
    public List<String> streams() {
        return lines.streams();
    }

    @Override
    public Optional<Register> register(String name) {
        return lines.register(name);
    }

    @Override
    public Register write(String name, long version, String value) throws StoreFailure {
        return lines.write(name, version, value);
    }

    @Override
    public String place() {
        return "this run";
    }

    @Override
    public void close() {
        ledger.close();
        lines.close();
    }
}
