package io.keyturn.engine.journal;

import io.keyturn.core.model.Snapshot;
import io.keyturn.engine.port.StoreFailure;
import java.util.List;

/**
 * Where an earlier tool keeps its state, in its own form: a table, tags of users. A run in its place goes by that state and
 * keeps it up, and has no store of its own. It can hold less than a journal does; each implementation says what.
 */
public interface Ledger {
    /**
     * What it says of an account's past. Nothing is changed by asking.
     *
     * @param snapshot the account as it was read in this run
     * @return what would stand in a journal, oldest first
     * @throws StoreFailure where it cannot be read or trusted: then nothing may be planned on its absence
     */
    List<Entry> recall(Snapshot snapshot) throws StoreFailure;

    /**
     * Takes entries down before they count: an intent before it is carried out, the others after what they tell of. What
     * this returns from is durable as far as the ledger can hold it.
     *
     * @throws StoreFailure where it cannot; then what was intended is not done
     */
    void take(List<Entry> entries) throws StoreFailure;

    /** Ends what was opened for it. */
    default void close() {}

    /**
     * Takes away what it held of things that are over, as the last {@link #recall} found them: called once before a run
     * acts, and in no run that only looks.
     */
    default void tidy() throws InterruptedException {}

    /** It holds nothing: what a run knows ends with it. */
    Ledger NONE = new Ledger() {
        @Override
        public List<Entry> recall(Snapshot snapshot) {
            return List.of();
        }

        @Override
        public void take(List<Entry> entries) {
            // Nowhere to take it down.
        }
    };
}
