package io.keyturn.proof.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every blow of a scenario followed by every other one: none left out, and none lived twice. */
@Tag("simulation")
class PairsTest {
    @BeforeAll
    static void dieQuietly() {
        Deaths.hush();
    }

    @AfterAll
    static void dieAloud() {
        Deaths.unhush();
    }

    /** What every build has the time for; {@code ./check --deep} tries them all. */
    static Set<Scenario> scenarios() {
        return Boolean.getBoolean("keyturn.deep")
                ? Scenario.SHORT
                : EnumSet.of(Scenario.IN_USE, Scenario.TWO_KEYS, Scenario.DEACTIVATE_ONLY, Scenario.DELETE_ONLY);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void noTwoBlowsBreakAPromise(Scenario scenario) {
        Pairs pairs = new Pairs(scenario, Person.INSTALLS);

        assertThat(pairs.broken()).isEmpty();
        System.out.println("pairs: " + pairs.count());
    }
}
