package io.keyturn.adapters.store;

import io.keyturn.core.model.Problem;
import io.keyturn.core.policy.Stage;
import io.keyturn.engine.catalog.SeenAccount;
import io.keyturn.engine.catalog.SeenPlan;
import io.keyturn.engine.port.StoreFailure;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The tables of a catalog's file, and the way of an older file to them. */
final class CatalogTables {
    /** Raised whenever a value that is kept in them changes its shape; {@link #renew} brings older files up to it. */
    private static final int VERSION = 2;

    /** The first: without sums, and with no more of an account and a plan than their values. */
    private static final int WITHOUT_SUMS = 1;

    /** SQLite's {@code application_id} of a catalog: "KTRC". */
    private static final int OURS = 0x4b545243;

    private static final int BUSY_MILLIS = 2_000;

    private static final String INSERT_ACCOUNT =
            "INSERT OR REPLACE INTO accounts (id, name_small, state, decisions, stage, at, value)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?)";

    private static final String INSERT_PLAN = "INSERT OR REPLACE INTO plan (one, brief, value) VALUES (1, ?, ?)";

    private static final List<String> TABLES =
            List.of("accounts", "keys", "days", "runs", "plan", "totals", "owners", "steps", "coming");

    private static final List<String> MAKE_ACCOUNTS = List.of(
            "CREATE TABLE accounts (id TEXT PRIMARY KEY, name_small TEXT NOT NULL, state INTEGER NOT NULL,"
                    + " decisions INTEGER NOT NULL, stage INTEGER, at INTEGER NOT NULL, value TEXT NOT NULL)"
                    + " WITHOUT ROWID",
            // All that sums and orders need, so that they leave the values alone.
            "CREATE INDEX accounts_in_brief ON accounts (decisions DESC, name_small, state, stage, at)");

    private static final String MAKE_PLAN =
            "CREATE TABLE plan (one INTEGER PRIMARY KEY, brief TEXT NOT NULL, value TEXT NOT NULL)";

    private static final List<String> MAKE = List.of(
            "CREATE TABLE keys (name TEXT PRIMARY KEY, account TEXT NOT NULL, account_name TEXT NOT NULL,"
                    + " user TEXT NOT NULL, owner TEXT NOT NULL, owner_small TEXT NOT NULL, standing INTEGER NOT NULL,"
                    + " created INTEGER, used INTEGER, decide INTEGER, searched TEXT NOT NULL, value TEXT NOT NULL)",
            "CREATE INDEX keys_by_account ON keys (account, standing)",
            "CREATE INDEX keys_by_owner ON keys (owner, standing)",
            "CREATE INDEX keys_by_standing ON keys (standing, created, account_name, user, name)",
            "CREATE INDEX keys_by_decision ON keys (decide, standing, account_name, user, name)"
                    + " WHERE decide IS NOT NULL",
            "CREATE TABLE days (day INTEGER PRIMARY KEY, value TEXT NOT NULL)",
            "CREATE TABLE runs (name TEXT PRIMARY KEY, began INTEGER NOT NULL, value TEXT NOT NULL) WITHOUT ROWID");

    private CatalogTables() {}

    /**
     * Makes or brings up to date the tables.
     *
     * @throws StoreFailure {@code NEWER} where a later Keyturn made them: that one's trend would be lost with them
     */
    static void prepare(Connection connection, String place) throws SQLException, StoreFailure {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = " + BUSY_MILLIS);
            int application = number(statement, "PRAGMA application_id");
            if (application != OURS && number(statement, "SELECT count(*) FROM sqlite_schema") > 0) {
                throw new SQLException("the file is a database of something else");
            }
            statement.execute("PRAGMA journal_mode = WAL");
            // What the loss of power takes, the next run brings back.
            statement.execute("PRAGMA synchronous = NORMAL");
            if (number(statement, "PRAGMA user_version") == VERSION) {
                return;
            }
            statement.execute("BEGIN IMMEDIATE");
            try {
                renew(statement, new CatalogRows(place, connection), place);
                statement.execute("COMMIT");
            } catch (SQLException | StoreFailure | RuntimeException e) {
                SqliteErrors.rollback(statement);
                throw e;
            }
        }
    }

    private static void renew(Statement statement, CatalogRows rows, String place) throws SQLException, StoreFailure {
        // Two processes may come here at once: the second finds the work done.
        int version = number(statement, "PRAGMA user_version");
        if (version > VERSION) {
            throw newer(place, version);
        }
        if (version == WITHOUT_SUMS) {
            sum(statement, rows);
        } else if (version < VERSION) {
            makeAnew(statement);
        }
        statement.execute("PRAGMA application_id = " + OURS);
        statement.execute("PRAGMA user_version = " + VERSION);
    }

    private static void makeAnew(Statement statement) throws SQLException {
        for (String table : TABLES) {
            statement.execute("DROP TABLE IF EXISTS " + table);
        }
        execute(statement, MAKE);
        execute(statement, MAKE_ACCOUNTS);
        execute(statement, CatalogSums.MAKE);
        statement.execute(MAKE_PLAN);
    }

    private static void execute(Statement statement, List<String> all) throws SQLException {
        for (String sql : all) {
            statement.execute(sql);
        }
    }

    /** Adds the sums to what a Keyturn wrote that knew none. */
    private static void sum(Statement statement, CatalogRows rows) throws SQLException, StoreFailure {
        List<SeenAccount> accounts = rows.values("SELECT value FROM accounts", SeenAccount.class);
        Optional<SeenPlan> plan = rows.value("SELECT value FROM plan", SeenPlan.class);
        // A Keyturn of the first version leaves the tables of sums alone when it makes its own anew.
        for (String table : List.of("accounts", "plan", "totals", "owners", "steps", "coming")) {
            statement.execute("DROP TABLE IF EXISTS " + table);
        }
        execute(statement, MAKE_ACCOUNTS);
        execute(statement, CatalogSums.MAKE);
        execute(statement, CatalogSums.COUNT);
        statement.execute(MAKE_PLAN);
        for (SeenAccount account : accounts) {
            write(rows, account);
        }
        if (plan.isPresent()) {
            write(rows, plan.get());
        }
    }

    /** Writes an account, and its steps. */
    static void write(CatalogRows rows, SeenAccount account) throws SQLException {
        Stage stage = account.stage();
        rows.update(
                INSERT_ACCOUNT,
                account.id(),
                small(account.row().name()),
                account.row().state().ordinal(),
                account.row().decisions(),
                stage == null ? null : stage.ordinal(),
                CatalogSums.at(account.at()),
                CatalogForm.text(account));
        new CatalogSums(rows).steps(account.id(), account.days());
    }

    /** Writes the plan. */
    static void write(CatalogRows rows, SeenPlan plan) throws SQLException {
        rows.update(INSERT_PLAN, CatalogForm.text(plan.brief()), CatalogForm.text(plan));
    }

    private static int number(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getInt(1) : 0;
        }
    }

    private static String small(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static StoreFailure newer(String place, int version) {
        return new StoreFailure(
                StoreFailure.Kind.NEWER,
                new Problem(
                        "open the file",
                        "the catalog " + place,
                        "a newer Keyturn wrote it: its tables are of version " + version + ", this one knows "
                                + VERSION,
                        "update Keyturn; or delete the file, of which only the trend cannot be made anew"));
    }

    static StoreFailure failure(String tried, String place, SQLException cause) {
        StoreFailure.Kind kind = SqliteErrors.failure(tried, place, cause).kind();
        Problem problem = SqliteErrors.failure(tried, place, cause).problem();
        String advice = kind == StoreFailure.Kind.DAMAGED ? ANEW : problem.advice();
        return new StoreFailure(kind, new Problem(tried, "the catalog " + place, problem.why(), advice), cause);
    }

    private static final String ANEW = "delete it: it is only a cache, and the next run fills it anew";

    static StoreFailure failure(String tried, String place, String why, String advice, Throwable cause) {
        return new StoreFailure(
                StoreFailure.Kind.UNAVAILABLE, new Problem(tried, "the catalog " + place, why, advice), cause);
    }

    static StoreFailure damaged(String place, Throwable cause) {
        return new StoreFailure(
                StoreFailure.Kind.DAMAGED,
                new Problem("read", "the catalog " + place, "it holds what no run writes", ANEW),
                cause);
    }
}
