package io.keyturn.adapters.store;

import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.UserId;
import io.keyturn.engine.port.KeyIdMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Learnt key IDs in a SQLite file. The file is a cache: where it cannot be used, {@link #warning} says so and what to
 * do, and everything goes on as if nothing were remembered.
 */
public final class SqliteKeyIds implements KeyIdMemory, AutoCloseable {
    /** The version of the file's tables; a file of a higher one was written by a newer Keyturn and is left alone. */
    static final int VERSION = 1;

    private static final int CORRUPT = 11;
    private static final int NOT_A_DATABASE = 26;
    private static final int BUSY = 5;
    private static final int LOCKED = 6;
    private static final int READ_ONLY = 8;
    private static final int FULL = 13;

    private final Path file;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean tried;
    private @Nullable Connection connection;
    private @Nullable String warning;

    private SqliteKeyIds(Path file) {
        this.file = file;
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
        lock.lock();
        try {
            opened();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Connection opened() {
        if (!tried) {
            tried = true;
            connect();
        }
        return connection;
    }

    /** Why nothing, or nothing more, is remembered, as a sentence for people; empty while all is well. */
    public Optional<String> warning() {
        lock.lock();
        try {
            return Optional.ofNullable(warning);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Map<Slot, KeyId> recall(AccountId account, Set<Slot> slots) {
        lock.lock();
        try {
            Connection open = opened();
            if (open == null) {
                return Map.of();
            }
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
        } catch (SQLException | IllegalArgumentException e) {
            giveUp("read", e);
            return Map.of();
        } finally {
            lock.unlock();
        }
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
        lock.lock();
        try {
            Connection open = opened();
            if (open == null) {
                return;
            }
            open.setAutoCommit(false);
            try {
                forget(open, account, users);
                insert(open, account, ids);
                open.commit();
            } finally {
                // Closing the transaction here also rolls back what a failure left half done.
                open.rollback();
                open.setAutoCommit(true);
            }
        } catch (SQLException e) {
            giveUp("write", e);
        } finally {
            lock.unlock();
        }
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
        lock.lock();
        try {
            closeQuietly();
        } finally {
            lock.unlock();
        }
    }

    private void connect() {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            connection = DriverManager.getConnection("jdbc:sqlite:" + file);
            makeTables(connection);
        } catch (SQLException | IOException e) {
            giveUp("open", e);
        }
    }

    private void makeTables(Connection open) throws SQLException {
        try (Statement statement = open.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 250");
            int version = version(statement);
            if (version > VERSION) {
                warn(
                        "open",
                        "it was written by a newer version of Keyturn (its tables are of version " + version
                                + ", this one knows " + VERSION + ")",
                        "update Keyturn, or name another file");
                closeQuietly();
                return;
            }
            // Taking the write lock now tells a read-only or locked file at once, not in the middle of the run.
            statement.execute("BEGIN IMMEDIATE");
            if (version(statement) < 1) {
                statement.execute("CREATE TABLE IF NOT EXISTS key_ids (account TEXT NOT NULL, user_id TEXT NOT NULL,"
                        + " created INTEGER NOT NULL, key_id TEXT NOT NULL,"
                        + " PRIMARY KEY (account, user_id, created)) WITHOUT ROWID");
                statement.execute("PRAGMA user_version = " + VERSION);
            } else {
                statement.execute("UPDATE key_ids SET key_id = key_id WHERE account = ''");
            }
            statement.execute("COMMIT");
        }
    }

    private static int version(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("PRAGMA user_version")) {
            return row.next() ? row.getInt(1) : 0;
        }
    }

    private void giveUp(String tried, Exception cause) {
        int code = cause instanceof SQLException sql ? sql.getErrorCode() & 0xff : 0;
        switch (code) {
            case CORRUPT, NOT_A_DATABASE ->
                warn(tried, "it is damaged or no SQLite file", "delete it: it is only a cache and will be made anew");
            case BUSY, LOCKED ->
                warn(tried, "another process holds it locked", "wait for that one, or give this run another file");
            case READ_ONLY -> warn(tried, "it cannot be written", "make it writable, or name another file");
            case FULL -> warn(tried, "the disk is full", "free some space");
            default -> warn(tried, String.valueOf(cause.getMessage()), "name another file, or delete this one");
        }
        closeQuietly();
    }

    private void warn(String tried, String why, String advice) {
        warning = "could not " + tried + " the memory of key IDs " + file + ": " + why
                + "; this run goes on without it and needs more calls. To mend it, " + advice + ".";
    }

    private void closeQuietly() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                // Nothing depends on it any more; the next run opens the file again and tells what is wrong.
                warning = warning == null ? "could not close " + file + ": " + e.getMessage() : warning;
            }
        }
    }
}
