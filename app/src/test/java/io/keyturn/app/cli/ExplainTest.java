package io.keyturn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.keyturn.sandbox.fault.Fate;
import io.keyturn.sandbox.fault.Fault;
import io.keyturn.sandbox.http.DoorOptions;
import io.keyturn.sandbox.http.SandboxServer;
import io.keyturn.sandbox.world.World;
import io.keyturn.sandbox.world.WorldSpec;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(120)
class ExplainTest {
    private static final String DEMO_USER = "build-agent-40";

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> environment = new HashMap<>();

    @Test
    void every_command_that_the_demo_suggests_for_its_own_world_works_as_printed() {
        List<String> suggested = DemoCommand.NEXT.stream()
                .filter(line -> line.contains("--demo"))
                .map(line -> line.strip().split("   ")[0])
                .toList();

        assertThat(suggested).hasSize(2);
        for (String command : suggested) {
            assertThat(run(command.substring("./keyturn ".length()).split(" ")))
                    .as(command + err)
                    .isZero();
        }
    }

    @Test
    void a_story_says_what_is_known_from_where_and_why_that_policy_governs() {
        assertThat(run("explain", "--demo", DEMO_USER)).as(err.toString()).isZero();

        assertThat(out.toString())
                .contains("overdue", "days old, limit 365", "machines governs it", "saw user.class = machine")
                .contains("people not asked", "user class    machine: has the tag kind = machine")
                .contains("#security, by tag Slack", "from iam:ListUserTags, as of ", "CloudTrail was not looked at")
                .contains("the stage observe of this account does not allow it", "a rotation")
                .doesNotContainPattern("AKIA[A-Z0-9]{12}");
        assertThat(out.toString().lines()).allMatch(line -> line.length() <= 100);
    }

    @Test
    void on_a_narrow_screen_without_unicode_nothing_is_cut_and_all_is_ascii() {
        environment.put("COLUMNS", "60");
        environment.put("LC_ALL", "C");

        assertThat(run("explain", "--demo", DEMO_USER)).isZero();

        assertThat(out.toString()).contains("! PD6T", "by tag Slack").matches("\\p{ASCII}*");
        assertThat(out.toString().lines()).allMatch(line -> line.length() <= 60);
    }

    @Test
    void json_fits_its_published_schema_and_has_whole_key_ids() throws Exception {
        assertThat(run("explain", "--demo", DEMO_USER, "--output", "json")).isZero();

        String schema = Files.readString(Path.of("..", "docs", "reference", "explanation.schema.json"));
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(schema, InputFormat.JSON)
                        .validate(out.toString(), InputFormat.JSON))
                .isEmpty();
        JsonNode json = JsonMapper.builder().build().readTree(out.toString());
        assertThat(json.at("/keys/0/keyId").asString()).matches("AKIA[A-Z0-9]{12,}");
        assertThat(json.at("/keys/0/policies/0/answer").asString()).isEqualTo("governs");
    }

    @Test
    void a_key_is_found_by_its_last_four_and_by_its_arn_and_only_it_is_told() throws Exception {
        run("explain", "--demo", DEMO_USER, "--output", "json");
        JsonNode json = JsonMapper.builder().build().readTree(out.toString());
        String id = json.at("/keys/0/keyId").asString();

        assertThat(run("explain", "--demo", id.substring(id.length() - 4)))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains(DEMO_USER, "1 access key");
        assertThat(run("explain", "--demo", id)).isZero();
        assertThat(run("explain", "--demo", json.at("/user/arn").asString())).isZero();
        assertThat(out.toString()).contains(DEMO_USER);
    }

    @Test
    void an_unknown_user_is_answered_with_the_nearest_spelling() {
        assertThat(run("explain", "--demo", "build-agnet-40")).isEqualTo(Keyturn.USAGE);

        assertThat(err.toString()).contains("no user or key \"build-agnet-40\" was found in 5 accounts; did you mean");
    }

    @Test
    void an_unknown_account_is_answered_with_the_nearest_name() {
        for (String command : List.of("scan", "explain " + DEMO_USER)) {
            String[] words = (command + " --demo --account sandbx").split(" ");

            assertThat(run(words)).isEqualTo(Keyturn.USAGE);
            assertThat(out.toString()).isEmpty();
            assertThat(err.toString())
                    .contains("keyturn: --account: no account is named or numbered \"sandbx\";"
                            + " did you mean \"sandbox\"?");
        }
    }

    @Test
    void an_account_is_taken_by_name_and_all_numbers_are_of_it_alone() {
        assertThat(run("scan", "--demo", "--account", "Data"))
                .as(err.toString())
                .isZero();

        assertThat(out.toString())
                .contains("narrowed to account Data", "51 keys in all")
                .doesNotContain("· sandbox", "old-shop");
    }

    @Test
    void an_arn_that_is_none_is_refused_with_what_would_be_right() throws Exception {
        assertThat(run("explain", "--demo", "arn:aws:iam::12:user/x")).isEqualTo(Keyturn.USAGE);
        assertThat(err.toString()).contains("is no ARN of an IAM user");
    }

    @Test
    void what_was_not_answered_is_said_and_the_exit_code_tells() throws Exception {
        Fault denied = Fault.always("ListUserTags", Fate.Kind.ACCESS_DENIED);
        World world = World.generate(new WorldSpec(3, 1, 30, 0.1, Instant.now()));
        try (SandboxServer server =
                SandboxServer.start(world, DoorOptions.defaults().with(denied), InstantSource.system())) {
            environment.put("AWS_ENDPOINT_URL", server.endpoint().toString());
            environment.put("AWS_ACCESS_KEY_ID", server.accessKeyId());
            environment.put("AWS_SECRET_ACCESS_KEY", server.secretAccessKey());
            environment.put("AWS_REGION", "us-east-1");
            run("explain", "three-keys");
        }

        assertThat(out.toString()).contains("not known", "AccessDenied", "later links are not asked");
    }

    @Test
    void fail_on_takes_four_words_and_offers_the_nearest() {
        assertThat(run("scan", "--demo", "--fail-on", "healthy")).isEqualTo(Keyturn.USAGE);
        assertThat(err.toString()).contains("is none of leaked, expired, warned, unknown");
        assertThat(run("scan", "--demo", "--fail-on", "expird")).isEqualTo(Keyturn.USAGE);
        assertThat(err.toString()).contains("did you mean \"expired\"?");
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        environment.putIfAbsent("LC_ALL", "C.UTF-8");
        environment.put("HOME", folder.toString());
        return Keyturn.commandLine(environment)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err, true))
                .execute(
                        Arrays.stream(arguments).filter(word -> !word.isEmpty()).toArray(String[]::new));
    }
}
