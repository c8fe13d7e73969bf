package io.keyturn.app.wiring;

import io.keyturn.app.config.Settings;
import io.keyturn.engine.journal.AccountJournal;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.JournalStore.Head;
import io.keyturn.engine.port.JournalStore.Line;
import io.keyturn.engine.port.JournalStore.Query;
import io.keyturn.engine.port.StoreFailure;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads the journal. */
public final class HistoryJob {
    private final Settings settings;
    private final Map<String, String> environment;

    public HistoryJob(Settings settings, Map<String, String> environment) {
        this.settings = settings;
        this.environment = Map.copyOf(environment);
    }

    /** Every line that fits, stream by stream; none where there is no journal yet. */
    public void find(Query query, Consumer<Line> sink) throws StoreFailure {
        Optional<JournalStore> there = Stores.openIfThere(settings, environment);
        if (there.isPresent()) {
            try (JournalStore store = there.get()) {
                store.find(query, sink);
            }
        }
    }

    /** Told of each stream that was verified. */
    public interface Verified {
        void stream(String name, Head head);
    }

    /**
     * Follows the chain of every stream from its first line to its head.
     *
     * @throws StoreFailure naming the first line that cannot be trusted
     */
    public void verify(Verified sink) throws StoreFailure {
        Optional<JournalStore> there = Stores.openIfThere(settings, environment);
        if (there.isPresent()) {
            try (JournalStore store = there.get()) {
                for (String stream : store.streams()) {
                    sink.stream(
                            stream,
                            AccountJournal.open(store, stream, entry -> {}).head());
                }
            }
        }
    }
}
