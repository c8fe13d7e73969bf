package io.keyturn.proof.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.sandbox.http.DoorOptions;
import io.keyturn.sandbox.http.SandboxServer;
import io.keyturn.sandbox.world.World;
import io.keyturn.sandbox.world.WorldSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a person reads where the store cannot be used: the journal stops a run, the memory of key IDs only warns. */
@Timeout(120)
class BadStoreTest {
    private static SandboxServer server;

    @TempDir
    Path home;

    @BeforeAll
    static void open() throws IOException {
        World world = World.generate(new WorldSpec(5, 1, 30, 0.2, Instant.now()));
        server = SandboxServer.start(world, DoorOptions.defaults(), InstantSource.system());
    }

    @AfterAll
    static void close() {
        server.close();
    }

    private Tool tool() {
        return new Tool(home).on(server);
    }

    private Path journal() throws Exception {
        Path store = home.resolve("keyturn.db");
        Tool.Ended ended = tool().run("stop", "--why", "drill", "--store", store.toString());
        assertThat(ended.exit()).as("%s", ended).isZero();
        return store;
    }

    private Path keyIds() throws Exception {
        Path store = home.resolve("keyturn.db");
        Tool.Ended ended = scan();
        assertThat(ended.exit()).as("%s", ended).isZero();
        assertThat(ended.said()).isEmpty();
        return store.resolveSibling("keyturn-key-ids.db");
    }

    private Tool.Ended scan() throws Exception {
        return tool().run(
                        "scan",
                        "--read",
                        "report",
                        "--store",
                        home.resolve("keyturn.db").toString());
    }

    private static void sql(Path file, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void readOnly(Path... files) throws IOException {
        for (Path file : files) {
            Files.setPosixFilePermissions(
                    file, PosixFilePermissions.fromString(Files.isDirectory(file) ? "r-xr-xr-x" : "r--r--r--"));
        }
    }

    /** Runs it so that permissions count: the superuser is asked for none unless that power is given up. */
    private Tool.Ended permitted(String... arguments) throws Exception {
        boolean root = "root".equals(System.getProperty("user.name"));
        return tool().inShell((root ? "exec setpriv --bounding-set=-dac_override -- " : "exec ") + "\"$@\"", arguments);
    }

    private static void stopped(Tool.Ended ended, String message) {
        assertThat(ended.said()).isEqualTo("keyturn: " + message + "\n");
        assertThat(ended.exit()).isEqualTo(3);
        assertThat(ended.out()).isEmpty();
    }

    private static void warned(Tool.Ended ended, Path file, String why, String advice) {
        assertThat(ended.said())
                .isEqualTo("keyturn: could not open the memory of key IDs " + file + ": " + why
                        + "; this run goes on without it and needs more calls. To mend it, " + advice + ".\n");
        assertThat(ended.exit()).isZero();
        assertThat(ended.out()).contains("keys need a decision");
    }

    @Test
    void a_journal_that_is_no_database_stops_whatever_needs_it() throws Exception {
        Path store = Files.writeString(home.resolve("keyturn.db"), "this is no database".repeat(100));
        for (String command : List.of("scan", "history", "run")) {
            stopped(
                    tool().run(command, "--store", store.toString()),
                    "could not open the file of the journal " + store + ": the file is damaged or no SQLite file;"
                            + " restore it from a copy, or move it aside and start a new one: every key is then"
                            + " announced anew before anything happens to it");
        }
        assertThat(Files.readString(store)).as("it is kept").startsWith("this is no database");
    }

    @Test
    void a_journal_of_a_newer_version_is_left_as_it_is() throws Exception {
        Path store = journal();
        sql(store, "PRAGMA user_version = 99");
        String newer = "could not use the tables of the journal " + store
                + ": a newer Keyturn wrote it: its tables are of" + " version 99, this one knows 1; update Keyturn";
        stopped(tool().run("history", "--store", store.toString()), newer);
        stopped(scan(), newer);
    }

    @Test
    void a_journal_that_cannot_be_written_takes_no_decision() throws Exception {
        Path store = journal();
        readOnly(store, home);
        stopped(
                permitted("resume", "--why", "drill", "--store", store.toString()),
                "could not open the file of the journal " + store
                        + ": it cannot be written; make file and folder writable");
    }

    @Test
    void a_journal_that_another_process_holds_is_waited_for_and_then_given_up() throws Exception {
        Path store = journal();
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + store);
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            assertThat(tool().run("history", "--store", store.toString()).exit())
                    .isZero();
            stopped(
                    tool().run("resume", "--why", "drill", "--store", store.toString()),
                    "could not write the lines of the journal " + store + ": another process holds it locked; wait for"
                            + " that one to end, then run again");
            statement.execute("ROLLBACK");
        }
    }

    @Test
    void a_memory_of_key_ids_that_is_no_database_is_done_without() throws Exception {
        Path file = keyIds();
        Files.writeString(file, "this is no database".repeat(100));
        warned(scan(), file, "it is damaged or no SQLite file", "delete it: it is only a cache and will be made anew");
    }

    @Test
    void a_memory_of_key_ids_of_a_newer_version_is_done_without() throws Exception {
        Path file = keyIds();
        sql(file, "PRAGMA user_version = 99");
        warned(
                scan(),
                file,
                "it was written by a newer version of Keyturn (its tables are of version 99, this one knows 1)",
                "update Keyturn, or name another file");
    }

    @Test
    void a_memory_of_key_ids_that_cannot_be_written_is_done_without() throws Exception {
        Path file = keyIds();
        readOnly(file);
        warned(
                permitted(
                        "scan",
                        "--read",
                        "report",
                        "--store",
                        home.resolve("keyturn.db").toString()),
                file,
                "it cannot be written",
                "make it writable, or name another file");
    }

    @Test
    void a_memory_of_key_ids_that_another_process_holds_is_done_without() throws Exception {
        Path file = keyIds();
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN EXCLUSIVE");
            warned(scan(), file, "another process holds it locked", "wait for that one, or give this run another file");
            statement.execute("ROLLBACK");
        }
    }
}
