package io.keyturn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.sandbox.http.DoorOptions;
import io.keyturn.sandbox.http.SandboxServer;
import io.keyturn.sandbox.world.World;
import io.keyturn.sandbox.world.WorldSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ApproveCommandTest {
    private static final String FILE = """
            policies:
              - name: everybody
                age: {warn: 10d, expire: 20d, on-warn: [remind], on-expire: [remind, deactivate]}
                cut-in-use: true
            owners: [{default: {email: security@example.com}}]
            stages: [{stage: enforce}]
            first-notice: 1d
            store: journal.db
            """;

    @TempDir
    private Path folder;

    private SandboxServer server;
    private Line line;

    @BeforeEach
    void start() throws Exception {
        World world = World.generate(new WorldSpec(3, 1, 30, 0.1, Instant.now()));
        server = SandboxServer.start(world, DoorOptions.defaults(), InstantSource.system());
        line = new Line(folder).on(server);
        configure(FILE + "approval: two\n");
    }

    private void configure(String yaml) throws Exception {
        Files.writeString(folder.resolve("keyturn.yaml"), yaml);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private int run(String... words) {
        String[] all = new String[words.length + 2];
        System.arraycopy(words, 0, all, 0, words.length);
        all[words.length] = "--config";
        all[words.length + 1] = folder.resolve("keyturn.yaml").toString();
        return line.run(all);
    }

    @Test
    void a_step_that_waits_is_approved_under_the_name_that_aws_gives_and_the_same_person_counts_once() {
        assertThat(run("approve", "three-keys", "--why", "agreed"))
                .as(line.err())
                .isZero();
        assertThat(line.out())
                .containsPattern(
                        "approved: deactivate of three-keys · [A-Z0-9]{4} · fernhill, until [0-9]{4}-.* UTC; 1 of"
                                + " 2: another person must approve it too")
                .containsPattern("by arn:aws:.* \\(so says AWS.*\\)");

        assertThat(run("approve", "three-keys", "--why", "agreed once more")).isZero();
        assertThat(line.out())
                .contains("; 1 of 2: another person must approve it too")
                .doesNotContain("suffices");

        line.run("history", "--store", folder.resolve("journal.db").toString());
        assertThat(line.out()).contains("approve by arn:aws:", "three-keys", ": agreed, until ");
    }

    @Test
    void where_aws_does_not_say_who_it_is_the_system_does_and_it_is_said() throws Exception {
        run("plan", "--out", folder.resolve("plan.json").toString());
        line.with("AWS_SECRET_ACCESS_KEY", "wrong");

        assertThat(run("approve", folder.resolve("plan.json").toString(), "--why", "fine"))
                .as(line.err())
                .isZero();
        assertThat(line.out())
                .containsPattern("approved: plan [0-9a-f]{4} [0-9a-f]{4}, until .* UTC; 1 of 2")
                .containsPattern("by user .+ \\(so says the operating system, as AWS did not say who you are\\)");
    }

    @Test
    void one_suffices_where_one_is_asked_for() throws Exception {
        configure(FILE + "approval: one\n");

        assertThat(run("approve", "b".repeat(64), "--why", "fine"))
                .as(line.err())
                .isZero();
        assertThat(line.out()).contains("approved: plan bbbb bbbb", "; that suffices");
    }

    @Test
    void where_nothing_waits_nothing_is_approved_and_it_is_said_why() throws Exception {
        configure(FILE);
        assertThat(run("approve", "three-keys", "--why", "fine")).isEqualTo(Keyturn.USAGE);
        assertThat(line.err())
                .containsPattern(
                        "keyturn: nothing of three-keys · [A-Z0-9]{4} · fernhill waits: deactivate comes next, and"
                                + " the configuration asks for no approval");

        configure(FILE.replace("enforce", "notify") + "approval: one\n");
        run("approve", "three-keys", "--why", "fine");
        assertThat(line.err())
                .contains("waits: deactivate comes next, and the stage notify of its account does not allow");

        configure(FILE.replace("first-notice: 1d", "first-notice: 30d") + "approval: one\n");
        run("approve", "three-keys", "--why", "fine");
        assertThat(line.err()).containsPattern("waits: deactivate comes only after .*, and an approval holds 3 days");

        run("freeze", "three-keys", "--why", "vendor");
        run("approve", "three-keys", "--why", "fine");
        assertThat(line.err()).contains("waits: frozen by alice: vendor");
        assertThat(line.out()).isEmpty();
    }

    @Test
    void what_is_no_plan_and_nobody_is_answered_with_why() throws Exception {
        assertThat(run("approve", folder.resolve("none.json").toString(), "--why", "x"))
                .isEqualTo(Keyturn.USAGE);
        assertThat(line.err()).contains("none.json is not approved: there is no such file");
        assertThat(run("approve", "three-kyes", "--why", "x")).isEqualTo(Keyturn.USAGE);
        assertThat(line.err()).contains("did you mean \"three-keys\"?");
        assertThat(run("approve", "three-keys", "--why", " ")).isEqualTo(Keyturn.USAGE);
        assertThat(line.err())
                .contains("keyturn: not decided: no reason is given; say why, for whoever reads the journal");
    }
}
