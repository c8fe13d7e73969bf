package io.keyturn.proof.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.adapters.store.SqliteJournal;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.StoreFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteJournalTest extends JournalStoreContract {
    @TempDir
    Path folder;

    @Override
    JournalStore open() throws StoreFailure {
        return SqliteJournal.open(file());
    }

    private Path file() {
        return folder.resolve("state/journal.db");
    }

    @Test
    void aFileOfANewerKeyturnIsRefused() throws Exception {
        closeStore();
        sql("PRAGMA user_version = 99");

        assertThatThrownBy(this::open)
                .isInstanceOf(StoreFailure.class)
                .hasMessage("could not use the tables of the journal " + file()
                        + ": a newer Keyturn wrote it: its tables are of version 99, this one knows 1; update Keyturn");
    }

    @Test
    void aFileThatIsNoDatabaseIsRefusedAndKept() throws Exception {
        Path other = folder.resolve("notes.txt");
        Files.writeString(other, "this is no database, and somebody may need it ".repeat(100));

        assertThatThrownBy(() -> SqliteJournal.open(other).close())
                .isInstanceOfSatisfying(
                        StoreFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(StoreFailure.Kind.DAMAGED))
                .hasMessageContaining(
                        "the file is damaged or no SQLite file; restore it from a copy, or move it aside");
        assertThat(other).content().startsWith("this is no database");
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws Exception {
        Path file = folder.resolve("taken");
        Files.writeString(file, "a file where a folder should be");

        assertThatThrownBy(() -> SqliteJournal.open(file.resolve("journal.db")).close())
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("its folder cannot be made");
    }

    private void sql(String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
