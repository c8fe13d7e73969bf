package io.keyturn.app.wiring;

import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Problem;
import io.keyturn.core.model.Snapshot;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.journal.Ledger;
import io.keyturn.engine.port.StoreFailure;
import java.util.List;
import java.util.function.BiConsumer;

/** A ledger that is only read, and told on. */
final class HeardLedger implements Ledger {
    private final Ledger ledger;
    private final BiConsumer<AccountId, List<Entry>> heard;

    HeardLedger(Ledger ledger, BiConsumer<AccountId, List<Entry>> heard) {
        this.ledger = ledger;
        this.heard = heard;
    }

    @Override
    public List<Entry> recall(Snapshot snapshot) throws StoreFailure {
        List<Entry> past = ledger.recall(snapshot);
        heard.accept(snapshot.account().id(), past);
        return past;
    }

    @Override
    public void take(List<Entry> entries) throws StoreFailure {
        if (!entries.isEmpty()) {
            throw new StoreFailure(
                    StoreFailure.Kind.REFUSED,
                    new Problem("write down a step", "the tool's own state", "a comparison writes nothing", ""));
        }
    }

    @Override
    public void close() {
        ledger.close();
    }
}
