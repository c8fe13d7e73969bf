package io.keyturn.proof.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HouseRulesTest {
    private static final JavaClasses PRODUCTION = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.keyturn");

    /** One small violation of each rule, which must not pass. */
    private static final JavaClasses SEEDED = new ClassFileImporter()
            .withImportOption(new ImportOption.OnlyIncludeTests())
            .importPackages("io.keyturn");

    static Stream<String> names() {
        return HouseRules.all().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void the_house_keeps_the_rule(String name) {
        rule(name).check(PRODUCTION);
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_seeded_violation_is_found(String name) {
        assertThat(rule(name).evaluate(SEEDED).hasViolation()).isTrue();
    }

    @Test
    void what_is_checked_is_the_whole_product() {
        assertThat(PRODUCTION.size()).isGreaterThan(80);
        for (String room : Set.of("core.model", "engine.run", "adapters.aws", "sandbox.world", "app.cli")) {
            assertThat(PRODUCTION.stream().anyMatch(c -> c.getPackageName().startsWith("io.keyturn." + room)))
                    .as(room)
                    .isTrue();
        }
    }

    private static ArchRule rule(String name) {
        return HouseRules.all().get(name).allowEmptyShould(false);
    }
}
