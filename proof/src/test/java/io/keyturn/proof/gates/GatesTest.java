package io.keyturn.proof.gates;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void the_enforcer_refuses_every_dependency_that_keeps_core_from_being_pure() throws Exception {
        assertForbidden(
                "core",
                "core is pure",
                "org.slf4j:slf4j-api",
                "software.amazon.awssdk:iam",
                "tools.jackson.core:jackson-databind",
                "org.xerial:sqlite-jdbc",
                "info.picocli:picocli");
    }

    @Test
    void the_enforcer_refuses_every_dependency_of_the_engine_on_the_world_outside() throws Exception {
        assertForbidden(
                "engine",
                "engine knows core alone",
                "software.amazon.awssdk:sts",
                "org.slf4j:slf4j-api",
                "org.xerial:sqlite-jdbc",
                "info.picocli:picocli");
    }

    @Test
    void the_enforcer_refuses_the_vendors_sdk_in_the_simulated_aws() throws Exception {
        assertForbidden("sandbox", "speaks the protocols itself", "software.amazon.awssdk:iam");
    }

    /** One build tells of all of them. */
    private void assertForbidden(String module, String says, String... artifacts) throws Exception {
        SeededProject project = new SeededProject(folder);
        for (String artifact : artifacts) {
            project.dependency(module, artifact.split(":")[0], artifact.split(":")[1]);
        }
        SeededProject.Build build = project.build(module, "validate");

        assertThat(build.exit()).isNotZero();
        assertThat(build.output()).contains(says);
        for (String artifact : artifacts) {
            assertThat(build.output()).containsPattern(Pattern.quote(artifact) + "\\S* <--- banned");
        }
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
