package io.keyturn.engine.apply;

import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.JournalStore.Register;
import io.keyturn.engine.port.StoreFailure;

/** Moves whenever a person lowers a stage, so that a worker sees at its next step that it judges by older ones. */
public final class StageMark {
    private static final String NAME = "stages";

    private final JournalStore store;

    public StageMark(JournalStore store) {
        this.store = store;
    }

    /** Where it stands: read it before what was lowered is read. */
    public long now() throws StoreFailure {
        return store.register(NAME).map(Register::version).orElse(0L);
    }

    /** Moves it; {@code why} names the decision. */
    public void move(String why) throws StoreFailure {
        while (true) {
            try {
                store.write(NAME, now(), why);
                return;
            } catch (StoreFailure e) {
                // Somebody else moved it at the same instant, perhaps before this decision was written.
                if (e.kind() != StoreFailure.Kind.CONFLICT) {
                    throw e;
                }
            }
        }
    }
}
