package io.keyturn.proof.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The rules of the house that Maven cannot enforce, by name. */
final class HouseRules {
    /** Calls that ask the machine what time it is. */
    private static final Set<String> CLOCKS = Set.of(
            "java.time.Instant.now",
            "java.time.LocalDate.now",
            "java.time.LocalDateTime.now",
            "java.time.LocalTime.now",
            "java.time.ZonedDateTime.now",
            "java.time.OffsetDateTime.now",
            "java.time.OffsetTime.now",
            "java.time.Year.now",
            "java.time.YearMonth.now",
            "java.time.MonthDay.now",
            "java.util.Calendar.getInstance",
            "java.time.Clock.system",
            "java.time.Clock.systemUTC",
            "java.time.Clock.systemDefaultZone",
            "java.time.InstantSource.system",
            "java.lang.System.currentTimeMillis");

    private static final Set<String> ENVIRONMENT = Set.of("java.lang.System.getenv");

    private HouseRules() {}

    static Map<String, ArchRule> all() {
        Map<String, ArchRule> rules = new TreeMap<>();
        rules.put(
                "packages-have-no-cycles",
                slices().matching("io.keyturn.(*).(*)..").should().beFreeOfCycles());
        rules.put(
                "adapters-are-blind-to-each-other",
                slices().matching("io.keyturn.adapters.(*)..")
                        .should()
                        .notDependOnEachOther()
                        // Not an adapter: what all that speak HTTP share, so that its safeguards are written once.
                        .ignoreDependency(alwaysTrue(), resideInAPackage("io.keyturn.adapters.web..")));
        rules.put(
                "adapters-know-no-door-and-no-simulation",
                noClasses()
                        .that(resideInAPackage("io.keyturn.adapters.."))
                        .should()
                        .dependOnClassesThat(resideInAnyPackage("io.keyturn.app..", "io.keyturn.sandbox..")));
        rules.put(
                "wiring-alone-names-adapters",
                noClasses()
                        .that(resideOutsideOfPackages("io.keyturn.adapters..", "io.keyturn.app.wiring.."))
                        .should()
                        .dependOnClassesThat(resideInAPackage("io.keyturn.adapters..")));
        rules.put(
                "aws-types-stay-in-the-aws-adapter",
                noClasses()
                        .that(resideOutsideOfPackages("io.keyturn.adapters.aws.."))
                        .should()
                        .dependOnClassesThat(resideInAPackage("software.amazon.awssdk..")));
        rules.put(
                "time-comes-in-from-outside",
                noClasses()
                        .that(resideOutsideOfPackages("io.keyturn.app.wiring..", "io.keyturn.app.cli.."))
                        .should()
                        .accessTargetWhere(callsOneOf(CLOCKS)));
        rules.put(
                "environment-comes-in-from-outside",
                noClasses()
                        .that(resideOutsideOfPackages("io.keyturn.app.wiring..", "io.keyturn.app.cli.."))
                        .should()
                        .accessTargetWhere(callsOneOf(ENVIRONMENT)));
        rules.put(
                "core-does-no-io",
                noClasses()
                        .that(resideInAPackage("io.keyturn.core.."))
                        .should()
                        .dependOnClassesThat(resideInAnyPackage(
                                "java.io..",
                                "java.nio.file..",
                                "java.nio.channels..",
                                "java.net..",
                                "java.sql..",
                                "java.util.logging..",
                                "java.util.concurrent.locks..")));
        return rules;
    }

    private static DescribedPredicate<JavaAccess<?>> callsOneOf(Set<String> names) {
        return new DescribedPredicate<>("a call of one of " + names) {
            @Override
            public boolean test(JavaAccess<?> access) {
                return names.contains(access.getTargetOwner().getFullName() + "."
                        + access.getTarget().getName());
            }
        };
    }
}
