package io.keyturn.app.wiring;

import io.keyturn.adapters.store.SqliteCatalog;
import io.keyturn.app.config.Settings;
import io.keyturn.engine.catalog.DayTotal;
import io.keyturn.engine.port.StoreFailure;
import java.nio.file.Files;
import java.util.List;

/** What earlier runs counted, for the trend of a report. */
public final class PastDays {
    private PastDays() {}

    /** The totals of each day, oldest first; none where no run left any, or its file cannot be read. */
    public static List<DayTotal> of(Settings settings) {
        if (!Files.exists(settings.catalog())) {
            return List.of();
        }
        try (SqliteCatalog catalog = SqliteCatalog.open(settings.catalog())) {
            return catalog.days();
        } catch (StoreFailure e) {
            // The run opens the same file, and says what is wrong with it.
            return List.of();
        }
    }
}
