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
class ForecastCommandTest {
    private static final String FILE = """
            accounts: [{organization: {role: keyturn-read}}]
            policies:
              - name: everybody
                age: {warn: 150d, expire: 180d, on-warn: [remind], on-expire: [remind, ticket, rotate]}
                idle: {warn: 30d, expire: 45d, on-warn: [remind], on-expire: [remind, deactivate]}
                rotate: {self-fetch: true}
            stages: [{stage: enforce}]
            limits: {deactivate: {global: 1/d}}
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
        Files.writeString(folder.resolve("keyturn.yaml"), FILE);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private int run(String... words) {
        String[] all = new String[words.length + 3];
        all[0] = "forecast";
        System.arraycopy(words, 0, all, 1, words.length);
        all[words.length + 1] = "--config";
        all[words.length + 2] = folder.resolve("keyturn.yaml").toString();
        return line.run(all);
    }

    private JsonNode json(String... words) throws Exception {
        String[] all = new String[words.length + 2];
        System.arraycopy(words, 0, all, 0, words.length);
        all[words.length] = "--output";
        all[words.length + 1] = "json";
        assertThat(run(all)).as(line.err()).isZero();
        return JsonMapper.shared().readTree(line.out());
    }

    private static int total(JsonNode forecast, String what) {
        return forecast.get("totals").get(what).asInt();
    }

    @Test
    void by_week_it_shows_what_will_happen_which_limit_holds_it_up_and_to_whom() {
        assertThat(run("--days", "150")).as(line.err()).isZero();

        assertThat(line.out())
                .containsPattern(
                        "forecast   [-0-9]+ (→|to) [-0-9]+ [·/] 150 runs [·/] [0-9]+ keys [·/] owners do nothing")
                .containsPattern("week of +messages +tickets +rotated +switched off +deleted +by hand +overdue")
                .containsPattern("in all +[0-9]+ ")
                .containsPattern("limit met    deactivate global: from the week of [-0-9]+, up to [0-9]+ steps? waits?")
                .contains("whose keys change most");
        assertThat(line.err()).doesNotContain("could not", "at the stage observe");
    }

    @Test
    void for_machines_it_fits_its_schema_and_the_sums_are_those_of_its_weeks_and_steps() throws Exception {
        Files.writeString(
                folder.resolve("tighter.yaml"), FILE.replace("150d", "60d").replace("180d", "90d"));
        JsonNode forecast =
                json("--days", "30", "--policy", folder.resolve("tighter.yaml").toString());

        String schema = Files.readString(Path.of("..", "docs", "reference", "forecast.schema.json"));
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(schema, InputFormat.JSON)
                        .validate(line.out(), InputFormat.JSON))
                .isEmpty();
        int steps = 0;
        for (JsonNode event : forecast.get("events")) {
            steps += event.get("what").asString().equals("notice") ? 1 : 0;
        }
        int weeks = 0;
        for (JsonNode week : forecast.get("weeks")) {
            weeks += week.get("notice").asInt();
        }
        assertThat(steps).isEqualTo(weeks).isEqualTo(total(forecast, "notice")).isPositive();
        assertThat(total(forecast.get("others"), "notice")).isGreaterThan(total(forecast, "notice"));
        assertThat(forecast.get("others").get("overdueNow").asInt())
                .isGreaterThan(forecast.get("overdueNow").asInt());
    }

    @Test
    void owners_who_react_are_told_less_and_keep_nothing_overdue_for_long() throws Exception {
        JsonNode nothing = json("--days", "120");
        JsonNode react = json("--days", "120", "--react-after", "5d");

        assertThat(total(react, "replace")).isPositive();
        assertThat(total(react, "messages")).isLessThan(total(nothing, "messages"));
        assertThat(total(react, "overdue")).isLessThan(total(nothing, "overdue"));
    }

    @Test
    void as_a_page_it_has_the_same_figures_and_both_policies_side_by_side() throws Exception {
        Files.writeString(
                folder.resolve("tighter.yaml"), FILE.replace("150d", "60d").replace("180d", "90d"));
        String tighter = folder.resolve("tighter.yaml").toString();
        JsonNode forecast = json("--days", "30", "--policy", tighter);
        assertThat(run("--days", "30", "--policy", tighter, "--output", "html"))
                .as(line.err())
                .isZero();

        String words = line.out()
                .replaceAll("(?s)<(style|svg).*?</\\1>", "")
                .replaceAll("<[^>]*>", " ")
                .replaceAll("\\s+", " ");
        assertThat(line.out()).startsWith("<!doctype html>").contains("script-src &#39;none&#39;", "class=\"hollow\"");
        assertThat(words)
                .contains("messages to owners " + total(forecast, "messages"))
                .contains("in all messages: " + total(forecast, "messages") + " → "
                        + total(forecast.get("others"), "messages"))
                .contains("Compared with " + tighter, "What happens by week", "Every step")
                .contains("Taken for granted: owners do nothing;");
    }

    @Test
    void without_a_past_nobody_is_known_to_react_and_it_says_so() throws Exception {
        assertThat(run("--days", "10", "--react-as-before")).as(line.err()).isZero();
        assertThat(line.out()).contains("owners do nothing: the journal tells of no reaction yet");
        assertThat(json("--days", "10", "--react-as-before").get("asBefore"))
                .hasToString("{\"cases\":0,\"owners\":0,\"usual\":null,\"never\":0}");
        assertThat(run("--react-as-before", "--react-after", "5d")).isEqualTo(2);
        assertThat(line.err())
                .contains("owners react after a time or as before: take --react-after or --react-as-before");
    }

    @Test
    void where_everything_is_observed_it_says_how_to_see_more() throws Exception {
        Files.writeString(folder.resolve("keyturn.yaml"), FILE.replace("stages: [{stage: enforce}]\n", ""));
        assertThat(run()).isZero();

        assertThat(line.err())
                .contains("keyturn: everything is at the stage observe, at which nobody is told and nothing is done;"
                        + " look ahead with --stage enforce");
    }

    @Test
    void words_that_cannot_be_meant_are_refused_each_with_what_would_be_right() {
        assertThat(run("--days", "0")).isEqualTo(2);
        assertThat(line.err()).contains("--days is from 1 to 3650, not 0");
        assertThat(run("--stage", "enforced")).isEqualTo(2);
        assertThat(line.err()).contains("\"enforced\" is no stage; did you mean \"enforce\"?");
        assertThat(run("--react-after", "soon")).isEqualTo(2);
        assertThat(line.err()).contains("\"soon\" is no duration such as 5d, 36h or P5D");
        assertThat(run("--policy", "nowhere.yaml")).isEqualTo(2);
        assertThat(line.err()).contains("nowhere.yaml");
        assertThat(run("--account", "nobody")).isEqualTo(2);
        assertThat(line.err()).contains("nobody");
    }
}
