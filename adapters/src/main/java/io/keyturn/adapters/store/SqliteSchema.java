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
            int version = version(statement);
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
            if (version == STEPS.size()) {
                return;
            }
            // Two processes may come here at once: the second finds the work done.
            statement.execute("BEGIN IMMEDIATE");
            for (int step = version(statement); step < STEPS.size(); step++) {
                for (String sql : STEPS.get(step)) {
                    statement.execute(sql);
                }
                statement.execute("PRAGMA user_version = " + (step + 1));
            }
            statement.execute("COMMIT");
        }
    }

    private static int version(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("PRAGMA user_version")) {
            return row.next() ? row.getInt(1) : 0;
        }
    }
}
