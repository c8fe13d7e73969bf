package io.keyturn.app.wiring;

import io.keyturn.adapters.store.SqliteKeyIds;
import io.keyturn.app.config.Settings;
import io.keyturn.core.model.Snapshot;
import io.keyturn.engine.journal.Ledger;
import io.keyturn.engine.journal.LedgerStore;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.KeyIdMemory;
import io.keyturn.engine.port.LiveAccounts;
import io.keyturn.engine.port.Notifier;
import io.keyturn.engine.port.Observations;
import io.keyturn.engine.port.SecretSinks;
import io.keyturn.engine.port.StoreFailure;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Where a run that acts keeps what it must remember, and who may stop it besides. */
public interface Keeping {
    /** The journal, to be closed after the run. */
    JournalStore journal() throws StoreFailure;

    /** The learnt key IDs, to be closed after the run. */
    KeyIds keyIds();

    /** The file of the catalog that the run fills; empty where it fills none. */
    default Optional<Path> catalog() {
        return Optional.empty();
    }

    /** Who tells people: the channels that are configured, where nothing else is said. */
    default Notifier notifier(Notifier configured) {
        return configured;
    }

    /** Where secrets go: the sinks that are configured, where nothing else is said. */
    default SecretSinks sinks(SecretSinks configured) {
        return configured;
    }

    /**
     * What runs saw of the uses of keys, to be closed after the run.
     *
     * @param journal that of the run, where several workers find it
     */
    default Uses uses(JournalStore journal) {
        return new Uses(Observations.NONE, () -> {});
    }

    /** Observations that may be held in a file. */
    record Uses(Observations memory, Runnable end) implements AutoCloseable {
        @Override
        public void close() {
            end.run();
        }
    }

    /** Why nothing may be done, or nothing more, beside what the journal says; empty where it may. */
    Optional<String> stopped();

    /** Told how accounts are reached, before the first of them is read. */
    default void reach(LiveAccounts accounts) {}

    /** Whether another automation on the same keys is looked for. */
    default boolean looksAround() {
        return true;
    }

    /** Told of an account as it was read, before its journal is. */
    default void begin(Snapshot snapshot) throws StoreFailure {}

    /** Takes away what is over, once it is certain that the run acts. */
    default void tidy() throws InterruptedException {}

    /** Learnt key IDs that may be held in a file. */
    record KeyIds(KeyIdMemory memory, Runnable end) implements AutoCloseable {
        @Override
        public void close() {
            end.run();
        }
    }

    /** Where the configuration says. */
    static Keeping configured(Settings settings, Map<String, String> environment) {
        return new Keeping() {
            @Override
            public JournalStore journal() throws StoreFailure {
                return Stores.open(settings, environment);
            }

            @Override
            public Optional<Path> catalog() {
                return Optional.of(settings.catalog());
            }

            @Override
            public KeyIds keyIds() {
                SqliteKeyIds file = SqliteKeyIds.in(settings.keyIds());
                return new KeyIds(file, file::close);
            }

            @Override
            public Uses uses(JournalStore journal) {
                return Seen.of(settings, Optional.of(journal));
            }

            @Override
            public Optional<String> stopped() {
                return Optional.empty();
            }
        };
    }

    /**
     * Where an earlier tool keeps its state, and in no file.
     *
     * @param ledger that state
     * @param stopped why nothing may be done
     * @param log told of every line of the journal, which ends with the run
     * @param reach told how accounts are reached
     */
    static Keeping ledger(
            Ledger ledger,
            Supplier<Optional<String>> stopped,
            Consumer<JournalStore.Line> log,
            Consumer<LiveAccounts> reach) {
        LedgerStore store = new LedgerStore(ledger, log);
        return new Keeping() {
            @Override
            public JournalStore journal() {
                return store;
            }

            @Override
            public void begin(Snapshot snapshot) throws StoreFailure {
                store.recall(snapshot);
            }

            @Override
            public void reach(LiveAccounts accounts) {
                reach.accept(accounts);
            }

            @Override
            public boolean looksAround() {
                return false;
            }

            @Override
            public void tidy() throws InterruptedException {
                ledger.tidy();
            }

            @Override
            public KeyIds keyIds() {
                return new KeyIds(KeyIdMemory.NONE, () -> {});
            }

            @Override
            public Optional<String> stopped() {
                return stopped.get();
            }
        };
    }
}
