package io.keyturn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(120)
class ReportCommandTest {
    @TempDir
    Path home;

    @Test
    void a_plan_as_html_is_one_file_with_the_plan_in_it() {
        Line line = new Line(home);

        assertThat(line.run("plan", "--demo", "--output", "html")).isZero();
        assertThat(line.out())
                .startsWith("<!doctype html>")
                .endsWith("</html>\n")
                .contains("Plan only: nothing was changed", "<code>keyturn plan --output html</code>");
    }

    @Test
    void a_report_is_not_poured_over_a_screen() {
        CommandLine scan =
                Keyturn.commandLine(Map.of(), "scan").getSubcommands().get("scan");
        OutputOptions output = new OutputOptions();
        output.form = OutputOptions.Form.HTML;

        assertThatThrownBy(() -> output.refuseScreen(scan, true))
                .isInstanceOf(CommandLine.ParameterException.class)
                .hasMessage("a report is for a file, and standard output is a screen; write it so: "
                        + "keyturn scan --output html > keyturn.html");
        output.refuseScreen(scan, false);
        output.form = OutputOptions.Form.TABLE;
        output.refuseScreen(scan, true);
    }
}
