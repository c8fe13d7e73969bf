package io.keyturn.adapters.store;

import io.keyturn.core.model.Standing;
import io.keyturn.core.report.OwnerRow;
import io.keyturn.engine.catalog.Catalog;
import io.keyturn.engine.catalog.DayTotal;
import io.keyturn.engine.catalog.KeyPage;
import io.keyturn.engine.catalog.KeyQuery;
import io.keyturn.engine.catalog.SeenAccount;
import io.keyturn.engine.catalog.SeenKey;
import io.keyturn.engine.catalog.SeenPlan;
import io.keyturn.engine.catalog.SeenRun;
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
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.core.JacksonException;

/** The catalog in one SQLite file, beside the journal. */
public final class SqliteCatalog implements Catalog {
    private final String place;
    private final Connection connection;
    private final ReentrantLock lock = new ReentrantLock();
    private final CatalogMemo memo = new CatalogMemo();

    private SqliteCatalog(String place, Connection connection) {
        this.place = place;
        this.connection = connection;
    }

    /** Opens the file, making it and its folders where they are missing. Of an older or newer version it is made anew. */
    public static SqliteCatalog open(Path file) throws StoreFailure {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
            try {
                CatalogTables.prepare(connection);
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
            return new SqliteCatalog(file.toString(), connection);
        } catch (SQLException e) {
            throw CatalogTables.failure("open the file", file.toString(), e);
        } catch (IOException e) {
            throw CatalogTables.failure(
                    "make the folder", file.toString(), "its folder cannot be made", "name another store", e);
        }
    }

    @Override
    public void put(SeenAccount account, List<SeenKey> keys) throws StoreFailure {
        writing(() -> {
            write(account);
            update("DELETE FROM keys WHERE account = ?", account.id());
            try (PreparedStatement insert = connection.prepareStatement(CatalogTables.INSERT_KEY)) {
                for (SeenKey key : keys) {
                    CatalogTables.bind(insert, account.id(), key);
                    insert.addBatch();
                }
                insert.executeBatch();
            }
        });
    }

    @Override
    public void mark(SeenAccount account) throws StoreFailure {
        writing(() -> write(account));
    }

    private void write(SeenAccount account) throws SQLException {
        update("INSERT OR REPLACE INTO accounts (id, value) VALUES (?, ?)", account.id(), CatalogForm.text(account));
    }

    @Override
    public void keepOnly(Set<String> accounts) throws StoreFailure {
        for (SeenAccount known : accounts()) {
            if (!accounts.contains(known.id())) {
                writing(() -> {
                    update("DELETE FROM accounts WHERE id = ?", known.id());
                    update("DELETE FROM keys WHERE account = ?", known.id());
                });
            }
        }
    }

    @Override
    public void put(SeenRun run) throws StoreFailure {
        writing(() -> update(
                "INSERT OR REPLACE INTO runs (name, began, value) VALUES (?, ?, ?)",
                run.name(),
                run.began().toEpochMilli(),
                CatalogForm.text(run)));
    }

    @Override
    public void put(SeenPlan plan) throws StoreFailure {
        writing(() -> update("INSERT OR REPLACE INTO plan (one, value) VALUES (1, ?)", CatalogForm.text(plan)));
    }

    @Override
    public void put(DayTotal total) throws StoreFailure {
        writing(() -> update(
                "INSERT OR REPLACE INTO days (day, value) VALUES (?, ?)",
                total.day().toEpochDay(),
                CatalogForm.text(total)));
    }

    @Override
    public List<SeenAccount> accounts() throws StoreFailure {
        return known(
                "accounts",
                () -> values("SELECT value FROM accounts", SeenAccount.class).stream()
                        .sorted(SeenAccount.BY_NAME)
                        .toList());
    }

    @Override
    public KeyPage keys(KeyQuery query) throws StoreFailure {
        return known(List.of("keys", query), () -> page(query));
    }

    private KeyPage page(KeyQuery query) throws StoreFailure {
        CatalogSearch search = CatalogSearch.of(query, true);
        int total = 0;
        for (int count : counted(search).values()) {
            total += count;
        }
        List<Object> values = new ArrayList<>(search.values());
        values.add(query.size());
        values.add((long) query.page() * query.size());
        List<SeenKey> keys = values(
                "SELECT value FROM keys" + search.where() + " ORDER BY " + CatalogSearch.order(query)
                        + " LIMIT ? OFFSET ?",
                SeenKey.class,
                values.toArray());
        return new KeyPage(keys, total);
    }

    @Override
    public Map<Standing, Integer> counts(KeyQuery query) throws StoreFailure {
        return known(
                List.of("counts", query), () -> Collections.unmodifiableMap(counted(CatalogSearch.of(query, false))));
    }

    private Map<Standing, Integer> counted(CatalogSearch search) throws StoreFailure {
        Map<Standing, Integer> counts = new EnumMap<>(Standing.class);
        rows(
                "SELECT standing, count(*) FROM keys" + search.where() + " GROUP BY standing",
                row -> counts.put(Standing.values()[row.getInt(1)], row.getInt(2)),
                search.values().toArray());
        return counts;
    }

    @Override
    public Optional<SeenKey> key(String name) throws StoreFailure {
        return values("SELECT value FROM keys WHERE name = ?", SeenKey.class, name).stream()
                .findFirst();
    }

    @Override
    public List<OwnerRow> owners() throws StoreFailure {
        return known("owners", this::ownersNow);
    }

    private List<OwnerRow> ownersNow() throws StoreFailure {
        Map<String, Map<Standing, Integer>> owners = new HashMap<>();
        rows(
                "SELECT owner, standing, count(*) FROM keys GROUP BY owner, standing",
                row -> owners.computeIfAbsent(row.getString(1), any -> new EnumMap<>(Standing.class))
                        .put(Standing.values()[row.getInt(2)], row.getInt(3)));
        return OwnerRow.of(owners);
    }

    @Override
    public List<DayTotal> days() throws StoreFailure {
        return known("days", () -> values("SELECT value FROM days ORDER BY day", DayTotal.class));
    }

    @Override
    public List<SeenRun> runs(int most) throws StoreFailure {
        return values("SELECT value FROM runs ORDER BY began DESC, name DESC LIMIT ?", SeenRun.class, most);
    }

    @Override
    public Optional<SeenPlan> plan() throws StoreFailure {
        return known(
                "plan",
                () -> values("SELECT value FROM plan", SeenPlan.class).stream().findFirst());
    }

    /** What stands in the file, looked up again only where it was changed since, by whomever. */
    private <T> T known(Object question, CatalogMemo.Look<T> look) throws StoreFailure {
        lock.lock();
        try {
            long[] version = {0};
            // SQLite counts what other connections write, and not what this one does.
            rows("PRAGMA data_version", row -> version[0] = row.getLong(1));
            return memo.answer(question, version[0], look);
        } finally {
            lock.unlock();
        }
    }

    /** Takes one row. */
    private interface Row {
        void take(ResultSet row) throws SQLException;
    }

    private <T> List<T> values(String sql, Class<T> type, Object... values) throws StoreFailure {
        List<String> texts = new ArrayList<>();
        rows(sql, row -> texts.add(row.getString(1)), values);
        try {
            return texts.stream().map(text -> CatalogForm.value(text, type)).toList();
        } catch (JacksonException e) {
            throw CatalogTables.damaged(place, e);
        }
    }

    private void rows(String sql, Row taker, Object... values) throws StoreFailure {
        lock.lock();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            set(select, values);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    taker.take(row);
                }
            }
        } catch (SQLException e) {
            throw CatalogTables.failure("read", place, e);
        } finally {
            lock.unlock();
        }
    }

    private void update(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            set(statement, values);
            statement.executeUpdate();
        }
    }

    private static void set(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    /** What one transaction does. */
    private interface Change {
        void make() throws SQLException;
    }

    private void writing(Change change) throws StoreFailure {
        lock.lock();
        memo.forget();
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            try {
                change.make();
                statement.execute("COMMIT");
            } catch (SQLException | RuntimeException e) {
                statement.execute("ROLLBACK");
                throw e;
            }
        } catch (SQLException e) {
            throw CatalogTables.failure("write", place, e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            connection.close();
        } catch (SQLException e) {
            // What was put is committed; the next run opens it again and tells what is wrong.
            return;
        } finally {
            lock.unlock();
        }
    }
}
