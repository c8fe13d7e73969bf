package io.keyturn.proof.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The clock of Keyturn's machine is a day ahead or behind: in one run, from one run on, or until one. */
@Tag("simulation")
class DriftTest {
    private static Map<Integer, Drift> drifts(int from, int to, Drift drift) {
        return IntStream.rangeClosed(from, to).boxed().collect(Collectors.toMap(run -> run, run -> drift));
    }

    @ParameterizedTest
    @EnumSource(names = {"ROTATION", "DEACTIVATE_ONLY", "DELETE_ONLY", "BROWNOUT", "BOARDED"})
    void noJumpOfTheClockBreaksAPromise(Scenario scenario) {
        int runs = scenario.runs().length;
        List<String> broken = new ArrayList<>();
        for (Drift drift : Drift.values()) {
            for (int run = 1; run <= runs; run++) {
                for (Map<Integer, Drift> drifts :
                        List.of(drifts(run, run, drift), drifts(run, runs, drift), drifts(1, run, drift))) {
                    broken.addAll(Story.of(scenario, Person.INSTALLS, Schedule.drifting(drifts), Bug.NONE)
                            .broken());
                }
            }
        }
        assertThat(broken).isEmpty();
    }
}
