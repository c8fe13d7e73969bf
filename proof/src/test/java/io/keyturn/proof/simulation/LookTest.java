package io.keyturn.proof.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A run that only shows its plan, before each run of a life, meets every blow at every call, and changes nothing. */
@Tag("simulation")
class LookTest {
    @BeforeAll
    static void dieQuietly() {
        Deaths.hush();
    }

    @AfterAll
    static void dieAloud() {
        Deaths.unhush();
    }

    @ParameterizedTest
    @EnumSource(names = {"DELETE_ONLY", "BROWNOUT", "TICKET"})
    void aDryRunChangesDeliversAndSaysNothing(Scenario scenario) {
        Life life = new Life(scenario, Person.INSTALLS, Map.of());
        List<String> broken = new ArrayList<>();
        int count = 0;
        while (!life.isOver()) {
            int first = life.points.count();
            Life calm = life.parting(Schedule.CALM);
            calm.look();
            broken.addAll(calm.truth.broken());
            for (int at = first; at < calm.points.count(); at++) {
                for (Blow blow : Blow.at(calm.points.places().get(at))) {
                    Life other = life.parting(Schedule.of(Map.of(at, blow)));
                    other.look();
                    broken.addAll(other.truth.broken());
                    count++;
                }
            }
            life.next();
        }
        assertThat(broken).isEmpty();
        assertThat(count).isPositive();
    }
}
