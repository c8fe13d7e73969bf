package io.keyturn.app.wiring;

import io.keyturn.adapters.store.SqliteKeyIds;
import io.keyturn.app.config.Settings;
import io.keyturn.engine.journal.MemoryJournalStore;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.KeyIdMemory;
import io.keyturn.engine.port.StoreFailure;
import java.util.Optional;

/** Where a run that acts keeps what it must remember, and who may stop it besides. */
public interface Keeping {
    /** The journal, to be closed after the run. */
    JournalStore journal() throws StoreFailure;

    /** The learnt key IDs, to be closed after the run. */
    KeyIds keyIds();

    /** Why nothing may be done, beside what the journal says; empty where it may. */
    Optional<String> stopped();

    /** Learnt key IDs that may be held in a file. */
    record KeyIds(KeyIdMemory memory, Runnable end) implements AutoCloseable {
        @Override
        public void close() {
            end.run();
        }
    }

    /** In the files that the configuration names. */
    static Keeping files(Settings settings) {
        return new Keeping() {
            @Override
            public JournalStore journal() throws StoreFailure {
                return Stores.open(settings);
            }

            @Override
            public KeyIds keyIds() {
                SqliteKeyIds file = SqliteKeyIds.in(settings.keyIds());
                return new KeyIds(file, file::close);
            }

            @Override
            public Optional<String> stopped() {
                return Optional.empty();
            }
        };
    }

    /**
     * Nowhere: what a run remembers ends with it.
     *
     * @param stopped why nothing may be done
     */
    static Keeping nothing(Optional<String> stopped) {
        return new Keeping() {
            @Override
            public JournalStore journal() {
                return new MemoryJournalStore();
            }

            @Override
            public KeyIds keyIds() {
                return new KeyIds(KeyIdMemory.NONE, () -> {});
            }

            @Override
            public Optional<String> stopped() {
                return stopped;
            }
        };
    }
}
