package io.keyturn.app.wiring;

import io.keyturn.core.model.Snapshot;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.journal.Ledger;
import io.keyturn.engine.port.StoreFailure;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A ledger that accounts are still read and shown without where it cannot be read; but then nothing is done in the run. */
final class HeededLedger implements Ledger {
    private final Ledger ledger;
    private volatile @Nullable StoreFailure failure;

    HeededLedger(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Why nothing may be done; empty where all that was asked for was read. */
    Optional<String> silent() {
        return Optional.ofNullable(failure).map(e -> e.problem().sentence());
    }

    @Override
    public List<Entry> recall(Snapshot snapshot) {
        try {
            return ledger.recall(snapshot);
        } catch (StoreFailure e) {
            failure = e;
            return List.of();
        }
    }

    @Override
    public void take(List<Entry> entries) throws StoreFailure {
        ledger.take(entries);
    }

    @Override
    public void close() {
        ledger.close();
    }
}
