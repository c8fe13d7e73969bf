package io.keyturn.proof.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.proof.process.Tool.Ended;
import io.keyturn.proof.process.Tool.Started;
import io.keyturn.sandbox.fault.Fate;
import io.keyturn.sandbox.fault.Faults;
import io.keyturn.sandbox.fault.Operation;
import io.keyturn.sandbox.http.DoorOptions;
import io.keyturn.sandbox.http.SandboxServer;
import io.keyturn.sandbox.world.World;
import io.keyturn.sandbox.world.WorldSpec;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.util.OSInfo;

/** Processes that act on one account, with the journal in a file: a second one meanwhile, and one that is interrupted. */
@Timeout(120)
class ActingProcessTest {
    private static final String CONFIGURATION = """
            policies:
              - name: everybody
                age: {expire: 20d, on-expire: [deactivate]}
                cut-in-use: true
            first-notice: none
            stages:
              - {stage: enforce}
            """;

    @TempDir
    private Path home;

    private final Switches switches = new Switches();

    @BeforeEach
    void a_configuration_that_switches_off() throws Exception {
        Files.writeString(home.resolve("keyturn.yaml"), CONFIGURATION);
    }

    /** Counts the keys that are switched off; in the middle of the first such act, before its answer, something happens. */
    private static final class Switches implements Faults {
        private final AtomicInteger acts = new AtomicInteger();
        private final CompletableFuture<FutureTask<?>> meanwhile = new CompletableFuture<>();

        @Override
        public Fate before(Operation operation) {
            return Fate.OK;
        }

        @Override
        public void after(Operation operation) {
            if (operation.action().equals("UpdateAccessKey")) {
                acts.incrementAndGet();
                // A task runs once, and every act waits for its end.
                FutureTask<?> task = meanwhile.join();
                task.run();
                try {
                    task.get();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } catch (ExecutionException e) {
                    throw new IllegalStateException(e);
                }
            }
        }

        <T> FutureTask<T> meanwhile(Callable<T> work) {
            FutureTask<T> task = new FutureTask<>(work);
            meanwhile.complete(task);
            return task;
        }
    }

    private SandboxServer world() throws Exception {
        World world = World.generate(new WorldSpec(17, 1, 40, 0.5, Instant.now()));
        return SandboxServer.start(world, DoorOptions.defaults().with(switches), InstantSource.system());
    }

    private int due(Tool tool) throws Exception {
        Ended plan = tool.run("plan", "--output", "json");
        assertThat(plan.exit()).as("%s", plan).isZero();
        int due = plan.out().split("\"action\": \"deactivate\"", -1).length - 1;
        assertThat(due).as(plan.out()).isGreaterThan(5);
        return due;
    }

    private void assertAllOnce(Tool tool, int due) throws Exception {
        assertThat(switches.acts.get()).as("each act once").isEqualTo(due);
        Ended verified = tool.run("history", "verify");
        assertThat(verified.exit()).as("%s", verified).isZero();
    }

    @Test
    void a_second_run_that_starts_meanwhile_leaves_the_account_to_the_first() throws Exception {
        try (SandboxServer server = world()) {
            Tool tool = new Tool(home).on(server);
            int due = due(tool);
            FutureTask<Ended> second = switches.meanwhile(() -> tool.run("run", "--only", "deactivate"));

            Ended first = tool.run("run", "--only", "deactivate");

            assertThat(first.exit()).as("%s", first).isZero();
            assertThat(second.get().exit()).as("%s", second.get()).isEqualTo(3);
            assertThat(second.get().out()).contains(", changes this account until ");
            assertAllOnce(tool, due);
        }
    }

    /** SQLite's library, which it would unpack itself, and which is larger than its files may be. */
    private String unpackedLibrary() throws Exception {
        String name = System.mapLibraryName("sqlitejdbc");
        String packed = "/org/sqlite/native/" + OSInfo.getNativeLibFolderPathForCurrentOS() + "/" + name;
        Path library = home.resolve(name);
        if (!Files.exists(library)) {
            try (InputStream in = Objects.requireNonNull(OSInfo.class.getResourceAsStream(packed))) {
                Files.copy(in, library);
            }
        }
        return "-Dorg.sqlite.lib.path=" + home + " -Dorg.sqlite.lib.name=" + name;
    }

    /** Files may not grow beyond so many KiB: the journal's fits at first, and what is added to it does not for long. */
    @ParameterizedTest
    @ValueSource(ints = 160)
    void a_disk_that_takes_no_more_between_two_acts_loses_nothing_and_is_named(int most) throws Exception {
        try (SandboxServer server = world()) {
            switches.meanwhile(() -> null);
            Tool tool = new Tool(home).on(server);
            int due = due(tool);

            Ended first = tool.with("JAVA_TOOL_OPTIONS", unpackedLibrary())
                    .inShell("ulimit -f " + most + "; exec \"$@\"", "run", "--only", "deactivate");

            assertThat(first.exit()).as("%s", first).isEqualTo(3);
            assertThat(first.out() + first.err())
                    .contains("the disk is full or failing")
                    .doesNotContain("\tat ", "internal error", "cannot rollback");
            assertThat(switches.acts.get()).as("%s", first).isLessThan(due);
            Ended next = tool.run("run", "--only", "deactivate");
            assertThat(next.exit()).as("%s", next).isZero();
            assertAllOnce(tool, due);
        }
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void a_run_that_is_interrupted_begins_nothing_more_and_the_next_one_goes_on(String signal, int exit)
            throws Exception {
        try (SandboxServer server = world()) {
            Tool tool = new Tool(home).on(server);
            int due = due(tool);
            Started started = tool.start("run", "--only", "deactivate");
            switches.meanwhile(() -> {
                String pid = Long.toString(started.process().pid());
                new ProcessBuilder("kill", "-" + signal, pid).start().waitFor();
                // What is under way gets no answer before the run gives it up.
                return started.process().waitFor(4, TimeUnit.SECONDS);
            });

            Ended first = started.await();

            assertThat(first.exit()).as("%s", first).isEqualTo(exit);
            assertThat(first.err())
                    .contains("keyturn: interrupted; what is said to be done is done; the next run finds out what came"
                            + " of an act under way");
            assertThat(switches.acts.get()).isLessThan(due);
            Ended next = tool.run("run", "--only", "deactivate");
            assertThat(next.exit()).as("%s", next).isZero();
            assertAllOnce(tool, due);
        }
    }
}
