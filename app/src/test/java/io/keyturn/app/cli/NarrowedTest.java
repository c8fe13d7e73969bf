package io.keyturn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.sandbox.http.DoorOptions;
import io.keyturn.sandbox.http.SandboxServer;
import io.keyturn.sandbox.world.SimUser;
import io.keyturn.sandbox.world.World;
import io.keyturn.sandbox.world.WorldSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is narrowed to a name that nobody and nothing bears does not pass for clean. */
@Timeout(120)
class NarrowedTest {
    @TempDir
    private Path folder;

    private SandboxServer server;
    private Line line;
    private String file;

    @BeforeEach
    void start() throws Exception {
        Instant now = Instant.now();
        World world = World.generate(new WorldSpec(3, 1, 30, 0.1, now));
        Instant since = now.minus(Duration.ofDays(10));
        List<String> none = List.of();
        world.management()
                .add(
                        new SimUser(
                                "keyless",
                                "AIDAEXAMPLEKEYLESS",
                                "/",
                                now,
                                true,
                                true,
                                Map.of(),
                                none,
                                none,
                                none,
                                null,
                                List.of()),
                        since);
        server = SandboxServer.start(world, DoorOptions.defaults(), InstantSource.system());
        line = new Line(folder).on(server);
        file = Files.writeString(folder.resolve("keyturn.yaml"), """
                        policies: [{name: everybody, age: {warn: 10d, expire: 20d}}]
                        stages: [{stage: notify}]
                        """).toString();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_user_whom_nobody_knows_is_refused_by_whatever_shows_or_acts() {
        for (String command : List.of("scan", "plan", "run")) {
            assertThat(line.run(command, "--config", file, "--user", "keylss"))
                    .as(line.out() + line.err())
                    .isEqualTo(Keyturn.USAGE);
            assertThat(line.err())
                    .endsWith(
                            "keyturn: --user: no user is named \"keylss\" in what was read; did you mean \"keyless\"?\n");
        }
        Path plan = folder.resolve("plan.json");
        assertThat(line.run("plan", "--config", file, "--user", "quite-another", "--out", plan.toString()))
                .isEqualTo(Keyturn.USAGE);
        assertThat(line.err()).contains("see `keyturn scan --all` for the names");
        assertThat(plan).doesNotExist();
    }

    @Test
    void a_user_who_has_no_key_is_known_and_another_part_of_the_accounts_may_hold_whom_this_one_does_not() {
        assertThat(line.run("scan", "--config", file, "--user", "keyless", "--fail-on", "unknown"))
                .isZero();
        assertThat(line.run("scan", "--config", file, "--user", "nobody", "--shard", "1/2"))
                .isZero();
    }

    @Test
    void a_policy_that_is_none_is_refused_before_anything_is_read() {
        assertThat(line.run("scan", "--config", file, "--policy", "everbody")).isEqualTo(Keyturn.USAGE);
        assertThat(line.err())
                .isEqualTo("keyturn: --policy: no policy is named \"everbody\"; did you mean \"everybody\"?\n");
        assertThat(line.run("plan", "--demo", "--policy", "x")).isEqualTo(Keyturn.USAGE);
        assertThat(line.err()).startsWith("keyturn: --policy: no policy is named \"x\"; there are ");
        assertThat(line.run("scan", "--config", file, "--policy", "everybody")).isZero();
    }

    @Test
    void a_plan_is_not_written_over_a_folder() {
        assertThat(line.run("plan", "--config", file, "--out", folder.toString()))
                .isEqualTo(Keyturn.NOT_READ);
        assertThat(line.err())
                .contains("could not write the plan to " + folder + ": it is a folder, and a plan is a file");
    }

    @Test
    void stopping_and_resuming_say_what_is_so_then_and_a_history_without_a_line_says_that_too() {
        String store = folder.resolve("k.db").toString();
        assertThat(line.run("history", "--store", store)).isZero();
        assertThat(line.out()).isEmpty();
        assertThat(line.err()).isEqualTo("keyturn: nothing was done, said or decided yet\n");

        assertThat(line.run("stop", "--why", "a drill", "--store", store)).isZero();
        assertThat(line.out())
                .isEqualTo("stopped: no worker on this store starts a change until `keyturn resume`; keyturn scan and"
                        + " plan still read\n");
        assertThat(line.run("resume", "--why", "it is over", "--store", store)).isZero();
        assertThat(line.out()).isEqualTo("resumed: workers on this store start changes again\n");

        assertThat(line.run("history", "--store", store, "--user", "nobody")).isZero();
        assertThat(line.err()).isEqualTo("keyturn: nothing that fits was done, said or decided yet\n");
        assertThat(line.run("history", "--store", store, "--since", "yesterday"))
                .isEqualTo(Keyturn.USAGE);
        assertThat(line.err())
                .startsWith("keyturn: Invalid value for option '--since': \"yesterday\" is no day; write for example"
                        + " 2026-11-01\n");
    }
}
