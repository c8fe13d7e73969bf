package io.keyturn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(120)
class StagesCommandTest {
    private static final String FILE = """
            accounts: [{organization: {role: keyturn-read}}]
            policies:
              - name: everybody
                age: {warn: 10d, expire: 20d, on-warn: [remind], on-expire: [remind, ticket]}
                idle: {warn: 30d, expire: 45d, on-warn: [remind], on-expire: [remind, deactivate]}
            stages:
              - {ou: Sandbox, stage: notify}
              - {ou: Workloads/Prod, stage: rotate}
            store: journal.db
            """;

    @TempDir
    private Path folder;

    private SandboxServer server;
    private Line line;

    @BeforeEach
    void start() throws Exception {
        World world = World.generate(new WorldSpec(3, 4, 60, 0.2, Instant.now()));
        server = SandboxServer.start(world, DoorOptions.defaults(), InstantSource.system());
        line = new Line(folder).on(server);
        write(FILE);
    }

    private void write(String yaml) throws Exception {
        Files.writeString(folder.resolve("keyturn.yaml"), yaml);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private int run(String... words) {
        String[] all = new String[words.length + 3];
        all[0] = "stages";
        System.arraycopy(words, 0, all, 1, words.length);
        all[words.length + 1] = "--config";
        all[words.length + 2] = folder.resolve("keyturn.yaml").toString();
        return line.run(all);
    }

    private JsonNode place(String name) throws Exception {
        assertThat(run("--output", "json")).as(line.err()).isZero();
        for (JsonNode place : JsonMapper.shared().readTree(line.out()).get("places")) {
            if (place.get("place").asString().equals(name)) {
                return place;
            }
        }
        throw new AssertionError("no place " + name + " in " + line.out());
    }

    @Test
    void every_unit_has_its_stage_what_the_next_would_do_and_what_is_missing_for_it() throws Exception {
        assertThat(run()).as(line.err()).isZero();

        assertThat(line.out())
                .contains("Sandbox   notify   1 account")
                .containsPattern("rotate +would do nothing today, nothing within 30 days")
                .containsPattern("notify +would do [0-9]+ reminders, [0-9]+ tickets today")
                .containsPattern("enforce +would do nothing today, [0-9]+ deactivations? within 30 days")
                .contains("no channel that could tell owners", "keys without a placed notice; no undo was tried");

        JsonNode place = place("Sandbox");
        assertThat(place.get("ready").asBoolean()).isFalse();
        String schema = Files.readString(Path.of("..", "docs", "reference", "stages.schema.json"));
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(schema, InputFormat.JSON)
                        .validate(line.out(), InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void what_is_lowered_holds_at_once_in_every_door_until_the_file_raises_it() throws Exception {
        assertThat(run("--lower", "Workloads", "observe", "--why", "incident 42"))
                .as(line.err())
                .isZero();
        assertThat(line.out()).contains("lowered: nothing goes further than observe in the unit Workloads from now on");

        assertThat(place("Workloads/Prod").get("stage").asString()).isEqualTo("observe");
        assertThat(place("Sandbox").get("stage").asString()).isEqualTo("notify");
        run();
        assertThat(line.out()).contains("lowered to observe for the unit Workloads by alice at", ": incident 42");

        write(FILE.replace("stage: rotate", "stage: rotate, raised: 2020-01-01"));
        assertThat(place("Workloads/Prod").get("stage").asString())
                .as("it was raised before it was lowered")
                .isEqualTo("observe");
        write(FILE.replace("stage: rotate", "stage: rotate, raised: 2099-01-01"));
        assertThat(place("Workloads/Prod").get("stage").asString())
                .as("the day is not there yet")
                .isEqualTo("observe");
    }

    @Test
    void an_account_is_lowered_by_its_number_or_name_without_being_in_the_file() throws Exception {
        assertThat(run("--lower", "Data", "observe", "--why", "audit"))
                .as(line.err())
                .isZero();
        assertThat(line.out()).containsPattern("in the account [0-9]{12} from now on");

        assertThat(run("--lower", "111122223399", "observe", "--why", "audit"))
                .as("a number is taken at its word")
                .isZero();
    }

    @Test
    void a_place_or_stage_that_is_none_is_answered_with_the_nearest_and_nothing_is_lowered() {
        assertThat(run("--lower", "Sandbx", "observe", "--why", "x")).isEqualTo(Keyturn.USAGE);
        assertThat(line.err())
                .contains("keyturn: --lower: no organizational unit or account \"Sandbx\" was found, so nothing was"
                        + " lowered; did you mean \"Sandbox\"?");
        assertThat(run("--lower", "Sandbox", "observ", "--why", "x")).isEqualTo(Keyturn.USAGE);
        assertThat(line.err()).contains("--lower: \"observ\" is no stage; did you mean \"observe\"?");
        assertThat(run("--lower", "Sandbox", "enforce", "--why", "x")).isEqualTo(Keyturn.USAGE);
        assertThat(line.err()).contains("not decided: enforce is the highest stage; lower it to rotate, notify or");
        assertThat(run("--lower", "Sandbox", "observe")).isEqualTo(Keyturn.USAGE);
        assertThat(line.err()).contains("--why");
        assertThat(run("--account", "sandbx")).isEqualTo(Keyturn.USAGE);
        assertThat(line.err()).contains("no account is named or numbered \"sandbx\"; did you mean \"sandbox\"?");
    }
}
