package io.keyturn.app.wiring;

import io.keyturn.engine.journal.Entries;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.StoreFailure;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A journal that holds two accounts' changes where a test wants to meet them: that of one where AWS has made it and its
 * outcome is about to be written, that of the other where it is about to be begun.
 */
record HeldStore(JournalStore store, Hold hold) implements JournalStore {
    /** What both wait for. */
    static final class Hold {
        private final AtomicReference<String> first = new AtomicReference<>();
        private final CountDownLatch reached = new CountDownLatch(2);
        private final CountDownLatch released = new CountDownLatch(1);

        /** Waits until both are there. */
        void await() throws InterruptedException {
            reached.await();
        }

        void release() {
            released.countDown();
        }

        private void pass(String stream, Entry entry) {
            boolean begins = entry instanceof Entry.Intent;
            boolean ends = entry instanceof Entry.Outcome;
            boolean isFirst = begins && first.compareAndSet(null, stream) || stream.equals(first.get());
            if (ends && isFirst || begins && !isFirst) {
                reached.countDown();
                try {
                    released.await();
                } catch (InterruptedException e) {
                    throw new AssertionError("nobody interrupts what is in hand", e);
                }
            }
        }
    }

    @Override
    public Head head(String stream) throws StoreFailure {
        return store.head(stream);
    }

    @Override
    public void append(String stream, Head expected, @Nullable Register fence, List<Line> lines) throws StoreFailure {
        for (Line line : lines) {
            hold.pass(stream, Entries.of(line));
        }
        store.append(stream, expected, fence, lines);
    }

    @Override
    public List<Line> read(String stream, long after, int limit) throws StoreFailure {
        return store.read(stream, after, limit);
    }

    @Override
    public void find(Query query, Consumer<Line> sink) throws StoreFailure {
        store.find(query, sink);
    }

    @Override
    public List<String> streams() throws StoreFailure {
        return store.streams();
    }

    @Override
    public Optional<Register> register(String name) throws StoreFailure {
        return store.register(name);
    }

    @Override
    public Register write(String name, long version, String value) throws StoreFailure {
        return store.write(name, version, value);
    }

    @Override
    public String place() {
        return store.place();
    }

    @Override
    public void close() {
        store.close();
    }
}
