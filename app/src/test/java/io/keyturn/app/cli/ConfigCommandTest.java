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
