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
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(120)
class HoldCommandsTest {
    private static final String USER = "three-keys";
    private static final LocalDate TODAY =
            LocalDate.ofInstant(InstantSource.system().instant(), ZoneOffset.UTC);

    @TempDir
    private Path folder;

    private SandboxServer server;
    private Line line;
    private Path configuration;

    @BeforeEach
    void start() throws Exception {
        World world = World.generate(new WorldSpec(3, 1, 30, 0.1, Instant.now()));
        server = SandboxServer.start(world, DoorOptions.defaults(), InstantSource.system());
        line = new Line(folder).on(server);
        configuration = Files.writeString(folder.resolve("keyturn.yaml"), """
                policies:
                  - name: everybody
                    age: {warn: 10d, expire: 20d, on-warn: [remind], on-expire: [remind, deactivate]}
                    snooze-at-most: 14d
                stages: [{stage: enforce}]
                store: journal.db
                """);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private int run(String... words) {
        String[] all = new String[words.length + 2];
        System.arraycopy(words, 0, all, 0, words.length);
        all[words.length] = "--config";
        all[words.length + 1] = configuration.toString();
        return line.run(all);
    }

    @Test
    void what_is_frozen_is_told_by_explain_plan_and_history_with_who_why_and_until() throws Exception {
        assertThat(run("freeze", USER, "--why", "vendor", "--until", "2099-03-01"))
                .as(line.err())
                .isZero();
        assertThat(line.out())
                .contains("frozen: three-keys · fernhill")
                .contains("frozen by alice: vendor, to the end of 2099-03-01");

        assertThat(run("explain", USER)).as(line.err()).isZero();
        assertThat(line.out())
                .contains("held back     frozen by alice: vendor, to the end of 2099-03-01")
                .containsPattern("history\n.*freeze by alice +three-keys · 111122223333: vendor, to the end of 2099");

        run("explain", USER, "--output", "json");
        JsonNode story = JsonMapper.shared().readTree(line.out());
        assertThat(story.at("/holds/0/until").asString()).isEqualTo("2099-03-02T00:00:00Z");
        assertThat(story.at("/keys/0/holds/0/why").asString()).isEqualTo("frozen by alice: vendor");
        assertThat(story.at("/history/0/text").asString()).startsWith("freeze by alice three-keys");
        fits("explanation");

        assertThat(run("plan", "--output", "json")).isZero();
        assertThat(JsonMapper.shared().readTree(line.out()).at("/held/0/why").asString())
                .isEqualTo("frozen by alice: vendor");
        fits("findings");

        assertThat(run("thaw", USER, "--why", "answered")).isZero();
        assertThat(line.out()).contains("thawed: three-keys · fernhill: nothing holds it back any more");
        line.run("history", "--store", folder.resolve("journal.db").toString());
        assertThat(line.out()).contains("freeze by alice", "thaw by alice", "answered");
    }

    private void fits(String schema) throws Exception {
        String text = Files.readString(Path.of("..", "docs", "reference", schema + ".schema.json"));
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(text, InputFormat.JSON)
                        .validate(line.out(), InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void a_report_tells_of_the_key_what_the_journal_has_and_how_far_its_chains_went() throws Exception {
        assertThat(run("freeze", USER, "--why", "vendor")).as(line.err()).isZero();
        run("history", "verify");
        String head = line.out();

        run("scan", "--output", "html");
        assertThat(line.out()).contains("Freeze by").contains("vendor");
        String shown =
                line.out().replaceAll("(?s).*<dt>Journal</dt><dd class=\"hash\">sha256 ([0-9a-f ]*), entry 1<.*", "$1");
        assertThat(head).contains(shown.replace(" ", "").substring(0, 8));
    }

    @Test
    void one_key_is_held_and_the_thaw_of_its_user_leaves_it_so() throws Exception {
        run("explain", USER, "--output", "json");
        String key =
                JsonMapper.shared().readTree(line.out()).at("/keys/1/keyId").asString();

        assertThat(run("freeze", key, "--why", "vendor")).as(line.err()).isZero();
        assertThat(line.out())
                .contains("three-keys · " + key.substring(key.length() - 4))
                .doesNotContain(key);
        assertThat(run("thaw", USER, "--why", "oops")).isZero();

        run("explain", USER, "--output", "json");
        JsonNode story = JsonMapper.shared().readTree(line.out());
        assertThat(story.at("/keys/0/holds")).isEmpty();
        assertThat(story.at("/keys/1/holds")).hasSize(1);
    }

    @Test
    void a_snooze_is_bounded_by_the_policy_of_the_keys() {
        assertThat(run("snooze", USER, "--until", TODAY.plusDays(14).toString(), "--why", "leave"))
                .as(line.err())
                .isZero();
        assertThat(line.out()).contains("snoozed by alice: leave, to the end of " + TODAY.plusDays(14));

        assertThat(run("snooze", USER, "--until", TODAY.plusDays(16).toString(), "--why", "leave"))
                .isEqualTo(Keyturn.USAGE);
        assertThat(line.err())
                .contains("keyturn: not decided: a snooze to the end of " + TODAY.plusDays(16)
                        + " is longer than its policy allows: 14 days ahead, to the end of " + TODAY.plusDays(14));
    }

    @Test
    void who_is_not_found_is_answered_with_the_nearest_spelling_and_nothing_is_decided() {
        assertThat(run("freeze", "three-kyes", "--why", "vendor")).isEqualTo(Keyturn.USAGE);

        assertThat(line.err())
                .contains("keyturn: no user or key \"three-kyes\" was found in 1 account;"
                        + " did you mean \"three-keys\"?");
        assertThat(folder.resolve("journal.db")).doesNotExist();
    }

    @Test
    void an_end_that_is_none_or_over_is_refused_with_what_would_be_right() {
        assertThat(run("freeze", USER, "--why", "x", "--until", "tomorrow")).isEqualTo(Keyturn.USAGE);
        assertThat(line.err())
                .contains("\"tomorrow\" is neither a day such as 2026-12-04 nor an instant such as"
                        + " 2026-12-04T18:00:00Z");

        assertThat(run("freeze", USER, "--why", "x", "--until", "2020-01-01")).isEqualTo(Keyturn.USAGE);
        assertThat(line.err())
                .contains("keyturn: not decided: it would hold to the end of 2020-01-01, which is over;"
                        + " name an end that is to come");
        assertThat(run("thaw", USER)).isEqualTo(Keyturn.USAGE);
        assertThat(line.err()).contains("Missing required option: '--why=TEXT'");
    }

    @Test
    void without_a_journal_explain_says_that_there_is_none_and_makes_none() {
        assertThat(run("explain", USER)).as(line.err()).isZero();

        assertThat(line.out()).contains("no journal was begun yet");
        assertThat(folder.resolve("journal.db")).doesNotExist();
    }
}
