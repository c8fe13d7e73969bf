package io.keyturn.adapters.store;

import io.keyturn.core.model.Problem;
import io.keyturn.engine.port.StoreFailure;
import java.sql.SQLException;
import java.sql.Statement;

/** What SQLite's result codes mean for a journal; their numbers are those of SQLite's documentation. */
final class SqliteErrors {
    private static final int BUSY = 5;
    private static final int LOCKED = 6;
    private static final int READ_ONLY = 8;
    private static final int IO = 10;
    private static final int CORRUPT = 11;
    private static final int FULL = 13;
    private static final int CANNOT_OPEN = 14;
    private static final int NOT_A_DATABASE = 26;

    private SqliteErrors() {}

    /** The failure of trying something on a journal's file. */
    static StoreFailure failure(String tried, String place, SQLException cause) {
        // The low byte is the code; the rest only refines it.
        return switch (cause.getErrorCode() & 0xff) {
            case CORRUPT, NOT_A_DATABASE ->
                failure(
                        StoreFailure.Kind.DAMAGED,
                        tried,
                        place,
                        "the file is damaged or no SQLite file",
                        "restore it from a copy, or move it aside and start a new one: every key is then announced"
                                + " anew before anything happens to it",
                        cause);
            case BUSY, LOCKED ->
                unavailable(
                        tried,
                        place,
                        "another process holds it locked",
                        "wait for that one to end, then run again",
                        cause);
            case READ_ONLY -> unavailable(tried, place, "it cannot be written", "make file and folder writable", cause);
            case FULL -> unavailable(tried, place, "the disk is full", "free some space, then run again", cause);
            // Which of its files SQLite could not write or map says nothing to a person; a full disk ends here as well.
            case IO ->
                unavailable(
                        tried,
                        place,
                        "the disk is full or failing (" + cause.getMessage() + ")",
                        "free some space, or see to the disk, then run again",
                        cause);
            case CANNOT_OPEN ->
                unavailable(tried, place, "the file cannot be opened", "check its folder and permissions", cause);
            default -> unavailable(tried, place, words(cause), "mend that, then run again", cause);
        };
    }

    /** What the library says, and beneath it: that a connection fails it says of everything that comes before one. */
    private static String words(SQLException cause) {
        Throwable first = cause;
        while (first.getCause() != null && first.getCause() != first) {
            first = first.getCause();
        }
        String said = String.valueOf(cause.getMessage());
        return first == cause ? said : said + " (" + first.getMessage() + ")";
    }

    /** Ends a transaction that failed. */
    static void rollback(Statement statement) {
        try {
            statement.execute("ROLLBACK");
        } catch (SQLException e) {
            // SQLite has rolled back by itself, as it does when the disk is full; the first failure is the news.
            return;
        }
    }

    private static StoreFailure unavailable(String tried, String place, String why, String advice, SQLException cause) {
        return failure(StoreFailure.Kind.UNAVAILABLE, tried, place, why, advice, cause);
    }

    static StoreFailure failure(
            StoreFailure.Kind kind, String tried, String place, String why, String advice, Throwable cause) {
        return new StoreFailure(kind, new Problem(tried, "the journal " + place, why, advice), cause);
    }
}
