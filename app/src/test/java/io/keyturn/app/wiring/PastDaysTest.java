package io.keyturn.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.adapters.store.SqliteCatalog;
import io.keyturn.app.config.Settings;
import io.keyturn.core.model.Standing;
import io.keyturn.engine.catalog.DayTotal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PastDaysTest {
    @TempDir
    Path folder;

    @Test
    void whatRunsCountedIsFoundBesideTheStoreAndNothingIsMadeWhereThereIsNone() throws Exception {
        Settings settings = Settings.defaults(folder.resolve("keyturn.db"));
        assertThat(PastDays.of(settings)).isEmpty();
        assertThat(settings.catalog()).doesNotExist();
        DayTotal day = new DayTotal(LocalDate.parse("2026-11-23"), Map.of(Standing.EXPIRED, 9), 11);
        try (SqliteCatalog catalog = SqliteCatalog.open(settings.catalog())) {
            catalog.put(day);
        }
        assertThat(PastDays.of(settings)).containsExactly(day);
        Files.writeString(settings.catalog(), "no database");
        assertThat(PastDays.of(settings)).as("the run says so").isEmpty();
    }
}
