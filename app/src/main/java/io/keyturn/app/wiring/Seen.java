package io.keyturn.app.wiring;

import io.keyturn.adapters.store.SqliteObservations;
import io.keyturn.app.config.Settings;
import io.keyturn.engine.port.Observations;
import java.nio.file.Files;

/** What runs saw of the uses of keys, for whoever only looks: looking must not leave a file behind. */
final class Seen {
    private Seen() {}

    /** In its file where there is one, or something is kept beside it anyway; else nothing. */
    static Keeping.Uses of(Settings settings, boolean kept) {
        if (!kept && !Files.exists(settings.observations())) {
            return new Keeping.Uses(Observations.NONE, () -> {});
        }
        SqliteObservations file = SqliteObservations.in(settings.observations());
        return new Keeping.Uses(file, file::close);
    }
}
