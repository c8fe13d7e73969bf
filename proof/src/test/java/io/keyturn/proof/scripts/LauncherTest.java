package io.keyturn.proof.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code keyturn} builds what it must, once, and runs nothing else. */
@Timeout(60)
class LauncherTest {
    /** Jars are what the sources are, so that other sources make other jars. */
    private static final String MAVEN = """
            echo built >> built
            mkdir -p app/target/lib
            cat core/src/main/java/A.java > app/target/keyturn-app-0.1.0.jar
            cat engine/src/main/java/A.java > app/target/lib/engine.jar
            """;

    @TempDir
    Path checkout;

    private PaperCheckout paper;

    @BeforeEach
    void a_checkout_with_a_maven_and_a_java_of_paper() throws IOException {
        paper = PaperCheckout.of(checkout, "keyturn");
        for (String module : List.of("core", "engine", "sandbox", "adapters", "app")) {
            write(module + "/src/main/java/A.java", "one");
            write(module + "/src/test/java/ATest.java", "one");
        }
        write("pom.xml", "<project/>");
        write("docs/reference/keyturn.schema.json", "{}");
        script("bin/mvn", MAVEN);
        script("jdk/bin/java", """
                for argument; do
                  case $argument in
                    -XX:AOTCacheOutput=*) cat app/target/keyturn-app-0.1.0.jar > "${argument#*=}"; exit 0 ;;
                    -XX:AOTCache=*) echo "cache of: $(cat "${argument#*=}")" ;;
                  esac
                done
                echo "ran: $(cat app/target/keyturn-app-0.1.0.jar)\"""");
    }

    private void write(String path, String text) throws IOException {
        paper.write(path, text);
    }

    private void script(String path, String text) throws IOException {
        paper.program(path, text);
    }

    private ProcessBuilder command() {
        return command("scan");
    }

    private ProcessBuilder command(String first) {
        ProcessBuilder command = paper.command("sh", "keyturn", first);
        command.environment().remove("KEYTURN_NO_AOT");
        return command;
    }

    private String run() throws IOException, InterruptedException {
        return run("scan");
    }

    private String run(String first) throws IOException, InterruptedException {
        Process process =
                command(first).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String said = PaperCheckout.said(process);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private int builds() throws IOException {
        return Files.readAllLines(checkout.resolve("built")).size();
    }

    private List<String> caches() throws IOException {
        try (var files = Files.list(checkout.resolve("app/target"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.contains(".aot"))
                    .toList();
        }
    }

    @Test
    void it_builds_once_and_again_only_when_what_is_built_changes() throws Exception {
        assertThat(run()).endsWith("cache of: one\nran: one\n");
        run();
        assertThat(builds()).isEqualTo(1);
        write("core/src/test/java/ATest.java", "two");
        run();
        assertThat(builds()).isEqualTo(1);
        write("adapters/src/main/java/B.java", "new");
        run();
        assertThat(builds()).isEqualTo(2);
        Files.delete(checkout.resolve("adapters/src/main/java/B.java"));
        run();
        assertThat(builds()).isEqualTo(3);
        write("pom.xml", "<project></project>");
        run();
        assertThat(builds()).isEqualTo(4);
    }

    @Test
    void a_cache_of_other_jars_is_never_used_and_is_dropped() throws Exception {
        run();
        List<String> first = caches();
        assertThat(first).hasSize(1);
        write("core/src/main/java/A.java", "two");
        assertThat(run()).endsWith("cache of: two\nran: two\n");
        assertThat(caches()).hasSize(1).doesNotContainAnyElementsOf(first);
    }

    @Test
    void a_scheduler_that_sets_no_home_can_run_it() throws Exception {
        ProcessBuilder command = command();
        command.environment().remove("HOME");
        Process process = command.redirectErrorStream(true).start();
        String said = PaperCheckout.said(process);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).endsWith("ran: one\n");
    }

    @Test
    void what_acts_has_a_cache_of_its_own_which_goes_with_its_jars() throws Exception {
        run("scan");
        List<String> reading = caches();
        assertThat(run("run")).endsWith("cache of: one\nran: one\n");
        assertThat(run("apply")).endsWith("cache of: one\nran: one\n");
        List<String> both = caches();
        assertThat(both).hasSize(2).containsAll(reading).anyMatch(name -> name.endsWith("-acting.aot"));
        write("core/src/main/java/A.java", "one");
        run("scan");
        assertThat(caches()).as("of the same jars").containsExactlyInAnyOrderElementsOf(both);
        write("core/src/main/java/A.java", "two");
        run("scan");
        assertThat(caches()).hasSize(1).doesNotContainAnyElementsOf(both);
    }

    @Test
    void jars_that_somebody_else_built_are_not_run_with_the_old_cache() throws Exception {
        run();
        write("core/src/main/java/A.java", "two");
        write("app/target/keyturn-app-0.1.0.jar", "two");
        assertThat(run()).endsWith("cache of: two\nran: two\n");
        Files.writeString(checkout.resolve("app/target/lib/engine.jar"), "changed");
        assertThat(run()).endsWith("cache of: two\nran: two\n");
        assertThat(builds()).isEqualTo(3);
    }

    @Test
    void the_same_jars_built_again_keep_their_cache() throws Exception {
        run();
        List<String> first = caches();
        write("core/src/main/java/A.java", "one");
        run();
        assertThat(builds()).isEqualTo(2);
        assertThat(caches()).isEqualTo(first);
    }

    @Test
    void a_replay_without_its_seed_says_what_it_takes() throws Exception {
        Process process = new ProcessBuilder("sh", "keyturn", "sandbox", "replay")
                .directory(checkout.toFile())
                .redirectErrorStream(true)
                .start();
        String said = PaperCheckout.said(process);
        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(said)
                .isEqualTo("keyturn: sandbox replay takes one seed, as a failing test printed it:"
                        + " ./keyturn sandbox replay ROTATION/INSTALLS/12=DROPPED_AFTER\n");
    }

    @Test
    void a_machine_without_a_jdk_is_told_in_one_line_what_to_get() throws Exception {
        // Every JDK of this machine reads as an older one.
        script("bin/sed", "echo 21");
        Process process = command().redirectErrorStream(true).start();
        String said = PaperCheckout.said(process);
        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(said)
                .isEqualTo("keyturn: no JDK 25 found; install one (Debian: apt-get install temurin-25-jdk or"
                        + " openjdk-25-jdk; others: https://adoptium.net) or set JAVA_HOME to it\n");
        assertThat(checkout.resolve("built")).doesNotExist();
    }

    @Test
    void a_machine_without_maven_is_told_in_one_line_what_to_get() throws Exception {
        Process process = paper.bare("mvn", "sh", "keyturn", "scan")
                .redirectErrorStream(true)
                .start();
        String said = PaperCheckout.said(process);
        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(said)
                .isEqualTo("keyturn: Maven is missing; install it (Debian: apt-get install maven; macOS: brew install"
                        + " maven)\n");
        assertThat(checkout.resolve("app/target/building")).doesNotExist();
    }

    @Test
    void what_was_built_once_runs_without_maven() throws Exception {
        run();
        Process process = paper.bare("mvn", "sh", "keyturn", "scan")
                .redirectErrorStream(true)
                .start();
        assertThat(PaperCheckout.said(process)).endsWith("ran: one\n");
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void a_build_that_fails_runs_nothing() throws Exception {
        run();
        script("bin/mvn", "echo '[ERROR] no'; exit 1");
        write("core/src/main/java/A.java", "two");
        Process process = command().redirectErrorStream(true).start();
        String said = PaperCheckout.said(process);
        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(said).contains("[ERROR] no", "keyturn: the build failed").doesNotContain("ran:");
    }

    @Test
    void two_that_are_started_at_once_build_once() throws Exception {
        script("bin/mvn", MAVEN + "until [ -e go ]; do sleep 0.1; done");
        Path said = checkout.resolve("said");
        Process first = command().redirectErrorStream(true).start();
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(checkout.resolve("built")));
        Process second = command()
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Files.readString(said).contains("keyturn: waiting for another build"));
        write("go", "");

        assertThat(first.inputReader().lines()).contains("ran: one");
        assertThat(second.waitFor()).isZero();
        assertThat(Files.readString(said)).contains("(process " + first.pid() + ")", "ran: one");
        assertThat(builds()).isEqualTo(1);
        assertThat(checkout.resolve("app/target/building")).doesNotExist();
    }

    @Test
    void the_place_of_a_build_that_was_killed_is_taken() throws Exception {
        script("bin/mvn", "until [ -e go ]; do sleep 0.1; done");
        Process killed = command().redirectErrorStream(true).start();
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(checkout.resolve("app/target/building/pid")));
        killed.destroyForcibly().waitFor();
        write("go", "");
        script("bin/mvn", MAVEN);

        assertThat(run()).endsWith("ran: one\n");
    }
}
