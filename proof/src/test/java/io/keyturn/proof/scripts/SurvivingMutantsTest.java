package io.keyturn.proof.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The deep check names every mutant that no test kills and no page explains. */
@Timeout(60)
class SurvivingMutantsTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final String LINE =
            "Days.java,io.keyturn.core.report.%s,org.pitest.mutationtest.engine.gregor.mutators.%s,%s,40,%s,none%n";

    @TempDir
    Path folder;

    private int exit;

    private static String mutant(String type, String mutator, String method, String state) {
        return LINE.formatted(type, mutator, method, state);
    }

    private String compare(String page, String... reports) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("python3", ROOT.resolve("build/mutants.py").toString()));
        command.add(Files.writeString(folder.resolve("page.md"), page).toString());
        for (String report : reports) {
            command.add(Files.writeString(folder.resolve(command.size() + ".csv"), report)
                    .toString());
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = PaperCheckout.said(process);
        exit = process.waitFor();
        return said;
    }

    @Test
    void one_that_nothing_explains_is_named_and_fails() throws Exception {
        assertThat(compare(
                        "# Mutants\n",
                        mutant("Days", "NegateConditionalsMutator", "lambda$add$3", "SURVIVED")
                                + mutant("Days", "MathMutator", "add", "KILLED"),
                        mutant("Day$One", "returns.NullReturnValsMutator", "<init>", "NO_COVERAGE")))
                .isEqualTo("""
                        mutants: 1 not explained in %s/page.md: core.report.Day$One <init> NullReturnVals
                        mutants: 1 not explained in %1$s/page.md: core.report.Days add NegateConditionals
                        mutants: 2 survive, 2 of them not explained
                        """.formatted(folder));
        assertThat(exit).isEqualTo(1);
    }

    @Test
    void one_more_than_is_explained_is_one_too_many() throws Exception {
        String page = "| `core.report.Days` | `add` | Math | 1 | a sum of one |\n";
        String one = mutant("Days", "MathMutator", "add", "SURVIVED");
        assertThat(compare(page, one)).isEqualTo("mutants: 1 survive, 0 of them not explained\n");
        assertThat(exit).isZero();
        assertThat(compare(page, one + one)).contains("1 not explained");
        assertThat(exit).isEqualTo(1);
    }

    @Test
    void what_is_explained_and_gone_is_said_and_is_no_fault() throws Exception {
        assertThat(compare(
                        "| `core.report.Days` | `add` | Math | 2 | a sum of one |\n",
                        mutant("Days", "MathMutator", "add", "TIMED_OUT")))
                .isEqualTo("mutants: 2 explained and gone: core.report.Days add Math\n"
                        + "mutants: 0 survive, 0 of them not explained\n");
        assertThat(exit).isZero();
    }
}
