package io.keyturn.app.wiring;

import io.keyturn.adapters.aws.journal.DynamoJournal;
import io.keyturn.adapters.aws.journal.DynamoSettings;
import io.keyturn.adapters.store.SqliteJournal;
import io.keyturn.app.config.Settings;
import io.keyturn.app.config.StorePlace;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.StoreFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Opens what the configuration names as the store. */
public final class Stores {
    private Stores() {}

    /** The journal; a file is made where there is none yet, a table must be there. */
    public static JournalStore open(Settings settings, Map<String, String> environment) throws StoreFailure {
        return switch (settings.store()) {
            case StorePlace.File(Path path) -> SqliteJournal.open(path);
            case StorePlace.Table table -> DynamoJournal.open(settings(table, environment));
        };
    }

    /** The journal where there is one: looking must not leave one behind. */
    public static Optional<JournalStore> openIfThere(Settings settings, Map<String, String> environment)
            throws StoreFailure {
        return settings.store() instanceof StorePlace.File(Path path) && !Files.exists(path)
                ? Optional.empty()
                : Optional.of(open(settings, environment));
    }

    /**
     * Makes the store where it is missing.
     *
     * @return what a person should know of it
     */
    public static Optional<String> make(Settings settings, Map<String, String> environment) throws StoreFailure {
        return switch (settings.store()) {
            case StorePlace.File(Path path) -> {
                SqliteJournal.open(path).close();
                yield Optional.empty();
            }
            case StorePlace.Table table -> {
                try (DynamoJournal made = DynamoJournal.make(settings(table, environment))) {
                    yield made.warning();
                }
            }
        };
    }

    private static DynamoSettings settings(StorePlace.Table table, Map<String, String> environment) {
        return new DynamoSettings(table.name(), table.region(), environment);
    }
}
