package io.keyturn.app.wiring;

import io.keyturn.adapters.store.SqliteObservations;
import io.keyturn.app.config.Settings;
import io.keyturn.app.config.StorePlace;
import io.keyturn.engine.journal.SharedObservations;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.Observations;
import java.nio.file.Files;
import java.util.Optional;

/** What runs saw of the uses of keys: in the table that workers share, else in a file beside the store. */
final class Seen {
    private Seen() {}

    /** Nothing where there is neither a journal nor the file: looking must not leave one behind. */
    static Keeping.Uses of(Settings settings, Optional<JournalStore> journal) {
        if (settings.store() instanceof StorePlace.Table && journal.isPresent()) {
            // Whoever has no disk would begin to watch anew each time, and never have watched long enough.
            return new Keeping.Uses(new SharedObservations(journal.get()), () -> {});
        }
        if (journal.isEmpty() && !Files.exists(settings.observations())) {
            return new Keeping.Uses(Observations.NONE, () -> {});
        }
        SqliteObservations file = SqliteObservations.in(settings.observations());
        return new Keeping.Uses(file, file::close);
    }
}
