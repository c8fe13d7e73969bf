package io.keyturn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.model.Standing;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

class ConfigCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();

    private int keyturn(String... arguments) {
        CommandLine line = Keyturn.commandLine(Map.of("HOME", folder.toString()));
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
    void aConfigurationThatInitWroteHasNoProblem() {
        String file = folder.resolve("keyturn.yaml").toString();

        assertThat(keyturn("config", "init", "--config", file)).isZero();
        assertThat(keyturn("config", "check", "--config", file)).isZero();
        assertThat(out.toString()).contains("no problem found");
    }

    @Test
    void initNeverReplacesAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), "read: live\n");

        assertThat(keyturn("config", "init", "--config", file.toString())).isEqualTo(2);
        assertThat(file).hasContent("read: live");
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
