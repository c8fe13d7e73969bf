package io.keyturn.adapters.store;

import io.keyturn.engine.port.StoreFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Looks whether a journal's file can be used, and leaves everything as it was. */
public final class SqliteLook {
    private static final int BUSY_MILLIS = 1_000;

    private SqliteLook() {}

    /** What was found where the journal is or would be. */
    public sealed interface Found {
        /** There is none yet, and it can be made. */
        record Nothing() implements Found {}

        /** It can be read and written; the tables of an older version are brought up to date by the next run. */
        record Journal(int version, boolean upToDate) implements Found {}
    }

    /**
     * Looks.
     *
     * @throws StoreFailure saying why it could not be used
     */
    public static Found look(Path file) throws StoreFailure {
        if (!Files.exists(file)) {
            refuseFolder(file);
            return new Found.Nothing();
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = " + BUSY_MILLIS);
            int version = SqliteSchema.version(statement, file.toString());
            // Taking the writer's lock shows that it could write.
            statement.execute("BEGIN IMMEDIATE");
            statement.execute("ROLLBACK");
            return new Found.Journal(version, version == SqliteSchema.current());
        } catch (SQLException e) {
            throw SqliteErrors.failure("open the file", file.toString(), e);
        }
    }

    private static void refuseFolder(Path file) throws StoreFailure {
        Path folder = file.toAbsolutePath().getParent();
        while (folder != null && !Files.exists(folder)) {
            folder = folder.getParent();
        }
        if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
            String why = folder != null && !Files.isDirectory(folder) ? " is no folder" : " cannot be written";
            throw SqliteErrors.failure(
                    StoreFailure.Kind.UNAVAILABLE,
                    "make the file",
                    file.toString(),
                    folder + why,
                    "name another file as the store, or mend the folder",
                    new IOException(folder + why));
        }
    }
}
