package io.keyturn.proof.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code check} trusts nothing that was built or run before. */
@Timeout(120)
class CheckTest {
    private static final String REPORT = "<testsuite tests=\"%d\" failures=\"0\" errors=\"0\" skipped=\"0\"/>";

    @TempDir
    Path folder;

    private PaperCheckout checkout;

    @BeforeEach
    void a_checkout_in_which_something_was_built_and_tested() throws Exception {
        checkout = PaperCheckout.of(folder, "check");
        checkout.write("proof/src/test/python/requirements.txt", "");
        // A virtual environment of paper: making a real one takes longer than all else here.
        checkout.program("bin/python3", """
                if [ "$1 $2" = "-m venv" ]; then
                  mkdir -p "$3/bin"; printf '#!/bin/sh\\n' > "$3/bin/pip"; chmod +x "$3/bin/pip"; exit 0
                fi
                PATH=%s exec python3 "$@\"""".formatted(System.getenv("PATH")));
        checkout.write("core/target/classes/A.class", "built without the checks");
        checkout.write("core/target/test-classes/GoneTest.class", "of a test that is gone");
        checkout.write("core/target/maven-status/maven-compiler-plugin/compile/default-compile/inputFiles.lst", "A");
        checkout.write("core/target/surefire-reports/TEST-GoneTest.xml", REPORT.formatted(100));
    }

    @Test
    void what_was_built_before_is_compiled_again_and_what_was_run_before_does_not_count() throws Exception {
        checkout.write("report", REPORT.formatted(3));
        checkout.program("bin/mvn", """
                ls core/target > before
                mkdir -p core/target/surefire-reports
                cp report core/target/surefire-reports/TEST-ATest.xml""");
        Process process =
                checkout.command("sh", "check").redirectErrorStream(true).start();

        assertThat(PaperCheckout.said(process)).endsWith("3 passed, 0 failed, 0 skipped\n");
        assertThat(process.waitFor()).isZero();
        assertThat(folder.resolve("before")).isEmptyFile();
    }

    @Test
    void a_person_who_may_not_install_is_told_in_one_line_what_to_get() throws Exception {
        checkout.program("bin/id", "echo 1000");
        Process process =
                checkout.bare("age", "sh", "check").redirectErrorStream(true).start();

        assertThat(PaperCheckout.said(process))
                .isEqualTo("check: missing: age; install them first (Debian: apt-get install age)\n");
        assertThat(process.waitFor()).isEqualTo(2);
    }

    @Test
    void on_a_bare_machine_of_its_own_it_installs_what_is_missing() throws Exception {
        checkout.program("bin/id", "echo 0");
        checkout.program("bin/apt-get", """
                echo "$@" >> installed
                case "$*" in *install*" age"*) printf '#!/bin/sh\\n' > bin/age; chmod +x bin/age ;; esac""");
        checkout.write("report", REPORT.formatted(3));
        checkout.program("bin/mvn", """
                mkdir -p core/target/surefire-reports
                cp report core/target/surefire-reports/TEST-ATest.xml""");
        Process process =
                checkout.bare("age", "sh", "check").redirectErrorStream(true).start();

        assertThat(PaperCheckout.said(process)).endsWith("3 passed, 0 failed, 0 skipped\n");
        assertThat(process.waitFor()).isZero();
        assertThat(folder.resolve("installed"))
                .content()
                .startsWith("-q update\n-q -y install --no-install-recommends --no-remove age");
    }

    @Test
    void a_build_that_fails_passes_no_test_of_an_earlier_one() throws Exception {
        checkout.program("bin/mvn", "exit 1");
        Process process =
                checkout.command("sh", "check").redirectErrorStream(true).start();

        assertThat(PaperCheckout.said(process))
                .endsWith("check: the build failed; see above\n0 passed, 0 failed, 0 skipped\n");
        assertThat(process.waitFor()).isEqualTo(1);
    }
}
