package io.keyturn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.model.Standing;
import io.keyturn.sandbox.fault.Fate;
import io.keyturn.sandbox.fault.Fault;
import io.keyturn.sandbox.http.DoorOptions;
import io.keyturn.sandbox.http.SandboxServer;
import io.keyturn.sandbox.world.World;
import io.keyturn.sandbox.world.WorldSpec;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

class ConfigCommandTest {
    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();

    private int keyturn(String... arguments) {
        environment.put("HOME", folder.toString());
        environment.put("AWS_EC2_METADATA_DISABLED", "true");
        CommandLine line = Keyturn.commandLine(environment);
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(errors, true));
        return line.execute(arguments);
    }

    @Test
    void anUnknownOptionIsRefusedWithTheNearestOne() {
        assertThat(keyturn("scan", "--outptu", "json")).isEqualTo(2);
        assertThat(errors.toString()).contains("--outptu").contains("--output");
    }

    @Test
    void withoutCredentialsInitSaysSoInOneLineAndWritesTheGeneralFile() {
        String file = folder.resolve("keyturn.yaml").toString();

        assertThat(keyturn("config", "init", "--config", file)).isZero();
        assertThat(errors.toString().lines().toList())
                .singleElement()
                .asString()
                .startsWith("keyturn: could not ")
                .endsWith("; the file is the general one");
        assertThat(keyturn("config", "check", "--config", file)).isZero();
        assertThat(out.toString()).contains("wrote " + file, "no problem found");
    }

    @Test
    void initLooksAtEveryAccountOfTheOrganizationAndFitsTheFile() throws Exception {
        String file = folder.resolve("keyturn.yaml").toString();
        DoorOptions door = new DoorOptions(0, Duration.ofMillis(1), Duration.ofMillis(100), 0, true);
        World world = World.generate(new WorldSpec(3, 4, 220, 0.1, Instant.now()));
        try (SandboxServer server = SandboxServer.start(world, door, InstantSource.system())) {
            use(server);

            assertThat(keyturn("config", "init", "--organization", "--config", file))
                    .isZero();
            assertThat(out.toString()).startsWith("looked at 4 accounts with ");
            assertThat(keyturn("config", "check", "--config", file)).isZero();
            assertThat(keyturn("scan", "--config", file)).isZero();
        }

        assertThat(Path.of(file)).content().contains("- tag: Slack", "- tag: Owner", "{ou: ", "users of this class");
        assertThat(errors.toString().lines()).allMatch(line -> line.startsWith("reading "));
    }

    @Test
    void initSaysWhichAccountItCouldNotLookAtAndFitsTheFileToTheOthers() throws Exception {
        String file = folder.resolve("keyturn.yaml").toString();
        Fate denied = Fate.of(Fate.Kind.ACCESS_DENIED);
        DoorOptions door = new DoorOptions(0, Duration.ofMillis(1), Duration.ofMillis(100), 0, true)
                .with(new Fault("iam", null, "111122223334", null, denied, 1, Integer.MAX_VALUE));
        World world = World.generate(new WorldSpec(3, 4, 220, 0.1, Instant.now()));
        try (SandboxServer server = SandboxServer.start(world, door, InstantSource.system())) {
            use(server);

            assertThat(keyturn("config", "init", "--organization", "--config", file))
                    .isZero();
        }

        assertThat(out.toString()).startsWith("looked at 3 accounts with ");
        assertThat(errors.toString()).contains("111122223334").contains("; so it was not looked at\n");
    }

    @Test
    void initSaysWhyItCouldNotWrite() {
        String file = folder.resolve("none").resolve("keyturn.yaml").toString();

        assertThat(keyturn("config", "init", "--config", file)).isEqualTo(2);
        assertThat(errors.toString())
                .contains("keyturn: could not write " + file
                        + ": there is no such file or folder; name another place with --config\n");
    }

    private void use(SandboxServer server) {
        environment.put("AWS_ENDPOINT_URL", server.endpoint().toString());
        environment.put("AWS_ACCESS_KEY_ID", server.accessKeyId());
        environment.put("AWS_SECRET_ACCESS_KEY", server.secretAccessKey());
        environment.put("AWS_REGION", "us-east-1");
    }

    @Test
    void initReplacesAFileOnlyWhenItIsTold() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), "read: live\n" + "# long\n".repeat(1000));

        assertThat(keyturn("config", "init", "--config", file.toString())).isEqualTo(2);
        assertThat(errors.toString())
                .isEqualTo("keyturn: " + file + " is there already and is left as it is; name another with --config,"
                        + " or replace it with --force\n");
        assertThat(file).content().startsWith("read: live");
        assertThat(keyturn("config", "init", "--force", "--config", file.toString()))
                .isZero();
        assertThat(file).content().startsWith("# yaml-language-server").doesNotContain("# long");
    }

    @Test
    void checkReportsEveryProblemWithItsLineAndExitsWith2() throws IOException {
        Path file = Files.writeString(folder.resolve("bad.yaml"), "reed: auto\nfast: perhaps\n");

        assertThat(keyturn("config", "check", "--config", file.toString())).isEqualTo(2);
        assertThat(errors.toString()).contains("bad.yaml:1").contains("bad.yaml:2");
    }

    @Test
    void explainShowsEveryValueAlsoWithoutAFile() {
        assertThat(keyturn("config", "explain")).isZero();
        assertThat(out.toString()).containsPattern("first-notice +30d +default");
    }

    @Test
    void explainSpeaksJsonToMachines() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), "read: live\n");

        assertThat(keyturn("config", "explain", "--config", file.toString(), "--output", "json"))
                .isZero();
        assertThat(JsonMapper.shared().readTree(out.toString()).at("/read/from").asString())
                .isEqualTo("mine.yaml:1:7");
    }

    @Test
    void explainMakesHostileTextHarmless() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), "owners: [{tag: \"a\\e[31mb\"}]\n");

        assertThat(keyturn("config", "explain", "--config", file.toString())).isZero();
        assertThat(out.toString()).contains("a\\u001b[31mb").doesNotContain("\u001b");
    }

    @Test
    void checkLooksForSecretsOnlyWhenAsked() throws IOException {
        String text = "channels: {slack: {token: \"${env:SLACK_TOKEN}\"}}\n";
        String file = Files.writeString(folder.resolve("mine.yaml"), text).toString();

        assertThat(keyturn("config", "check", "--config", file)).isZero();
        assertThat(keyturn("config", "check", "--secrets", "--config", file)).isEqualTo(2);
        assertThat(errors.toString())
                .contains("keyturn: mine.yaml:1:27: channels.slack.token: \"${env:SLACK_TOKEN}\" names an"
                        + " environment variable that is not set; set SLACK_TOKEN");
    }

    @Test
    void schemaPrintsThePublishedSchema() throws IOException {
        assertThat(keyturn("config", "schema")).isZero();
        assertThat(out.toString())
                .isEqualTo(Files.readString(Path.of("..", "docs", "reference", "keyturn.schema.json")));
    }

    @Test
    void aConfigurationThatIsMissingIsSaidBeforeAnythingIsRead() {
        assertThat(keyturn("scan", "--config", folder.resolve("none.yaml").toString()))
                .isEqualTo(2);
        assertThat(errors.toString()).contains("none.yaml");
    }

    @Test
    void failingOnAStandingFailsOnWorseOnesTooButNotOnARotation() {
        SurveyOptions options = new SurveyOptions();
        options.failOn = Standing.UNKNOWN;

        assertThat(options.fails(Map.of(Standing.LEAKED, 1))).isTrue();
        assertThat(options.fails(Map.of(Standing.UNKNOWN, 1))).isTrue();
        assertThat(options.fails(Map.of(Standing.ROTATING, 1, Standing.HEALTHY, 9)))
                .isFalse();
    }
}
