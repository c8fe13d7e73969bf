package io.keyturn.engine.journal;

import io.keyturn.core.model.Problem;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.StoreFailure;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A store in memory that can be told to fail the next append before or after its effect, or to show changed lines. */
final class FailingStore implements JournalStore {
    final MemoryJournalStore inner = new MemoryJournalStore();
    UnaryOperator<Line> shown = UnaryOperator.identity();
    UnaryOperator<Head> head = UnaryOperator.identity();
    boolean failBefore;
    boolean failAfter;

    @Override
    public Head head(String stream) {
        return head.apply(inner.head(stream));
    }

    @Override
    public void append(String stream, Head expected, @Nullable Register fence, List<Line> lines) throws StoreFailure {
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
    public List<Line> read(String stream, long after, int limit) {
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
    public Optional<Register> register(String name) {
        return inner.register(name);
    }

    @Override
    public Register write(String name, long version, String value) throws StoreFailure {
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
