package io.keyturn.proof.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a failure prints makes it happen again; {@code ./keyturn sandbox replay SEED} runs this with that seed. */
@Tag("simulation")
class ReplayTest {
    private static final String SEED =
            System.getProperty("keyturn.replay", "ROTATION/INSTALLS/60=DROPPED_BEFORE,70=KILLED_BEFORE");

    @BeforeAll
    static void dieQuietly() {
        Deaths.hush();
    }

    @AfterAll
    static void dieAloud() {
        Deaths.unhush();
    }

    @Test
    void theTimelineOfASeedIsTold() {
        List<String> told = told();

        if (System.getProperty("keyturn.replay") != null) {
            told.forEach(System.out::println);
            return;
        }
        assertThat(told).startsWith("seed " + SEED).endsWith("every promise held");
        assertThat(told)
                .anyMatch(line -> line.matches(" +call 60, \\w+: DROPPED_BEFORE"))
                .anyMatch(line -> line.matches(" +call 70, \\w+: KILLED_BEFORE"));
        assertThat(told).isEqualTo(Timeline.of(Seed.parse(SEED)));
    }

    private static List<String> told() {
        String[] parts = SEED.split("/", -1);
        return parts[0].equals("YEAR")
                ? Year.told(Long.parseLong(parts[1]), Integer.parseInt(parts[2]))
                : Timeline.of(Seed.parse(SEED));
    }

    @Test
    void aFailureNamesItsSeed() {
        Bug bug = new Mutants.NeverEndsBrownouts();
        List<String> broken = Story.of(Scenario.BROWNOUT, Person.INSTALLS, Map.of(3, Blow.STALE), bug)
                .broken();

        assertThat(broken)
                .first()
                .asString()
                .startsWith(
                        "BROWNOUT/INSTALLS/3=STALE (again: ./keyturn sandbox replay BROWNOUT/INSTALLS/3=STALE): 17: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ROTATION", "ROTATION/INSTALLS/x", "ROTATION/NOBODY/", "ROTATION/INSTALLS/1=HIT"})
    void whatIsNoSeedIsRefusedWithWhatWouldBe(String text) {
        assertThatThrownBy(() -> Seed.parse(text))
                .hasMessageStartingWith(
                        "\"" + text + "\" is no seed of a simulated life; copy it from the failure, such as"
                                + " ROTATION/INSTALLS/12=DROPPED_AFTER,40=KILLED_BEFORE; scenarios are [ROTATION, ");
    }
}
