package io.keyturn.adapters.store;

import io.keyturn.core.model.Problem;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.StoreFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The journal in one SQLite file: for one machine, and the default. */
public final class SqliteJournal implements JournalStore {
    private static final int BUSY_MILLIS = 5_000;

    private final Path file;
    private final Connection connection;
    private final ReentrantLock lock = new ReentrantLock();

    private SqliteJournal(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    /** Opens the file, making it and its folders where they are missing. */
    public static SqliteJournal open(Path file) throws StoreFailure {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw SqliteErrors.failure(
                    StoreFailure.Kind.UNAVAILABLE,
                    "make the folder",
                    file.toString(),
                    "its folder cannot be made: " + e.getMessage(),
                    "name another file, or make the folder",
                    e);
        }
        Connection connection = null;
        try {
            connection = DriverManager.getConnection("jdbc:sqlite:" + file);
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA busy_timeout = " + BUSY_MILLIS);
                // Readers never wait for the writer, and what is committed survives the loss of power.
                statement.execute("PRAGMA journal_mode = WAL");
                statement.execute("PRAGMA synchronous = FULL");
            }
            SqliteSchema.prepare(connection, file.toString());
            return new SqliteJournal(file, connection);
        } catch (SQLException e) {
            close(connection);
            throw SqliteErrors.failure("open the file", file.toString(), e);
        } catch (StoreFailure e) {
            close(connection);
            throw e;
        }
    }

    @Override
    public Head head(String stream) throws StoreFailure {
        return reading("SELECT seq, hash FROM heads WHERE stream = ?", select -> {
            select.setString(1, stream);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? new Head(row.getLong(1), row.getString(2)) : Head.EMPTY;
            }
        });
    }

    @Override
    public void append(String stream, Head expected, @Nullable Register fence, List<Line> lines) throws StoreFailure {
        writing(() -> {
            if (fence != null && register(fence.name()).map(Register::version).orElse(0L) != fence.version()) {
                throw refused(StoreFailure.Kind.FENCED, stream, "the lease has passed to another worker");
            }
            if (!head(stream).equals(expected)) {
                throw refused(StoreFailure.Kind.CONFLICT, stream, "it has new lines");
            }
            insert(lines);
            if (!lines.isEmpty()) {
                moveHead(lines.getLast());
            }
            return lines.size();
        });
    }

    private void insert(List<Line> lines) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO lines (stream, seq, at, text, hash, user, key) VALUES (?, ?, ?, ?, ?, ?, ?)")) {
            for (Line line : lines) {
                insert.setString(1, line.stream());
                insert.setLong(2, line.sequence());
                insert.setLong(3, line.at().toEpochMilli());
                insert.setString(4, line.text());
                insert.setString(5, line.hash());
                set(insert, 6, line.user());
                set(insert, 7, line.key());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void set(PreparedStatement insert, int column, @Nullable String value) throws SQLException {
        if (value == null) {
            insert.setNull(column, Types.VARCHAR);
        } else {
            insert.setString(column, value);
        }
    }

    private void moveHead(Line last) throws SQLException {
        try (PreparedStatement upsert =
                connection.prepareStatement("INSERT INTO heads (stream, seq, hash) VALUES (?, ?, ?)"
                        + " ON CONFLICT (stream) DO UPDATE SET seq = excluded.seq, hash = excluded.hash")) {
            upsert.setString(1, last.stream());
            upsert.setLong(2, last.sequence());
            upsert.setString(3, last.hash());
            upsert.executeUpdate();
        }
    }

    @Override
    public List<Line> read(String stream, long after, int limit) throws StoreFailure {
        return reading(
                "SELECT " + COLUMNS + " FROM lines WHERE stream = ? AND seq > ? ORDER BY seq LIMIT ?", select -> {
                    select.setString(1, stream);
                    select.setLong(2, after);
                    select.setInt(3, limit);
                    List<Line> lines = new ArrayList<>();
                    each(select, lines::add);
                    return lines;
                });
    }

    private static final String COLUMNS = "stream, seq, at, text, hash, user, key";

    @Override
    public void find(Query query, Consumer<Line> sink) throws StoreFailure {
        List<String> wanted = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        want(wanted, values, "stream = ?", query.stream());
        want(wanted, values, "user = ?", query.user());
        want(wanted, values, "key = ?", query.key());
        Instant since = query.since();
        want(wanted, values, "at >= ?", since == null ? null : since.toEpochMilli());
        String where = wanted.isEmpty() ? "" : " WHERE " + String.join(" AND ", wanted);
        reading("SELECT " + COLUMNS + " FROM lines" + where + " ORDER BY stream, seq", select -> {
            for (int i = 0; i < values.size(); i++) {
                select.setObject(i + 1, values.get(i));
            }
            each(select, sink);
            return select;
        });
    }

    private static void want(List<String> wanted, List<Object> values, String condition, @Nullable Object value) {
        if (value != null) {
            wanted.add(condition);
            values.add(value);
        }
    }

    private static void each(PreparedStatement select, Consumer<Line> sink) throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                sink.accept(new Line(
                        row.getString(1),
                        row.getLong(2),
                        Instant.ofEpochMilli(row.getLong(3)),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7)));
            }
        }
    }

    @Override
    public List<String> streams() throws StoreFailure {
        return reading("SELECT stream FROM heads ORDER BY stream", select -> {
            List<String> names = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    names.add(row.getString(1));
                }
            }
            return names;
        });
    }

    @Override
    public Optional<Register> register(String name) throws StoreFailure {
        return reading("SELECT version, value FROM registers WHERE name = ?", select -> {
            select.setString(1, name);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Register(name, row.getLong(1), row.getString(2)))
                        : Optional.empty();
            }
        });
    }

    @Override
    public Register write(String name, long version, String value) throws StoreFailure {
        return writing(() -> {
            if (register(name).map(Register::version).orElse(0L) != version) {
                throw refused(StoreFailure.Kind.CONFLICT, name, "somebody else changed it first");
            }
            try (PreparedStatement upsert =
                    connection.prepareStatement("INSERT INTO registers (name, version, value) VALUES (?, ?, ?)"
                            + " ON CONFLICT (name) DO UPDATE SET version = excluded.version, value = excluded.value")) {
                upsert.setString(1, name);
                upsert.setLong(2, version + 1);
                upsert.setString(3, value);
                upsert.executeUpdate();
            }
            return new Register(name, version + 1, value);
        });
    }

    /** What is read from one statement. */
    private interface Reader<T> {
        T read(PreparedStatement select) throws SQLException;
    }

    private <T> T reading(String sql, Reader<T> reader) throws StoreFailure {
        lock.lock();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            return reader.read(select);
        } catch (SQLException e) {
            throw SqliteErrors.failure("read the lines", file.toString(), e);
        } finally {
            lock.unlock();
        }
    }

    /** What one transaction does. */
    private interface Writer<T> {
        T write() throws SQLException, StoreFailure;
    }

    /** A transaction that takes SQLite's write lock first, so that what it compares cannot change under it. */
    private <T> T writing(Writer<T> writer) throws StoreFailure {
        lock.lock();
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            try {
                T result = writer.write();
                commit(statement);
                return result;
            } catch (SQLException | StoreFailure | RuntimeException e) {
                SqliteErrors.rollback(statement);
                throw e;
            }
        } catch (SQLException e) {
            throw SqliteErrors.failure("write the lines", file.toString(), e);
        } finally {
            lock.unlock();
        }
    }

    /** Only a failing commit leaves it open whether the transaction counts. */
    private void commit(Statement statement) throws StoreFailure {
        try {
            statement.execute("COMMIT");
        } catch (SQLException e) {
            StoreFailure failure = SqliteErrors.failure("write the lines", file.toString(), e);
            throw new StoreFailure(StoreFailure.Kind.IN_DOUBT, failure.problem(), e);
        }
    }

    private StoreFailure refused(StoreFailure.Kind kind, String on, String why) {
        return new StoreFailure(
                kind, new Problem("write the lines", on + " in " + file, why, "look again and decide anew"));
    }

    @Override
    public String place() {
        return file.toString();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            close(connection);
        } finally {
            lock.unlock();
        }
    }

    private static void close(@Nullable Connection connection) {
        if (connection == null) {
            return;
        }
        try {
            connection.close();
        } catch (SQLException e) {
            // Everything that was to be kept is committed.
            return;
        }
    }
}
