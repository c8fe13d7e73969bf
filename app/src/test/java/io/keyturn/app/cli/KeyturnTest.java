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
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(120)
class KeyturnTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> environment = new HashMap<>();

    @Test
    void the_demo_answers_first_what_must_be_decided() {
        assertThat(run("demo")).as(err.toString()).isZero();

        assertThat(out.toString())
                .matches("(?s)\\d+ keys need a decision this week.*")
                .contains("leaked", "t.ibe", "root has a key", "left out: its state in the organization is SUSPENDED")
                .contains("Enforcing today:", "next 13 weeks")
                .doesNotContain("\u001b");
        assertThat(out.toString()).doesNotContainPattern("AKIA[A-Z2-7]{16}");
    }

    /** Nobody should take the demo's answer for one about their own rules or accounts. */
    @Test
    void the_demo_takes_no_configuration_but_its_own() {
        assertThat(run("scan", "--demo", "--config", "mine.yaml", "--organization", "keyturn-read"))
                .isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo(
                        "keyturn: --demo looks at the simulated organization by its own configuration, so that --config"
                                + " and --organization would have no effect: leave out the one or the other\n");
        err.getBuffer().setLength(0);
        assertThat(run("plan", "--demo", "--profile", "prod", "--store", "mine.db"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("so that --store and --profile would have no effect");
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"scan", "plan"})
    void json_fits_its_published_schema(String command) throws Exception {
        try (SandboxServer server = world(DoorOptions.defaults())) {
            assertThat(run(command, "--output", "json", "--organization", "keyturn-read"))
                    .as(err.toString())
                    .isZero();
        }

        String schema = Files.readString(Path.of("..", "docs", "reference", "findings.schema.json"));
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(schema, InputFormat.JSON)
                        .validate(out.toString(), InputFormat.JSON))
                .isEmpty();
        JsonNode json = JsonMapper.builder().build().readTree(out.toString());
        assertThat(json.get("complete").booleanValue()).isTrue();
        assertThat(json.get("accounts")).hasSize(5);
        assertThat(json.get("findings").size()).isGreaterThan(200);
        assertThat(json.has("hash")).isEqualTo(command.equals("plan"));
    }

    @Test
    void a_finding_of_a_fact_that_was_not_answered_is_unknown_and_the_exit_code_says_so() throws Exception {
        Fault denied = Fault.always("GetAccessKeyLastUsed", Fate.Kind.ACCESS_DENIED);
        try (SandboxServer server = world(DoorOptions.defaults().with(denied))) {
            assertThat(run("scan", "--read", "live", "--output", "json", "--fail-on", "expired"))
                    .isEqualTo(Keyturn.NOT_READ);
        }

        JsonNode json = JsonMapper.builder().build().readTree(out.toString());
        assertThat(json.get("complete").booleanValue()).isFalse();
        for (JsonNode finding : json.get("findings")) {
            assertThat(finding.get("standing").asString()).isNotEqualTo("healthy");
        }
    }

    @Test
    void an_account_that_fails_is_told_and_does_not_hide_the_others() throws Exception {
        Fault denied = new Fault("ListUsers", "111122223334", Fate.Kind.ACCESS_DENIED, 1, Integer.MAX_VALUE);
        try (SandboxServer server = world(DoorOptions.defaults().with(denied))) {
            assertThat(run("scan", "--read", "live", "--organization", "keyturn-read"))
                    .isEqualTo(Keyturn.NOT_READ);
        }

        assertThat(out.toString()).contains("Not read:", "111122223334", "iam:ListUsers", "sandbox");
    }

    @Test
    void fail_on_exits_with_1_where_such_a_key_is_shown() throws Exception {
        try (SandboxServer server = world(DoorOptions.defaults())) {
            assertThat(run("scan", "--organization", "keyturn-read", "--fail-on", "expired"))
                    .isEqualTo(1);
            assertThat(run("scan", "--organization", "keyturn-read", "--fail-on", "expired", "--user", "nobody"))
                    .as("what is narrowed to nobody does not pass for clean")
                    .isEqualTo(Keyturn.USAGE);
        }
    }

    @Test
    void a_spreadsheet_meets_no_formula() throws Exception {
        try (SandboxServer server = world(DoorOptions.defaults())) {
            assertThat(run("scan", "--organization", "keyturn-read", "--output", "csv"))
                    .isZero();
        }

        assertThat(out.toString())
                .startsWith("account,accountName,kind,user")
                .contains("'=cmd+calc@x.example", "'=HYPERLINK");
    }

    @Test
    void hostile_text_reaches_no_terminal_as_it_is() throws Exception {
        try (SandboxServer server = world(DoorOptions.defaults())) {
            assertThat(run("scan", "--organization", "keyturn-read", "--all")).isZero();
        }

        assertThat(out.toString()).contains("<script>").doesNotContain("\u001b").doesNotContain("\r");
    }

    @Test
    void refused_credentials_are_said_with_what_to_do() throws Exception {
        try (SandboxServer server = world(DoorOptions.defaults())) {
            environment.put("AWS_SECRET_ACCESS_KEY", "wrong");

            assertThat(run("scan")).isEqualTo(Keyturn.NOT_READ);
        }

        assertThat(out.toString()).contains("Not read:", "could not find out the account");
    }

    @Test
    void a_wrong_word_is_answered_with_the_nearest_and_where_help_is() {
        assertThat(run("scna")).isEqualTo(Keyturn.USAGE);

        assertThat(err.toString()).contains("scna", "scan", "keyturn --help");
    }

    @Test
    void every_command_has_help_with_examples() {
        CommandLine line = Keyturn.commandLine(Map.of());
        for (String command : line.getSubcommands().keySet()) {
            StringWriter text = new StringWriter();
            assertThat(Keyturn.commandLine(Map.of())
                            .setOut(new PrintWriter(text))
                            .execute(command, "--help"))
                    .isZero();
            assertThat(text.toString()).as(command).contains("Usage: keyturn " + command, "Example");
        }
    }

    @Test
    void help_prepared_for_itself_alone_is_the_whole_help() {
        assertThat(run("--help")).isZero();

        assertThat(out.toString()).isEqualTo(Keyturn.commandLine(Map.of()).getUsageMessage());
    }

    @Test
    void completion_knows_every_command() {
        assertThat(run("completion")).isZero();

        assertThat(out.toString())
                .contains(Keyturn.commandLine(Map.of()).getSubcommands().keySet());
    }

    private SandboxServer world(DoorOptions door) throws Exception {
        World world = World.generate(new WorldSpec(3, 4, 220, 0.1, Instant.now()));
        SandboxServer server = SandboxServer.start(world, door, InstantSource.system());
        environment.put("AWS_ENDPOINT_URL", server.endpoint().toString());
        environment.put("AWS_ACCESS_KEY_ID", server.accessKeyId());
        environment.put("AWS_SECRET_ACCESS_KEY", server.secretAccessKey());
        environment.put("AWS_REGION", "us-east-1");
        environment.put("HOME", folder.toString());
        return server;
    }

    private int run(String... arguments) {
        environment.put("LC_ALL", "C.UTF-8");
        return Keyturn.commandLine(environment, arguments)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
