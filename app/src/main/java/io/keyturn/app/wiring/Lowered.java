package io.keyturn.app.wiring;

import io.keyturn.app.config.Settings;
import io.keyturn.engine.journal.Lowerings;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.StoreFailure;
import java.util.Optional;

/** The settings of a run with the stages that people lowered: every door that plans begins with them. */
final class Lowered {
    private Lowered() {}

    /** As the journal says. */
    static Settings by(JournalStore store, Settings settings) throws StoreFailure {
        return settings.judgedBy(settings.rules().lowered(Lowerings.in(store)));
    }

    /** The same where there may be no journal yet. */
    static Settings by(Optional<JournalStore> store, Settings settings) throws StoreFailure {
        return store.isEmpty() ? settings : by(store.get(), settings);
    }
}
