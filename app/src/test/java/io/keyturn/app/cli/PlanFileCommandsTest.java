package io.keyturn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.keyturn.app.config.Sha256;
import io.keyturn.sandbox.http.DoorOptions;
import io.keyturn.sandbox.http.SandboxServer;
import io.keyturn.sandbox.world.World;
import io.keyturn.sandbox.world.WorldSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@Timeout(120)
class PlanFileCommandsTest {
    private static final String FILE = """
            policies:
              - name: everybody
                age: {warn: 10d, expire: 20d, on-warn: [remind], on-expire: [remind, deactivate]}
            owners: [{default: {email: security@example.com}}]
            stages: [{stage: notify}]
            """;

    @TempDir
    private Path folder;

    private SandboxServer server;
    private Line line;
    private Path plan;

    @BeforeEach
    void start() throws Exception {
        World world = World.generate(new WorldSpec(3, 1, 30, 0.1, Instant.now()));
        server = SandboxServer.start(world, DoorOptions.defaults(), InstantSource.system());
        line = new Line(folder).on(server);
        plan = folder.resolve("plan.json");
        configure(FILE);
    }

    private void configure(String yaml) throws Exception {
        Files.writeString(folder.resolve("keyturn.yaml"), yaml);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private int run(String command, String... words) {
        String[] all = new String[words.length + 3];
        all[0] = command;
        System.arraycopy(words, 0, all, 1, words.length);
        all[words.length + 1] = "--config";
        all[words.length + 2] = folder.resolve("keyturn.yaml").toString();
        return line.run(all);
    }

    private void make() {
        assertThat(run("plan", "--out", plan.toString())).as(line.err()).isZero();
    }

    private String refusal() {
        assertThat(run("apply", plan.toString(), "--yes")).isEqualTo(Keyturn.USAGE);
        assertThat(line.out()).as("nothing is read, and nothing done").isEmpty();
        return line.err().strip();
    }

    private ObjectNode json() throws Exception {
        return (ObjectNode) JsonMapper.shared().readTree(Files.readString(plan));
    }

    /** Another plan whose hash fits, as another version or another machine would have written it. */
    private void rewrite(Consumer<ObjectNode> change) throws Exception {
        ObjectNode node = json();
        change.accept(node);
        node.remove("hash");
        node.put("hash", Sha256.of(node.toString()));
        Files.writeString(plan, node.toString());
    }

    @Test
    void a_plan_is_written_whole_with_what_it_is_bound_to_and_fits_its_published_schema() throws Exception {
        make();

        assertThat(line.err())
                .containsPattern(
                        "keyturn: the plan is in .*plan.json: [0-9]+ steps, hash [0-9a-f]{4} [0-9a-f]{4}, valid"
                                + " until ");
        String schema = Files.readString(Path.of("..", "docs", "reference", "plan.schema.json"));
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(schema, InputFormat.JSON)
                        .validate(Files.readString(plan), InputFormat.JSON))
                .isEmpty();
        JsonNode first = json().at("/actions/0");
        assertThat(first.get("userId").asString()).startsWith("AIDA");
        assertThat(first.get("keyId").asString()).startsWith("AKIA");
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> String.valueOf(file.getFileName()))).noneMatch(name -> name.endsWith(".tmp"));
        }
    }

    @Test
    void the_plan_of_one_user_holds_no_other() throws Exception {
        assertThat(run("plan", "--out", plan.toString(), "--user", "three-keys"))
                .as(line.err())
                .isZero();

        assertThat(json().get("actions"))
                .isNotEmpty()
                .allSatisfy(action -> assertThat(action.get("user").asString()).isEqualTo("three-keys"));
        assertThat(run("plan", "--out", plan.toString(), "--policy", "everybody"))
                .isEqualTo(Keyturn.USAGE);
        assertThat(line.err()).contains("--policy narrows what is shown, not what is planned; narrow with --user");
    }

    @Test
    void a_plan_is_applied_step_by_step_and_narrowed_but_never_widened() throws Exception {
        make();
        int all = json().get("actions").size();

        run("apply", plan.toString(), "--yes");
        // Without a channel no notice goes out: what counts here is which steps are tried.
        assertThat(line.out().lines().filter(said -> said.startsWith("failed     remind")))
                .hasSize(all);

        run("apply", plan.toString(), "--yes", "--user", "three-keys");
        assertThat(line.out().lines().filter(said -> said.startsWith("failed     remind")))
                .isNotEmpty()
                .allMatch(said -> said.contains("three-keys"));
        assertThat(run("apply", plan.toString(), "--yes", "--only", "deactivate"))
                .isZero();
        assertThat(line.out()).contains("0 done, 0 skipped, 0 not done");
    }

    @Test
    void what_the_world_no_longer_agrees_with_is_refused_with_why_and_the_rest_is_done() throws Exception {
        make();
        int all = json().get("actions").size();
        assertThat(run("snooze", "three-keys", "--until", day(), "--why", "leave"))
                .as(line.err())
                .isZero();

        assertThat(run("apply", plan.toString(), "--yes")).isEqualTo(Keyturn.NOT_READ);

        long refused = line.out()
                .lines()
                .filter(said ->
                        said.matches("refused +remind +three-keys · .{4} · fernhill: snoozed by alice: leave.*"))
                .count();
        assertThat(refused).isPositive();
        assertThat(line.out().lines().filter(said -> said.startsWith("failed     remind")))
                .hasSize(all - (int) refused);
    }

    private static String day() {
        return Instant.now().plusSeconds(5 * 86_400L).toString().substring(0, 10);
    }

    @Test
    void a_plan_of_another_account_is_refused_with_both() throws Exception {
        make();
        rewrite(node -> ((ObjectNode) node.at("/accounts/0")).put("id", "999988887777"));

        run("apply", plan.toString(), "--yes");

        assertThat(line.err())
                .contains("keyturn: the plan is of fernhill (999988887777), and the configuration reaches 111122223333;"
                        + " nothing was done: apply it where these accounts are configured");
    }

    @Test
    void a_plan_that_is_cut_short_is_refused() throws Exception {
        make();
        String text = Files.readString(plan);
        Files.writeString(plan, text.substring(0, text.length() / 2));

        assertThat(refusal())
                .containsPattern("^keyturn: the plan in .*plan.json is not applied: it is no whole JSON, perhaps cut"
                        + " short, at line [0-9]+; make it again with `keyturn plan --out FILE`$");
    }

    @Test
    void a_plan_that_was_edited_is_refused() throws Exception {
        make();
        Files.writeString(plan, Files.readString(plan).replace("three-keys", "four-keys"));

        assertThat(refusal())
                .endsWith(
                        "is not applied: it is not as it was written: its hash does not fit; make it again, and narrow"
                                + " with --user, --account or --only instead of editing it");
    }

    @Test
    void a_plan_of_another_version_is_refused() throws Exception {
        make();
        rewrite(node -> node.put("schema", "https://keyturn.io/schema/plan/2"));

        assertThat(refusal())
                .endsWith("is not applied: it is of version 2 and this Keyturn knows version 1; make it again with this"
                        + " one, or apply it with the one that made it");
    }

    @Test
    void a_plan_whose_time_is_over_or_to_come_is_refused() throws Exception {
        make();
        rewrite(node -> node.put("validUntil", "2020-01-01T00:00:00Z"));
        assertThat(refusal()).endsWith("is not applied: it was valid until 2020-01-01T00:00:00Z; make it again");

        make();
        rewrite(node -> node.put("made", "2099-01-01T00:00:00Z"));
        assertThat(refusal())
                .endsWith(
                        "is not applied: it was made at 2099-01-01T00:00:00Z, which is still to come; check the clock");
    }

    @Test
    void a_plan_that_was_judged_otherwise_is_refused_and_one_that_was_read_otherwise_is_not() throws Exception {
        make();
        configure(FILE.replace("expire: 20d", "expire: 21d"));
        assertThat(refusal()).contains("is not applied: the configuration judges otherwise than when it was made:");

        configure(FILE + "fast: true\n");
        run("apply", plan.toString(), "--yes");
        assertThat(line.err()).doesNotContain("not applied");
    }

    @Test
    void what_is_no_plan_at_all_is_refused() throws Exception {
        assertThat(refusal()).endsWith("there is no such file; write one with `keyturn plan --out FILE`");
        Files.writeString(plan, "[]");
        assertThat(refusal()).endsWith("it is no plan; make one with `keyturn plan --out FILE`");
        make();
        rewrite(node -> ((ObjectNode) node.at("/actions/0")).put("action", "explode"));
        assertThat(refusal())
                .endsWith("a part of it cannot be understood: nothing is called \"explode\"; make it again");
    }

    @Test
    void where_it_cannot_be_written_nothing_is_left_and_the_exit_code_says_so() {
        Path nowhere = folder.resolve("missing").resolve("plan.json");

        assertThat(run("plan", "--out", nowhere.toString())).isEqualTo(Keyturn.NOT_READ);
        assertThat(line.err())
                .contains("keyturn: could not write the plan to " + nowhere
                        + ": its folder does not exist; nothing was written there: free some space, or write it"
                        + " elsewhere");
    }
}
