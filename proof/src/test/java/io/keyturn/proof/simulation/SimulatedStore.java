package io.keyturn.proof.simulation;

import io.keyturn.core.model.Problem;
import io.keyturn.engine.journal.MemoryJournalStore;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.StoreFailure;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The store that passes the same contract as the real ones, whose every call is a point at which things go wrong. */
final class SimulatedStore implements JournalStore {
    final MemoryJournalStore inner;
    private final Points points;

    SimulatedStore(MemoryJournalStore inner, Points points) {
        this.inner = inner;
        this.points = points;
    }

    private interface Call<T> {
        T make() throws StoreFailure;
    }

    private <T> T call(Blow.Place place, Call<T> call) throws StoreFailure {
        Blow blow = points.meet(place);
        if (!Points.takesEffect(blow)) {
            throw failure(blow == Blow.DENIED ? StoreFailure.Kind.UNAVAILABLE : doubt(place));
        }
        T answer = call.make();
        points.after(blow);
        if (!Points.isWell(blow)) {
            throw failure(doubt(place));
        }
        return answer;
    }

    private static StoreFailure.Kind doubt(Blow.Place place) {
        return place == Blow.Place.STORE_WRITE ? StoreFailure.Kind.IN_DOUBT : StoreFailure.Kind.UNAVAILABLE;
    }

    private static StoreFailure failure(StoreFailure.Kind kind) {
        return new StoreFailure(kind, new Problem("use the store", "memory", "it was so ordained", ""));
    }

    @Override
    public Head head(String stream) throws StoreFailure {
        return call(Blow.Place.STORE_READ, () -> inner.head(stream));
    }

    @Override
    public void append(String stream, Head expected, @Nullable Register fence, List<Line> lines) throws StoreFailure {
        call(Blow.Place.STORE_WRITE, () -> {
            inner.append(stream, expected, fence, lines);
            return true;
        });
    }

    @Override
    public List<Line> read(String stream, long after, int limit) throws StoreFailure {
        return call(Blow.Place.STORE_READ, () -> inner.read(stream, after, limit));
    }

    @Override
    public void find(Query query, Consumer<Line> sink) throws StoreFailure {
        call(Blow.Place.STORE_READ, () -> {
            inner.find(query, sink);
            return true;
        });
    }

    @Override
    public List<String> streams() throws StoreFailure {
        return call(Blow.Place.STORE_READ, inner::streams);
    }

    @Override
    public Optional<Register> register(String name) throws StoreFailure {
        return call(Blow.Place.STORE_READ, () -> inner.register(name));
    }

    @Override
    public Register write(String name, long version, String value) throws StoreFailure {
        return call(Blow.Place.STORE_WRITE, () -> inner.write(name, version, value));
    }

    @Override
    public String place() {
        return "memory";
    }

    @Override
    public void close() {
        // It outlives the process.
    }
}
