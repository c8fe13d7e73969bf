package io.keyturn.engine.journal;

import io.keyturn.core.model.Problem;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.StoreFailure;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A store in memory that can be told to fail in every way there is, or to show changed lines. */
public final class FailingStore implements JournalStore {
    /** May let a call fail, or let something happen right before it. */
    public interface Before {
        void call(String name) throws StoreFailure;
    }

    final MemoryJournalStore inner = new MemoryJournalStore();
    public volatile Before appends = stream -> {};
    public volatile Before reads = stream -> {};
    public volatile Before writes = register -> {};
    public volatile Before registers = register -> {};
    UnaryOperator<Line> shown = UnaryOperator.identity();
    UnaryOperator<Head> head = UnaryOperator.identity();
    boolean failBefore;
    boolean failAfter;

    /** A failure of that kind. */
    public static StoreFailure failure(StoreFailure.Kind kind) {
        return new StoreFailure(kind, new Problem("reach", "the store", "it was so ordained: " + kind, ""));
    }

    /** Fails so each time. */
    public static Before failing(StoreFailure.Kind kind) {
        return name -> {
            throw failure(kind);
        };
    }

    /** Fails so that many times, and does nothing from then on. */
    public static Before failing(StoreFailure.Kind kind, int times) {
        AtomicInteger left = new AtomicInteger(times);
        return name -> {
            if (left.getAndDecrement() > 0) {
                throw failure(kind);
            }
        };
    }

    @Override
    public Head head(String stream) {
        return head.apply(inner.head(stream));
    }

    @Override
    public void append(String stream, Head expected, @Nullable Register fence, List<Line> lines) throws StoreFailure {
        appends.call(stream);
        if (!failBefore) {
            inner.append(stream, expected, fence, lines);
        }
        if (failBefore || failAfter) {
            failBefore = false;
            failAfter = false;
            throw new StoreFailure(
                    StoreFailure.Kind.IN_DOUBT, new Problem("write to", stream, "the line went dead", ""));
        }
    }

    @Override
    public List<Line> read(String stream, long after, int limit) throws StoreFailure {
        reads.call(stream);
        return inner.read(stream, after, limit).stream().map(shown).toList();
    }

    @Override
    public void find(Query query, Consumer<Line> sink) {
        inner.find(query, sink);
    }

    @Override
    public List<String> streams() {
        return inner.streams();
    }

    @Override
    public Optional<Register> register(String name) throws StoreFailure {
        registers.call(name);
        return inner.register(name);
    }

    @Override
    public Register write(String name, long version, String value) throws StoreFailure {
        writes.call(name);
        return inner.write(name, version, value);
    }

    @Override
    public String place() {
        return "memory";
    }

    @Override
    public void close() {
        inner.close();
    }
}
