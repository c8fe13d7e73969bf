package io.keyturn.proof.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.adapters.store.SqliteCatalog;
import io.keyturn.core.model.Standing;
import io.keyturn.engine.catalog.Catalog;
import io.keyturn.engine.catalog.DayTotal;
import io.keyturn.engine.catalog.KeyQuery;
import io.keyturn.engine.port.StoreFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteCatalogTest extends CatalogContract {
    @TempDir
    Path folder;

    @Override
    Catalog open() throws StoreFailure {
        return SqliteCatalog.open(file());
    }

    private Path file() {
        return folder.resolve("state/catalog.db");
    }

    private void sql(String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void a_file_of_another_version_is_made_anew() throws Exception {
        sql("PRAGMA user_version = 99");
        try (Catalog other = open()) {
            assertThat(other.keys(KeyQuery.ALL).total()).isZero();
            assertThat(other.accounts()).isEmpty();
        }
    }

    @Test
    void a_file_of_something_else_is_refused_and_kept() throws Exception {
        Path other = folder.resolve("notes.txt");
        Files.writeString(other, "this is no database, and somebody may need it ".repeat(100));
        assertThatThrownBy(() -> SqliteCatalog.open(other).close())
                .isInstanceOf(StoreFailure.class)
                .hasMessage("could not open the file of the catalog " + other
                        + ": the file is damaged or no SQLite file; delete it: it is only a cache, and the next run"
                        + " fills it anew");
        assertThat(other).content().startsWith("this is no database");
    }

    @Test
    void what_another_process_writes_is_seen_at_once_however_often_it_was_asked_for_before() throws Exception {
        try (Catalog reading = open();
                Catalog writing = open()) {
            int before = reading.days().size();
            assertThat(reading.days()).isSameAs(reading.days());
            DayTotal day = new DayTotal(LocalDate.parse("2031-01-01"), Map.of(Standing.EXPIRED, 9), 11);
            writing.put(day);
            assertThat(reading.days()).hasSize(before + 1).endsWith(day);
            reading.put(new DayTotal(LocalDate.parse("2031-01-02"), Map.of(), 0));
            assertThat(reading.days()).hasSize(before + 2);
        }
    }

    @Test
    void a_row_that_no_run_wrote_is_told_of() throws Exception {
        sql("UPDATE plan SET value = '{}'");
        try (Catalog odd = open()) {
            assertThatThrownBy(odd::plan)
                    .isInstanceOf(StoreFailure.class)
                    .hasMessageContaining("it holds what no run writes; delete it: it is only a cache");
        }
    }
}
