package io.keyturn.adapters.store;

import io.keyturn.core.model.Standing;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.report.AccountRow;
import io.keyturn.core.report.Day;
import io.keyturn.core.report.OwnerRow;
import io.keyturn.engine.catalog.KeyQuery;
import io.keyturn.engine.catalog.SeenTotals;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The sums of a catalog: keys of each account by standing, of each owner by standing, and steps by day. They are written
 * with the account that they are of, in its transaction, so that whoever reads the catalog reads sums of what is in it.
 */
final class CatalogSums {
    private static final int STANDINGS = Standing.values().length;
    private static final long NANOS = 1_000_000_000L;
    private static final String STEPS = "day, notices, rotations, deactivations, deletions";

    /** The columns of an owner's keys by standing: {@code s0, s1, …}. */
    private static final String COLUMNS = columns("s%1$d", ", ");

    /** In the order of {@link OwnerRow}: nobody first where somebody should be named, then the worst of the worst. */
    private static final String MOST_TO_DO =
            "name = '' AND " + busy("s%1$d", " + ") + " > 0 DESC, " + busy("s%1$d DESC", ", ") + ", name";

    static final List<String> MAKE = List.of(
            "CREATE TABLE totals (account TEXT NOT NULL, standing INTEGER NOT NULL, keys INTEGER NOT NULL,"
                    + " deciding INTEGER NOT NULL, PRIMARY KEY (account, standing)) WITHOUT ROWID",
            "CREATE TABLE owners (name TEXT PRIMARY KEY, " + columns("s%1$d INTEGER NOT NULL", ", ")
                    + ") WITHOUT ROWID",
            "CREATE TABLE steps (account TEXT NOT NULL, day INTEGER NOT NULL, notices INTEGER NOT NULL,"
                    + " rotations INTEGER NOT NULL, deactivations INTEGER NOT NULL, deletions INTEGER NOT NULL,"
                    + " PRIMARY KEY (account, day)) WITHOUT ROWID",
            "CREATE TABLE coming (day INTEGER PRIMARY KEY, notices INTEGER NOT NULL, rotations INTEGER NOT NULL,"
                    + " deactivations INTEGER NOT NULL, deletions INTEGER NOT NULL)");

    /** Fills the sums of keys from the keys themselves. */
    static final List<String> COUNT = List.of(
            "INSERT INTO totals (account, standing, keys, deciding)"
                    + " SELECT account, standing, count(*), count(decide) FROM keys GROUP BY account, standing",
            "INSERT INTO owners (name, " + COLUMNS + ") SELECT owner, " + columns("sum(standing = %1$d)", ", ")
                    + " FROM keys GROUP BY owner");

    private static final String ADD_OWNER =
            "INSERT INTO owners (name, " + COLUMNS + ") VALUES (?, " + columns("?", ", ")
                    + ") ON CONFLICT (name) DO UPDATE SET " + columns("s%1$d = s%1$d + excluded.s%1$d", ", ");

    private final CatalogRows rows;

    CatalogSums(CatalogRows rows) {
        this.rows = rows;
    }

    private static String columns(String form, String between) {
        return columns(STANDINGS, form, between);
    }

    /** The same for the standings that ask for something. */
    private static String busy(String form, String between) {
        return columns(Standing.EXEMPT.ordinal(), form, between);
    }

    private static String columns(int count, String form, String between) {
        return IntStream.range(0, count)
                .mapToObj(i -> form.replace("%1$d", Integer.toString(i)))
                .collect(Collectors.joining(between));
    }

    /** Takes an account's keys out of the sums, and puts others in. */
    void replace(String account, Collection<CatalogKeys.Indexed> before, Collection<CatalogKeys.Indexed> after)
            throws SQLException {
        Map<String, int[]> owners = new HashMap<>();
        for (CatalogKeys.Indexed key : before) {
            of(owners, key.owner())[key.standing().ordinal()]--;
        }
        int[] counts = new int[STANDINGS];
        int[] deciding = new int[STANDINGS];
        for (CatalogKeys.Indexed key : after) {
            int standing = key.standing().ordinal();
            counts[standing]++;
            deciding[standing] += key.decide() == null ? 0 : 1;
            of(owners, key.owner())[standing]++;
        }
        rows.update("DELETE FROM totals WHERE account = ?", account);
        for (int i = 0; i < STANDINGS; i++) {
            if (counts[i] > 0) {
                rows.update("INSERT INTO totals VALUES (?, ?, ?, ?)", account, i, counts[i], deciding[i]);
            }
        }
        add(owners);
    }

    private static int[] of(Map<String, int[]> owners, String name) {
        return owners.computeIfAbsent(name, any -> new int[STANDINGS]);
    }

    private void add(Map<String, int[]> owners) throws SQLException {
        // Most accounts have changed little since the last run.
        owners.values().removeIf(counts -> Arrays.stream(counts).allMatch(count -> count == 0));
        try (PreparedStatement add = rows.prepared(ADD_OWNER);
                PreparedStatement clear =
                        rows.prepared("DELETE FROM owners WHERE name = ? AND " + columns("s%1$d", " + ") + " = 0")) {
            for (Map.Entry<String, int[]> owner : owners.entrySet()) {
                add.setString(1, owner.getKey());
                for (int i = 0; i < STANDINGS; i++) {
                    add.setInt(i + 2, owner.getValue()[i]);
                }
                add.addBatch();
                if (Arrays.stream(owner.getValue()).anyMatch(count -> count < 0)) {
                    clear.setString(1, owner.getKey());
                    clear.addBatch();
                }
            }
            add.executeBatch();
            clear.executeBatch();
        }
    }

    /** Replaces an account's steps of the coming days. */
    void steps(String account, List<Day> days) throws SQLException {
        Map<LocalDate, Day> before = new HashMap<>();
        rows.each(
                "SELECT " + STEPS + " FROM steps WHERE account = ?",
                row -> before.put(LocalDate.ofEpochDay(row.getLong(1)), day(row)),
                account);
        try (PreparedStatement sum = rows.prepared("INSERT INTO coming (" + STEPS + ") VALUES (?, ?, ?, ?, ?)"
                        + " ON CONFLICT (day) DO UPDATE SET notices = notices + excluded.notices,"
                        + " rotations = rotations + excluded.rotations,"
                        + " deactivations = deactivations + excluded.deactivations,"
                        + " deletions = deletions + excluded.deletions");
                PreparedStatement own = rows.prepared(
                        "INSERT OR REPLACE INTO steps (" + STEPS + ", account) VALUES (?, ?, ?, ?, ?, ?)")) {
            for (Day day : days) {
                Day known = before.remove(day.date());
                if (known == null ? day.steps() > 0 : !known.equals(day)) {
                    batch(sum, known == null ? day : day.minus(known));
                    own.setString(6, account);
                    batch(own, day);
                }
            }
            for (Day gone : before.values()) {
                batch(sum, new Day(gone.date(), 0, 0, 0, 0).minus(gone));
                rows.update(
                        "DELETE FROM steps WHERE account = ? AND day = ?",
                        account,
                        gone.date().toEpochDay());
            }
            sum.executeBatch();
            own.executeBatch();
        }
    }

    private static void batch(PreparedStatement statement, Day day) throws SQLException {
        statement.setLong(1, day.date().toEpochDay());
        statement.setInt(2, day.notices());
        statement.setInt(3, day.rotations());
        statement.setInt(4, day.deactivations());
        statement.setInt(5, day.deletions());
        statement.addBatch();
    }

    private static Day day(ResultSet row) throws SQLException {
        return new Day(
                LocalDate.ofEpochDay(row.getLong(1)), row.getInt(2), row.getInt(3), row.getInt(4), row.getInt(5));
    }

    SeenTotals totals() throws SQLException {
        Map<Standing, Integer> counts = counts(CatalogSearch.of(KeyQuery.ALL, false), false);
        List<SeenTotals> totals = new ArrayList<>();
        rows.each(
                "SELECT count(*), count(*) FILTER (WHERE state = ?), coalesce(sum(decisions), 0), max(at), max(stage)"
                        + " FROM accounts",
                row -> totals.add(
                        new SeenTotals(row.getInt(1), row.getInt(2), counts, row.getInt(3), instant(row), stage(row))),
                AccountRow.State.FAILED.ordinal());
        return totals.getFirst();
    }

    private static @Nullable Instant instant(ResultSet row) throws SQLException {
        long at = row.getLong(4);
        return row.wasNull() ? null : Instant.ofEpochSecond(Math.floorDiv(at, NANOS), Math.floorMod(at, NANOS));
    }

    private static @Nullable Stage stage(ResultSet row) throws SQLException {
        int stage = row.getInt(5);
        return row.wasNull() ? null : Stage.values()[stage];
    }

    /** An instant as the column {@code at} has it. */
    static long at(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), NANOS), instant.getNano());
    }

    /** The keys that are asked for by standing, or those of them that need a decision within a week. */
    Map<Standing, Integer> counts(CatalogSearch search, boolean deciding) throws SQLException {
        String sum = deciding ? "sum(deciding)" : "sum(keys)";
        Map<Standing, Integer> counts = new EnumMap<>(Standing.class);
        rows.each(
                "SELECT standing, " + sum + " FROM totals" + search.where() + " GROUP BY standing HAVING " + sum
                        + " > 0",
                row -> counts.put(Standing.values()[row.getInt(1)], row.getInt(2)),
                search.values().toArray());
        return counts;
    }

    /** The steps of all accounts by day, of days on which there are some. */
    List<Day> days() throws SQLException {
        List<Day> days = new ArrayList<>();
        rows.each("SELECT " + STEPS + " FROM coming ORDER BY day", row -> days.add(day(row)));
        days.removeIf(day -> day.steps() == 0);
        return days;
    }

    /**
     * The owners with most to do.
     *
     * @param most how many of them; below zero for all
     */
    List<OwnerRow> owners(int most) throws SQLException {
        List<OwnerRow> owners = new ArrayList<>();
        rows.each(
                "SELECT name, " + COLUMNS + " FROM owners ORDER BY " + MOST_TO_DO + " LIMIT ?",
                row -> owners.add(owner(row)),
                most);
        return owners;
    }

    private static OwnerRow owner(ResultSet row) throws SQLException {
        Map<Standing, Integer> counts = new EnumMap<>(Standing.class);
        int keys = 0;
        for (Standing standing : Standing.values()) {
            int count = row.getInt(standing.ordinal() + 2);
            if (count > 0) {
                counts.put(standing, count);
                keys += count;
            }
        }
        return new OwnerRow(row.getString(1), keys, counts);
    }

    int ownersAll() throws SQLException {
        int[] count = {0};
        rows.each("SELECT count(*) FROM owners", row -> count[0] = row.getInt(1));
        return count[0];
    }
}
