package io.keyturn.adapters.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A SQLite file of one table that is only a cache: where it cannot be used, {@link #warning} says so and what to do, and
 * everything goes on as if nothing were remembered. Opened, and made with its folders, when it is first worked with.
 */
final class CacheFile implements AutoCloseable {
    private static final int CORRUPT = 11;
    private static final int NOT_A_DATABASE = 26;
    private static final int BUSY = 5;
    private static final int LOCKED = 6;
    private static final int READ_ONLY = 8;
    private static final int FULL = 13;

    private final Path file;
    private final Table table;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean tried;
    private @Nullable Connection connection;
    private @Nullable String warning;

    /**
     * What is in it.
     *
     * @param name for people, such as {@code memory of key IDs}
     * @param without what a run without it takes, as the end of "this run goes on without it"
     * @param version of the table; a file of a higher one was written by a newer Keyturn and is left alone
     * @param create makes the table
     * @param touch changes nothing, and fails where nothing could be changed
     */
    record Table(String name, String without, int version, String create, String touch) {}

    CacheFile(Path file, Table table) {
        this.file = file;
        this.table = table;
    }

    /** Something done with the open file. */
    interface Work<T> {
        T with(Connection open) throws SQLException;
    }

    void prepare() {
        read(true, open -> true);
    }

    /** Asks it; {@code otherwise} where it cannot answer. */
    <T> T read(T otherwise, Work<T> work) {
        return tryOut("read", otherwise, work);
    }

    /** Changes it, whole or not at all. */
    void write(Work<?> work) {
        tryOut("write", true, open -> {
            open.setAutoCommit(false);
            try {
                work.with(open);
                open.commit();
            } finally {
                // Closing the transaction here also rolls back what a failure left half done.
                open.rollback();
                open.setAutoCommit(true);
            }
            return true;
        });
    }

    private <T> T tryOut(String verb, T otherwise, Work<T> work) {
        lock.lock();
        try {
            if (!tried) {
                tried = true;
                connect();
            }
            return connection == null ? otherwise : work.with(connection);
        } catch (SQLException | IllegalArgumentException e) {
            giveUp(verb, e);
            return otherwise;
        } finally {
            lock.unlock();
        }
    }

    /** Why nothing, or nothing more, is remembered, as a sentence for people; empty while all is well. */
    Optional<String> warning() {
        lock.lock();
        try {
            return Optional.ofNullable(warning);
        } finally {
            lock.unlock();
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
            if (version > table.version()) {
                warn(
                        "open",
                        "it was written by a newer version of Keyturn (its tables are of version " + version
                                + ", this one knows " + table.version() + ")",
                        "update Keyturn, or name another file");
                closeQuietly();
                return;
            }
            // Taking the write lock now tells a read-only or locked file at once, not in the middle of the run.
            statement.execute("BEGIN IMMEDIATE");
            if (version(statement) < 1) {
                statement.execute(table.create());
                statement.execute("PRAGMA user_version = " + table.version());
            } else {
                statement.execute(table.touch());
            }
            statement.execute("COMMIT");
        }
    }

    private static int version(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("PRAGMA user_version")) {
            return row.next() ? row.getInt(1) : 0;
        }
    }

    private void giveUp(String verb, Exception cause) {
        int code = cause instanceof SQLException sql ? sql.getErrorCode() & 0xff : 0;
        switch (code) {
            case CORRUPT, NOT_A_DATABASE ->
                warn(verb, "it is damaged or no SQLite file", "delete it: it is only a cache and will be made anew");
            case BUSY, LOCKED ->
                warn(verb, "another process holds it locked", "wait for that one, or give this run another file");
            case READ_ONLY -> warn(verb, "it cannot be written", "make it writable, or name another file");
            case FULL -> warn(verb, "the disk is full", "free some space");
            default -> warn(verb, String.valueOf(cause.getMessage()), "name another file, or delete this one");
        }
        closeQuietly();
    }

    private void warn(String verb, String why, String advice) {
        warning = "could not " + verb + " the " + table.name() + " " + file + ": " + why
                + "; this run goes on without it and " + table.without() + ". To mend it, " + advice + ".";
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
