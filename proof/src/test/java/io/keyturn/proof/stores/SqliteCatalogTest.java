package io.keyturn.proof.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.adapters.store.SqliteCatalog;
import io.keyturn.core.model.Standing;
import io.keyturn.engine.catalog.Catalog;
import io.keyturn.engine.catalog.DayTotal;
import io.keyturn.engine.catalog.KeyQuery;
import io.keyturn.engine.catalog.SeenAccount;
import io.keyturn.engine.catalog.SeenOverview;
import io.keyturn.engine.port.StoreFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    /** The file as a Keyturn leaves it that knew no sums, over one that had some. */
    private void asOfTheFirstVersion() throws Exception {
        for (String table : List.of("accounts", "plan")) {
            String key = table.equals("plan") ? "one INTEGER" : "id TEXT";
            sql("ALTER TABLE " + table + " RENAME TO later");
            sql("CREATE TABLE " + table + " (" + key + " PRIMARY KEY, value TEXT NOT NULL)");
            sql("INSERT INTO " + table + " SELECT " + key.split(" ")[0] + ", value FROM later");
            sql("DROP TABLE later");
        }
        sql("UPDATE totals SET keys = 99");
        sql("PRAGMA user_version = 1");
    }

    @Test
    void a_file_of_the_first_version_is_brought_up_to_date_with_its_trend() throws Exception {
        SeenOverview.Most all = new SeenOverview.Most(1_000, 1_000, 1_000);
        SeenOverview before;
        List<SeenAccount> accounts;
        try (Catalog later = open()) {
            later.put(new DayTotal(LocalDate.parse("2025-01-01"), Map.of(Standing.EXPIRED, 9), 11));
            before = later.overview(all);
            accounts = later.accounts();
        }
        asOfTheFirstVersion();
        try (Catalog later = open()) {
            assertThat(later.overview(all)).isEqualTo(before);
            assertThat(later.accounts()).isEqualTo(accounts).isNotEmpty();
            assertThat(later.days()).hasSize(2);
            // What is taken away from the sums now was put into them by the change.
            later.keepOnly(Set.of());
            assertThat(later.overview(all).owners()).isEmpty();
            assertThat(later.overview(all).days()).isEmpty();
        }
    }

    @Test
    void a_file_of_a_newer_version_is_refused_and_kept() throws Exception {
        sql("PRAGMA user_version = 99");
        assertThatThrownBy(this::open)
                .isInstanceOf(StoreFailure.class)
                .hasMessage("could not open the file of the catalog " + file()
                        + ": a newer Keyturn wrote it: its tables are of version 99, this one knows 2; update Keyturn;"
                        + " or delete the file, of which only the trend cannot be made anew");
        sql("PRAGMA user_version = 2");
        try (Catalog again = open()) {
            assertThat(again.keys(KeyQuery.ALL).total()).isPositive();
        }
    }

    @Test
    void what_another_process_writes_of_an_account_is_in_the_next_overview() throws Exception {
        SeenOverview.Most most = new SeenOverview.Most(8, 12, 3);
        try (Catalog reading = open();
                Catalog writing = open()) {
            SeenOverview before = reading.overview(most);
            assertThat(reading.overview(most)).isSameAs(before);
            SeenAccount busiest = before.accounts().getFirst();
            writing.put(busiest, List.of());
            assertThat(reading.overview(most).totals().keys())
                    .isEqualTo(before.totals().keys() - busiest.row().keys());
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
