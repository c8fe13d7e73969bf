package io.keyturn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

@Timeout(300)
class HelpTest {
    @Test
    void every_example_of_every_help_text_is_understood() {
        for (String example : examples(Keyturn.commandLine(Map.of()))) {
            Keyturn.commandLine(Map.of()).parseArgs(words(example));
        }
        assertThat(examples(Keyturn.commandLine(Map.of()))).hasSizeGreaterThan(20);
    }

    @Test
    void every_example_on_the_simulated_organization_runs_clean() {
        List<String> runnable = examples(Keyturn.commandLine(Map.of())).stream()
                .filter(example -> example.contains("--demo") || example.startsWith("keyturn demo"))
                // It serves until somebody ends it.
                .filter(example -> !example.endsWith("--serve"))
                .distinct()
                .toList();

        assertThat(runnable).hasSizeGreaterThan(5);
        for (String example : runnable) {
            StringWriter out = new StringWriter();
            StringWriter err = new StringWriter();
            assertThat(Keyturn.commandLine(Map.of("LC_ALL", "C.UTF-8"))
                            .setOut(new PrintWriter(out))
                            .setErr(new PrintWriter(err, true))
                            .execute(words(example)))
                    .as(example + ": " + err)
                    .isZero();
        }
    }

    @Test
    void every_command_says_its_exit_codes() {
        assertThat(withoutExitCodes(Keyturn.commandLine(Map.of()))).isEmpty();
    }

    private static List<String> withoutExitCodes(CommandLine line) {
        List<String> without = new ArrayList<>();
        String footer = String.join("\n", line.getCommandSpec().usageMessage().footer());
        if (!footer.contains("\nExit codes: 0 ")) {
            without.add(line.getCommandSpec().qualifiedName());
        }
        line.getSubcommands().values().forEach(command -> without.addAll(withoutExitCodes(command)));
        return without;
    }

    private static List<String> examples(CommandLine line) {
        List<String> examples = new ArrayList<>();
        for (String footer : line.getCommandSpec().usageMessage().footer()) {
            String example = footer.strip().split("   ")[0];
            if (example.startsWith("keyturn ")) {
                examples.add(example);
            }
        }
        line.getSubcommands().values().forEach(command -> examples.addAll(examples(command)));
        return examples;
    }

    /** The words after the program's name, quoted ones in one piece, without what the shell would take for itself. */
    private static String[] words(String example) {
        return Pattern.compile("\"([^\"]*)\"|(\\S+)")
                .matcher(example.split(" > ")[0])
                .results()
                .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
                .skip(1)
                .toArray(String[]::new);
    }
}
