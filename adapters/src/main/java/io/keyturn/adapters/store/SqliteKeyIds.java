package io.keyturn.adapters.store;

import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.UserId;
import io.keyturn.engine.port.KeyIdMemory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Learnt key IDs in a SQLite file. The file is a cache: where it cannot be used, {@link #warning} says so and what to
 * do, and everything goes on as if nothing were remembered.
 */
public final class SqliteKeyIds implements KeyIdMemory, AutoCloseable {
    /** The version of the file's tables; a file of a higher one was written by a newer Keyturn and is left alone. */
    static final int VERSION = 1;

    private static final CacheFile.Table TABLE = new CacheFile.Table(
            "memory of key IDs",
            "needs more calls",
            VERSION,
            "CREATE TABLE IF NOT EXISTS key_ids (account TEXT NOT NULL, user_id TEXT NOT NULL,"
                    + " created INTEGER NOT NULL, key_id TEXT NOT NULL,"
                    + " PRIMARY KEY (account, user_id, created)) WITHOUT ROWID",
            "UPDATE key_ids SET key_id = key_id WHERE account = ''");

    private final CacheFile file;

    private SqliteKeyIds(Path file) {
        this.file = new CacheFile(file, TABLE);
    }

    /**
     * The memory in that file, which is opened, and made with its folders where it is missing, when it is first asked or
     * told to {@link #prepare}: a run that needs no IDs does without it. Never fails: see {@link #warning}.
     */
    public static SqliteKeyIds in(Path file) {
        return new SqliteKeyIds(file);
    }

    @Override
    public void prepare() {
        file.prepare();
    }

    /** Why nothing, or nothing more, is remembered, as a sentence for people; empty while all is well. */
    public Optional<String> warning() {
        return file.warning();
    }

    @Override
    public Map<Slot, KeyId> recall(AccountId account, Set<Slot> slots) {
        return file.read(Map.of(), open -> {
            Map<Slot, KeyId> known = new HashMap<>();
            try (PreparedStatement select =
                    open.prepareStatement("SELECT created, key_id FROM key_ids WHERE account = ? AND user_id = ?")) {
                for (UserId user : usersOf(slots)) {
                    select.setString(1, account.value());
                    select.setString(2, user.value());
                    collect(select, user, slots, known);
                }
            }
            return known;
        });
    }

    private static Set<UserId> usersOf(Set<Slot> slots) {
        Set<UserId> users = new HashSet<>();
        slots.forEach(slot -> users.add(slot.user()));
        return users;
    }

    private static void collect(PreparedStatement select, UserId user, Set<Slot> slots, Map<Slot, KeyId> known)
            throws SQLException {
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                Slot slot = new Slot(user, Instant.ofEpochSecond(rows.getLong(1)));
                if (slots.contains(slot)) {
                    known.put(slot, new KeyId(rows.getString(2)));
                }
            }
        }
    }

    @Override
    public void learn(AccountId account, Collection<UserId> users, Map<Slot, KeyId> ids) {
        file.write(open -> {
            forget(open, account, users);
            insert(open, account, ids);
            return true;
        });
    }

    private static void forget(Connection open, AccountId account, Collection<UserId> users) throws SQLException {
        try (PreparedStatement delete =
                open.prepareStatement("DELETE FROM key_ids WHERE account = ? AND user_id = ?")) {
            for (UserId user : users) {
                delete.setString(1, account.value());
                delete.setString(2, user.value());
                delete.addBatch();
            }
            delete.executeBatch();
        }
    }

    private static void insert(Connection open, AccountId account, Map<Slot, KeyId> ids) throws SQLException {
        try (PreparedStatement insert = open.prepareStatement(
                "INSERT OR REPLACE INTO key_ids (account, user_id, created, key_id) VALUES (?, ?, ?, ?)")) {
            for (Map.Entry<Slot, KeyId> entry : ids.entrySet()) {
                insert.setString(1, account.value());
                insert.setString(2, entry.getKey().user().value());
                insert.setLong(3, entry.getKey().created().getEpochSecond());
                insert.setString(4, entry.getValue().value());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
