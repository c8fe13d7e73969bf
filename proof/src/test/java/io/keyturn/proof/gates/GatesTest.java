package io.keyturn.proof.gates;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatesTest {
    private static final String CLEAN = """
            package io.keyturn.seeded;

            /** Nothing is wrong with it. */
            final class Fault {
                String text() {
                    return "";
                }
            }
            """;

    @TempDir
    Path folder;

    @Test
    void a_clean_source_passes_every_gate() throws Exception {
        SeededProject.Build build =
                new SeededProject(folder).source("core", "Fault", CLEAN).build("core", "compile");

        assertThat(build.exit()).as(build.output()).isZero();
    }

    @Test
    void the_formatter_refuses_another_layout() throws Exception {
        assertRefused(CLEAN.replace("        return", "  return"), "spotless");
    }

    @Test
    void error_prone_refuses_an_ignored_result() throws Exception {
        assertRefused(CLEAN.replace("return \"\";", "\"a\".trim();\n        return \"\";"), "[ReturnValueIgnored]");
    }

    @Test
    void nullaway_refuses_null_where_none_is_said() throws Exception {
        assertRefused(CLEAN.replace("return \"\";", "return null;"), "[NullAway]");
    }

    @ParameterizedTest
    @CsvSource({
        "core, org.slf4j, slf4j-api, core is pure",
        "core, software.amazon.awssdk, iam, core is pure",
        "core, tools.jackson.core, jackson-databind, core is pure",
        "core, org.xerial, sqlite-jdbc, core is pure",
        "core, info.picocli, picocli, core is pure",
        "engine, software.amazon.awssdk, sts, engine knows core alone",
        "engine, org.slf4j, slf4j-api, engine knows core alone",
        "engine, org.xerial, sqlite-jdbc, engine knows core alone",
        "engine, info.picocli, picocli, engine knows core alone",
        "sandbox, software.amazon.awssdk, iam, speaks the protocols itself"
    })
    void the_enforcer_refuses_a_dependency_that_the_house_forbids(
            String module, String group, String artifact, String says) throws Exception {
        SeededProject.Build build =
                new SeededProject(folder).dependency(module, group, artifact).build(module, "validate");

        assertThat(build.exit()).isNotZero();
        assertThat(build.output()).contains(says);
    }

    /** A method with a branch that no test runs, and one test that runs none of it. */
    @Test
    void the_least_coverage_refuses_what_no_test_runs() throws Exception {
        SeededProject.Build build = new SeededProject(folder)
                .source("core", "Fault", CLEAN.replace("return \"\";", "return hashCode() > 0 ? \"a\" : \"b\";"))
                .test("core", "FaultTest", """
                        package io.keyturn.seeded;

                        import org.junit.jupiter.api.Test;

                        class FaultTest {
                            @Test
                            void asks_for_nothing() {
                                new Fault();
                            }
                        }
                        """)
                .build("core", "verify");

        assertThat(build.exit()).isNotZero();
        assertThat(build.output()).contains("Coverage checks have not been met");
    }

    @Test
    void the_licence_check_refuses_a_licence_that_is_not_listed() throws Exception {
        SeededProject.Build build = new SeededProject(folder)
                .edit("app", "<includedLicense>MIT</includedLicense>", "")
                .build("app", "verify");

        assertThat(build.exit()).isNotZero();
        assertThat(build.output()).contains("forbidden licenses");
    }

    private void assertRefused(String source, String by) throws Exception {
        SeededProject.Build build =
                new SeededProject(folder).source("core", "Fault", source).build("core", "compile");

        assertThat(build.exit()).isNotZero();
        assertThat(build.output()).contains(by);
    }
}
