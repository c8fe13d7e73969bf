package io.keyturn.adapters.store;

import io.keyturn.core.assess.Observed;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.UserId;
import io.keyturn.engine.port.KeyIdMemory.Slot;
import io.keyturn.engine.port.Observations;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What runs saw of the uses of keys, in a SQLite file; times to the second, as AWS tells them. */
public final class SqliteObservations implements Observations, AutoCloseable {
    private static final CacheFile.Table TABLE = new CacheFile.Table(
            "memory of how keys are used",
            "lets no disuse change anything",
            1,
            "CREATE TABLE IF NOT EXISTS uses (account TEXT NOT NULL, user_id TEXT NOT NULL, created INTEGER NOT NULL,"
                    + " since INTEGER NOT NULL, first INTEGER, last INTEGER, longest_gap INTEGER NOT NULL,"
                    + " PRIMARY KEY (account, user_id, created)) WITHOUT ROWID",
            "UPDATE uses SET since = since WHERE account = ''");

    private final CacheFile file;

    private SqliteObservations(Path file) {
        this.file = new CacheFile(file, TABLE);
    }

    /** The memory in that file, which is opened, and made where it is missing, when it is first asked. Never fails. */
    public static SqliteObservations in(Path file) {
        return new SqliteObservations(file);
    }

    /** Why nothing, or nothing more, is remembered, as a sentence for people; empty while all is well. */
    public Optional<String> warning() {
        return file.warning();
    }

    @Override
    public Map<Slot, Observed> recall(AccountId account) {
        return file.read(Map.of(), open -> {
            Map<Slot, Observed> known = new HashMap<>();
            try (PreparedStatement select = open.prepareStatement(
                    "SELECT user_id, created, since, first, last, longest_gap FROM uses WHERE account = ?")) {
                select.setString(1, account.value());
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        known.put(
                                new Slot(new UserId(rows.getString(1)), Instant.ofEpochSecond(rows.getLong(2))),
                                new Observed(
                                        Instant.ofEpochSecond(rows.getLong(3)),
                                        instant(rows, 4),
                                        instant(rows, 5),
                                        Duration.ofSeconds(rows.getLong(6))));
                    }
                }
            }
            return known;
        });
    }

    private static @Nullable Instant instant(ResultSet rows, int column) throws SQLException {
        long second = rows.getLong(column);
        return rows.wasNull() ? null : Instant.ofEpochSecond(second);
    }

    @Override
    public void learn(AccountId account, Map<Slot, Observed> changed, Set<Slot> gone) {
        file.write(open -> {
            forget(open, account, gone);
            insert(open, account, changed);
            return true;
        });
    }

    private static void forget(Connection open, AccountId account, Set<Slot> gone) throws SQLException {
        try (PreparedStatement delete =
                open.prepareStatement("DELETE FROM uses WHERE account = ? AND user_id = ? AND created = ?")) {
            for (Slot slot : gone) {
                place(delete, account, slot);
                delete.addBatch();
            }
            delete.executeBatch();
        }
    }

    private static void insert(Connection open, AccountId account, Map<Slot, Observed> changed) throws SQLException {
        try (PreparedStatement insert = open.prepareStatement("INSERT OR REPLACE INTO uses"
                + " (account, user_id, created, since, first, last, longest_gap) VALUES (?, ?, ?, ?, ?, ?, ?)")) {
            for (Map.Entry<Slot, Observed> entry : changed.entrySet()) {
                Observed observed = entry.getValue();
                place(insert, account, entry.getKey());
                insert.setLong(4, observed.since().getEpochSecond());
                put(insert, 5, observed.first());
                put(insert, 6, observed.last());
                insert.setLong(7, observed.longestGap().toSeconds());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void place(PreparedStatement statement, AccountId account, Slot slot) throws SQLException {
        statement.setString(1, account.value());
        statement.setString(2, slot.user().value());
        statement.setLong(3, slot.created().getEpochSecond());
    }

    private static void put(PreparedStatement statement, int column, @Nullable Instant at) throws SQLException {
        if (at == null) {
            statement.setNull(column, Types.INTEGER);
        } else {
            statement.setLong(column, at.getEpochSecond());
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
