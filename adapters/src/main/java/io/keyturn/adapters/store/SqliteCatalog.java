package io.keyturn.adapters.store;

import io.keyturn.core.model.Standing;
import io.keyturn.core.report.AccountRow;
import io.keyturn.core.report.OwnerRow;
import io.keyturn.engine.catalog.Catalog;
import io.keyturn.engine.catalog.DayTotal;
import io.keyturn.engine.catalog.KeyPage;
import io.keyturn.engine.catalog.KeyQuery;
import io.keyturn.engine.catalog.SeenAccount;
import io.keyturn.engine.catalog.SeenKey;
import io.keyturn.engine.catalog.SeenOverview;
import io.keyturn.engine.catalog.SeenPlan;
import io.keyturn.engine.catalog.SeenRun;
import io.keyturn.engine.catalog.SeenTotals;
import io.keyturn.engine.port.StoreFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** The catalog in one SQLite file, beside the journal. */
public final class SqliteCatalog implements Catalog {
    private static final String DAYS = "SELECT value FROM days ORDER BY day";

    /** Of accounts that were read whole their values are left alone. */
    private static final String UNREAD =
            "SELECT value FROM accounts WHERE id IN (SELECT id FROM accounts WHERE state IN (?, ?)"
                    + " ORDER BY name_small, id LIMIT ?) ORDER BY name_small, id";

    private static final String BRIEF = "SELECT brief FROM plan";

    private final String place;
    private final Connection connection;
    private final CatalogRows rows;
    private final CatalogSums sums;
    private final CatalogKeys keys;
    private final ReentrantLock lock = new ReentrantLock();
    private final CatalogMemo memo = new CatalogMemo();

    private SqliteCatalog(String place, Connection connection) {
        this.place = place;
        this.connection = connection;
        this.rows = new CatalogRows(place, connection);
        this.sums = new CatalogSums(rows);
        this.keys = new CatalogKeys(rows, sums);
    }

    /**
     * Opens the file, making it and its folders where they are missing, and brings one of an older Keyturn up to date.
     *
     * @throws StoreFailure {@code NEWER} where a later Keyturn wrote it
     */
    public static SqliteCatalog open(Path file) throws StoreFailure {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
            try {
                CatalogTables.prepare(connection, file.toString());
            } catch (SQLException | StoreFailure e) {
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
    public void put(SeenAccount account, List<SeenKey> found) throws StoreFailure {
        writing(() -> {
            CatalogTables.write(rows, account);
            keys.replace(account.id(), found);
        });
    }

    @Override
    public void mark(SeenAccount account) throws StoreFailure {
        writing(() -> CatalogTables.write(rows, account));
    }

    @Override
    public void keepOnly(Set<String> accounts) throws StoreFailure {
        List<String> known = new ArrayList<>();
        reading(() -> {
            rows.each("SELECT id FROM accounts", row -> known.add(row.getString(1)));
            return known;
        });
        known.removeAll(accounts);
        for (String id : known) {
            writing(() -> {
                keys.replace(id, List.of());
                sums.steps(id, List.of());
                rows.update("DELETE FROM accounts WHERE id = ?", id);
            });
        }
    }

    @Override
    public void put(SeenRun run) throws StoreFailure {
        writing(() -> rows.update(
                "INSERT OR REPLACE INTO runs (name, began, value) VALUES (?, ?, ?)",
                run.name(),
                run.began().toEpochMilli(),
                CatalogForm.text(run)));
    }

    @Override
    public void put(SeenPlan plan) throws StoreFailure {
        writing(() -> CatalogTables.write(rows, plan));
    }

    @Override
    public void put(DayTotal total) throws StoreFailure {
        writing(() -> rows.update(
                "INSERT OR REPLACE INTO days (day, value) VALUES (?, ?)",
                total.day().toEpochDay(),
                CatalogForm.text(total)));
    }

    @Override
    public List<SeenAccount> accounts() throws StoreFailure {
        return known(
                "accounts",
                () -> rows.values("SELECT value FROM accounts", SeenAccount.class).stream()
                        .sorted(SeenAccount.BY_NAME)
                        .toList());
    }

    @Override
    public Optional<SeenAccount> account(String id) throws StoreFailure {
        return reading(() -> rows.value("SELECT value FROM accounts WHERE id = ?", SeenAccount.class, id));
    }

    @Override
    public SeenTotals totals() throws StoreFailure {
        return known("totals", sums::totals);
    }

    @Override
    public SeenOverview overview(SeenOverview.Most most) throws StoreFailure {
        return known(
                most,
                () -> new SeenOverview(
                        sums.totals(),
                        rows.values(
                                "SELECT value FROM accounts ORDER BY decisions DESC, name_small, id LIMIT ?",
                                SeenAccount.class,
                                most.accounts()),
                        rows.values(
                                UNREAD,
                                SeenAccount.class,
                                AccountRow.State.FAILED.ordinal(),
                                AccountRow.State.PARTLY.ordinal(),
                                most.accounts()),
                        sums.days(),
                        page(KeyQuery.toDecide(most.keys())),
                        sums.owners(most.owners()),
                        sums.ownersAll(),
                        rows.values(DAYS, DayTotal.class),
                        rows.value(BRIEF, SeenPlan.Brief.class)));
    }

    @Override
    public KeyPage keys(KeyQuery query) throws StoreFailure {
        return known(List.of("keys", query), () -> page(query));
    }

    private KeyPage page(KeyQuery query) throws SQLException, StoreFailure {
        CatalogSearch search = CatalogSearch.of(query, true);
        int total = 0;
        for (int count : counted(query, true).values()) {
            total += count;
        }
        List<Object> values = new ArrayList<>(search.values());
        values.add(query.size());
        values.add((long) query.page() * query.size());
        List<SeenKey> found = rows.values(
                "SELECT value FROM keys" + search.where() + " ORDER BY " + CatalogSearch.order(query)
                        + " LIMIT ? OFFSET ?",
                SeenKey.class,
                values.toArray());
        return new KeyPage(found, total);
    }

    @Override
    public Map<Standing, Integer> counts(KeyQuery query) throws StoreFailure {
        return known(List.of("counts", query), () -> Collections.unmodifiableMap(counted(query, false)));
    }

    private Map<Standing, Integer> counted(KeyQuery query, boolean byStanding) throws SQLException {
        if (CatalogSearch.isSummed(query)) {
            return sums.counts(CatalogSearch.ofSums(query, byStanding), query.decisions());
        }
        CatalogSearch search = CatalogSearch.of(query, byStanding);
        Map<Standing, Integer> counts = new EnumMap<>(Standing.class);
        rows.each(
                "SELECT standing, count(*) FROM keys" + search.where() + " GROUP BY standing",
                row -> counts.put(Standing.values()[row.getInt(1)], row.getInt(2)),
                search.values().toArray());
        return counts;
    }

    @Override
    public Optional<SeenKey> key(String name) throws StoreFailure {
        return reading(() -> rows.value("SELECT value FROM keys WHERE name = ?", SeenKey.class, name));
    }

    @Override
    public List<OwnerRow> owners() throws StoreFailure {
        return known("owners", () -> sums.owners(-1));
    }

    @Override
    public List<DayTotal> days() throws StoreFailure {
        return known("days", () -> rows.values(DAYS, DayTotal.class));
    }

    @Override
    public List<SeenRun> runs(int most) throws StoreFailure {
        return reading(() ->
                rows.values("SELECT value FROM runs ORDER BY began DESC, name DESC LIMIT ?", SeenRun.class, most));
    }

    @Override
    public Optional<SeenPlan> plan() throws StoreFailure {
        return known("plan", () -> rows.value("SELECT value FROM plan", SeenPlan.class));
    }

    @Override
    public Optional<SeenPlan.Brief> planned() throws StoreFailure {
        return known("planned", () -> rows.value(BRIEF, SeenPlan.Brief.class));
    }

    /** Looks something up. */
    private interface Look<T> {
        T look() throws SQLException, StoreFailure;
    }

    /** What stands in the file, looked up again only where it was changed since, by whomever. */
    private <T> T known(Object question, Look<T> look) throws StoreFailure {
        return reading(() -> {
            long[] version = {0};
            // SQLite counts what other connections write, and not what this one does.
            rows.each("PRAGMA data_version", row -> version[0] = row.getLong(1));
            Optional<T> known = memo.answer(question, version[0]);
            return known.isPresent() ? known.get() : memo.keep(question, atOnce(look));
        });
    }

    /** All of it from one state of the file, whoever writes meanwhile. */
    private <T> T atOnce(Look<T> look) throws SQLException, StoreFailure {
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN");
            try {
                return look.look();
            } finally {
                statement.execute("COMMIT");
            }
        }
    }

    private <T> T reading(Look<T> look) throws StoreFailure {
        lock.lock();
        try {
            return look.look();
        } catch (SQLException e) {
            throw CatalogTables.failure("read", place, e);
        } finally {
            lock.unlock();
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
                SqliteErrors.rollback(statement);
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
