package io.keyturn.app.wiring;

import io.keyturn.adapters.store.SqliteJournal;
import io.keyturn.app.config.Settings;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.StoreFailure;
import java.nio.file.Files;
import java.util.Optional;

/** Opens what the configuration names as the store. */
public final class Stores {
    private Stores() {}

    /** The journal, made where there is none yet. */
    public static JournalStore open(Settings settings) throws StoreFailure {
        return SqliteJournal.open(settings.store());
    }

    /** The journal where there is one: looking must not leave one behind. */
    public static Optional<JournalStore> openIfThere(Settings settings) throws StoreFailure {
        return Files.exists(settings.store()) ? Optional.of(open(settings)) : Optional.empty();
    }
}
