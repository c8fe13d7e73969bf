package io.keyturn.adapters.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.UserId;
import io.keyturn.engine.port.KeyIdMemory.Slot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteKeyIdsTest {
    private static final AccountId ACCOUNT = new AccountId("111122223333");
    private static final UserId ANN = new UserId("AIDAANN");
    private static final Slot OLD = new Slot(ANN, Instant.parse("2024-01-01T00:00:00Z"));
    private static final Slot NEW = new Slot(ANN, Instant.parse("2025-01-01T00:00:00Z"));
    private static final KeyId ID = new KeyId("AKIA0000000000000001");
    private static final KeyId OTHER = new KeyId("AKIA0000000000000002");

    @TempDir
    Path folder;

    private static SqliteKeyIds opened(Path file) {
        SqliteKeyIds memory = SqliteKeyIds.in(file);
        memory.prepare();
        return memory;
    }

    @Test
    void aRunThatNeedsNoIdsLeavesNoFile() {
        Path file = folder.resolve("ids.db");
        SqliteKeyIds.in(file).close();
        assertThat(file).doesNotExist();
    }

    @Test
    void whatWasLearntIsThereAfterReopening() {
        Path file = folder.resolve("a/b/ids.db");
        try (SqliteKeyIds memory = opened(file)) {
            memory.learn(ACCOUNT, Set.of(ANN), Map.of(OLD, ID));
        }
        try (SqliteKeyIds memory = opened(file)) {
            assertThat(memory.recall(ACCOUNT, Set.of(OLD, NEW))).containsExactly(Map.entry(OLD, ID));
            assertThat(memory.recall(new AccountId("999988887777"), Set.of(OLD)))
                    .isEmpty();
            assertThat(memory.warning()).isEmpty();
        }
    }

    @Test
    void learningForgetsTheOtherKeysOfTheSameUser() {
        try (SqliteKeyIds memory = opened(folder.resolve("ids.db"))) {
            memory.learn(ACCOUNT, Set.of(ANN), Map.of(OLD, ID));
            memory.learn(ACCOUNT, Set.of(ANN), Map.of(NEW, OTHER));
            assertThat(memory.recall(ACCOUNT, Set.of(OLD, NEW))).containsExactly(Map.entry(NEW, OTHER));
        }
    }

    @Test
    void aDamagedFileIsSaidAloudAndNothingFails() throws Exception {
        Path file = folder.resolve("ids.db");
        Files.writeString(file, "this is no database, and long enough to be looked at ".repeat(40));
        try (SqliteKeyIds memory = opened(file)) {
            memory.learn(ACCOUNT, Set.of(ANN), Map.of(OLD, ID));
            assertThat(memory.recall(ACCOUNT, Set.of(OLD))).isEmpty();
            assertThat(memory.warning())
                    .hasValueSatisfying(text ->
                            assertThat(text).contains(file.toString(), "damaged or no SQLite file", "delete it"));
        }
    }

    @Test
    void aFileOfANewerVersionIsLeftAlone() throws Exception {
        Path file = folder.resolve("ids.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version = 99");
        }
        byte[] before = Files.readAllBytes(file);
        try (SqliteKeyIds memory = opened(file)) {
            memory.learn(ACCOUNT, Set.of(ANN), Map.of(OLD, ID));
            assertThat(memory.warning())
                    .hasValueSatisfying(text -> assertThat(text).contains("newer version of Keyturn", "99"));
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void aLockedFileIsSaidAloudAndNothingFails() throws Exception {
        Path file = folder.resolve("ids.db");
        opened(file).close();
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN EXCLUSIVE");
            try (SqliteKeyIds memory = opened(file)) {
                assertThat(memory.recall(ACCOUNT, Set.of(OLD))).isEmpty();
                assertThat(memory.warning())
                        .hasValueSatisfying(text -> assertThat(text).contains("locked"));
            }
        }
    }

    @Test
    void aFileThatCannotBeMadeIsSaidAloudAndNothingFails() throws Exception {
        Path blocked = Files.writeString(folder.resolve("file"), "x");
        try (SqliteKeyIds memory = opened(blocked.resolve("ids.db"))) {
            assertThat(memory.recall(ACCOUNT, Set.of(OLD))).isEmpty();
            assertThat(memory.warning()).isPresent();
        }
    }
}
