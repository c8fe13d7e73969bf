package io.keyturn.adapters.store;

import io.keyturn.core.model.Problem;
import io.keyturn.engine.port.StoreFailure;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The tables of a journal's file, and the steps that bring an older file up to them. SQLite's {@code user_version}
 * counts the steps done; a step, once released, never changes.
 */
final class SqliteSchema {
    /** SQLite's {@code application_id} of a journal: "KTRN". A file with tables and another one is somebody else's. */
    private static final int OURS = 0x4b54524e;

    private static final List<List<String>> STEPS = List.of(List.of(
            "CREATE TABLE lines (stream TEXT NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL, text TEXT NOT NULL,"
                    + " hash TEXT NOT NULL, user TEXT, key TEXT, PRIMARY KEY (stream, seq)) WITHOUT ROWID",
            "CREATE INDEX lines_by_user ON lines (user, stream, seq) WHERE user IS NOT NULL",
            "CREATE INDEX lines_by_key ON lines (key, stream, seq) WHERE key IS NOT NULL",
            "CREATE TABLE heads (stream TEXT PRIMARY KEY, seq INTEGER NOT NULL, hash TEXT NOT NULL) WITHOUT ROWID",
            "CREATE TABLE registers (name TEXT PRIMARY KEY, version INTEGER NOT NULL, value TEXT NOT NULL)"
                    + " WITHOUT ROWID"));

    private SqliteSchema() {}

    /**
     * Makes or brings up to date the tables.
     *
     * @throws StoreFailure {@code NEWER} where a later Keyturn made them, {@code DAMAGED} where the file is another's
     */
    static void prepare(Connection connection, String place) throws SQLException, StoreFailure {
        try (Statement statement = connection.createStatement()) {
            if (version(statement, place) == STEPS.size()) {
                return;
            }
            // Two processes may come here at once: the second finds the work done.
            statement.execute("BEGIN IMMEDIATE");
            statement.execute("PRAGMA application_id = " + OURS);
            for (int step = number(statement, "PRAGMA user_version"); step < STEPS.size(); step++) {
                for (String sql : STEPS.get(step)) {
                    statement.execute(sql);
                }
                statement.execute("PRAGMA user_version = " + (step + 1));
            }
            statement.execute("COMMIT");
        }
    }

    /** The version that this Keyturn's tables have. */
    static int current() {
        return STEPS.size();
    }

    /**
     * The version that the tables of a file have, 0 where there is none yet.
     *
     * @throws StoreFailure {@code NEWER} where a later Keyturn made them, {@code DAMAGED} where the file is another's
     */
    static int version(Statement statement, String place) throws SQLException, StoreFailure {
        int version = number(statement, "PRAGMA user_version");
        if (number(statement, "PRAGMA application_id") != OURS && (version != 0 || hasTables(statement))) {
            throw new StoreFailure(
                    StoreFailure.Kind.DAMAGED,
                    new Problem(
                            "use the tables",
                            "the journal " + place,
                            "the file is a database of something else",
                            "name another file as the store"));
        }
        if (version > STEPS.size()) {
            throw new StoreFailure(
                    StoreFailure.Kind.NEWER,
                    new Problem(
                            "use the tables",
                            "the journal " + place,
                            "a newer Keyturn wrote it: its tables are of version " + version + ", this one knows "
                                    + STEPS.size(),
                            "update Keyturn"));
        }
        return version;
    }

    private static boolean hasTables(Statement statement) throws SQLException {
        return number(statement, "SELECT count(*) FROM sqlite_schema") > 0;
    }

    private static int number(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getInt(1) : 0;
        }
    }
}
