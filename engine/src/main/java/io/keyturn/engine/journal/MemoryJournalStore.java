package io.keyturn.engine.journal;

import io.keyturn.core.model.Problem;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.StoreFailure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A store that ends with its process: for simulation, and for what must leave nothing behind. */
public final class MemoryJournalStore implements JournalStore {
    private final Map<String, List<Line>> streams = new TreeMap<>();
    private final Map<String, Register> registers = new HashMap<>();

    /** What is in it now, which changes apart from now on. */
    public synchronized MemoryJournalStore copy() {
        MemoryJournalStore copy = new MemoryJournalStore();
        streams.forEach((stream, lines) -> copy.streams.put(stream, new ArrayList<>(lines)));
        copy.registers.putAll(registers);
        return copy;
    }

    @Override
    public synchronized Head head(String stream) {
        List<Line> lines = streams.getOrDefault(stream, List.of());
        return lines.isEmpty()
                ? Head.EMPTY
                : new Head(lines.getLast().sequence(), lines.getLast().hash());
    }

    @Override
    public synchronized void append(String stream, Head expected, @Nullable Register fence, List<Line> lines)
            throws StoreFailure {
        if (fence != null && register(fence.name()).map(Register::version).orElse(0L) != fence.version()) {
            throw failure(
                    StoreFailure.Kind.FENCED, "write the lines", stream, "the lease has passed to another worker");
        }
        if (!head(stream).equals(expected)) {
            throw failure(StoreFailure.Kind.CONFLICT, "write the lines", stream, "it has new lines");
        }
        if (!lines.isEmpty()) {
            streams.computeIfAbsent(stream, name -> new ArrayList<>()).addAll(lines);
        }
    }

    @Override
    public synchronized List<Line> read(String stream, long after, int limit) {
        List<Line> lines = streams.getOrDefault(stream, List.of());
        int from = (int) Math.min(after, lines.size());
        return List.copyOf(lines.subList(from, (int) Math.min((long) from + limit, lines.size())));
    }

    @Override
    public synchronized void find(Query query, Consumer<Line> sink) {
        streams.values().forEach(lines -> lines.stream().filter(query::matches).forEach(sink));
    }

    @Override
    public synchronized List<String> streams() {
        return List.copyOf(streams.keySet());
    }

    @Override
    public synchronized Optional<Register> register(String name) {
        return Optional.ofNullable(registers.get(name));
    }

    @Override
    public synchronized Register write(String name, long version, String value) throws StoreFailure {
        if (register(name).map(Register::version).orElse(0L) != version) {
            throw failure(StoreFailure.Kind.CONFLICT, "change the value", name, "somebody else changed it first");
        }
        Register next = new Register(name, version + 1, value);
        registers.put(name, next);
        return next;
    }

    private StoreFailure failure(StoreFailure.Kind kind, String tried, String on, String why) {
        return new StoreFailure(kind, new Problem(tried, on + " in " + place(), why, "look again and decide anew"));
    }

    @Override
    public String place() {
        return "memory";
    }

    @Override
    public void close() {
        // Whoever holds it may go on reading; it ends with the process.
    }
}
