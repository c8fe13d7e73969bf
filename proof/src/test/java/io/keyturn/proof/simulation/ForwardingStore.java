package io.keyturn.proof.simulation;

import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.StoreFailure;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A store that hands everything on. */
class ForwardingStore implements JournalStore {
    private final JournalStore to;

    ForwardingStore(JournalStore to) {
        this.to = to;
    }

    @Override
    public Head head(String stream) throws StoreFailure {
        return to.head(stream);
    }

    @Override
    public void append(String stream, Head expected, @Nullable Register fence, List<Line> lines) throws StoreFailure {
        to.append(stream, expected, fence, lines);
    }

    @Override
    public List<Line> read(String stream, long after, int limit) throws StoreFailure {
        return to.read(stream, after, limit);
    }

    @Override
    public void find(Query query, Consumer<Line> sink) throws StoreFailure {
        to.find(query, sink);
    }

    @Override
    public List<String> streams() throws StoreFailure {
        return to.streams();
    }

    @Override
    public Optional<Register> register(String name) throws StoreFailure {
        return to.register(name);
    }

    @Override
    public Register write(String name, long version, String value) throws StoreFailure {
        return to.write(name, version, value);
    }

    @Override
    public String place() {
        return to.place();
    }

    @Override
    public void close() {
        to.close();
    }
}
