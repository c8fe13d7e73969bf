package io.keyturn.app.wiring;

import io.keyturn.core.model.Snapshot;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.LiveAccounts;
import io.keyturn.engine.port.Notifier;
import io.keyturn.engine.port.SecretSinks;
import io.keyturn.engine.port.StoreFailure;
import java.nio.file.Path;
import java.util.Optional;

/** Keeps as another does in everything; a test holds that nothing is left out, for whoever extends it changes but a part. */
class SameKeeping implements Keeping {
    private final Keeping other;

    SameKeeping(Keeping other) {
        this.other = other;
    }

    @Override
    public JournalStore journal() throws StoreFailure {
        return other.journal();
    }

    @Override
    public KeyIds keyIds() {
        return other.keyIds();
    }

    @Override
    public Optional<Path> catalog() {
        return other.catalog();
    }

    @Override
    public Notifier notifier(Notifier configured) {
        return other.notifier(configured);
    }

    @Override
    public SecretSinks sinks(SecretSinks configured) {
        return other.sinks(configured);
    }

    @Override
    public Uses uses(JournalStore journal) {
        return other.uses(journal);
    }

    @Override
    public Optional<String> stopped() {
        return other.stopped();
    }

    @Override
    public void reach(LiveAccounts accounts) {
        other.reach(accounts);
    }

    @Override
    public boolean looksAround() {
        return other.looksAround();
    }

    @Override
    public void begin(Snapshot snapshot) throws StoreFailure {
        other.begin(snapshot);
    }

    @Override
    public void tidy() throws InterruptedException {
        other.tidy();
    }
}
