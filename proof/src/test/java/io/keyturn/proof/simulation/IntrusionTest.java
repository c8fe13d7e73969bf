package io.keyturn.proof.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** At every outside call of a life somebody else acts: another worker, at once or after this one slept; a person who stops all. */
@Tag("simulation")
class IntrusionTest {
    /** Faults beside an overlap that every build draws for a scenario; {@code ./check --deep} draws twenty times as many. */
    private static final int FAULTS = Boolean.getBoolean("keyturn.deep") ? 2_000 : 100;

    /** How many calls after the overlap began. */
    private static final int WITHIN = 40;

    private static final List<Blow> OF_ANY_CALL =
            List.of(Blow.KILLED_BEFORE, Blow.KILLED_AFTER, Blow.DENIED, Blow.DROPPED_BEFORE, Blow.DROPPED_AFTER);

    @BeforeAll
    static void dieQuietly() {
        Deaths.hush();
    }

    @AfterAll
    static void dieAloud() {
        Deaths.unhush();
    }

    private static List<String> atEveryCall(Scenario scenario, Deed deed) {
        Course calm = Course.calm(scenario, Person.INSTALLS);
        List<Blow.Place> places = calm.places();
        Memo memo = new Memo();
        List<String> broken = new ArrayList<>();
        for (int at = 0; at < places.size(); at++) {
            if (isInFlight(places.get(at))) {
                continue;
            }
            Schedule schedule = Schedule.of(Map.of(), Map.of(at, deed));
            broken.addAll(Story.of(calm.parting(at, schedule), schedule, memo).broken());
        }
        System.out.println("intrusions: " + places.size() + " calls of " + scenario + ", of which " + memo.merged()
                + " led to a state that was known");
        return broken;
    }

    /** Neither AWS nor Jira has a conditional update, and docs/safety.md says so. */
    private static boolean isInFlight(Blow.Place place) {
        return place == Blow.Place.AWS_WRITE || place == Blow.Place.DESK_WRITE;
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "YEAR")
    void anotherWorkerBeginsAWholeRunInTheMiddleOfThisOne(Scenario scenario) {
        assertThat(atEveryCall(scenario, Deed.OVERTAKE)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "YEAR")
    void aWorkerThatSleptThroughItsLeaseChangesNothing(Scenario scenario) {
        assertThat(atEveryCall(scenario, Deed.OVERSLEEP)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "YEAR")
    void nothingBeginsOnceEverythingIsStopped(Scenario scenario) {
        assertThat(atEveryCall(scenario, Deed.STOP)).isEmpty();
    }

    /** Drawn from a seed: where the other worker begins, and what befalls a call of this one later, or one of the other. */
    @ParameterizedTest
    @EnumSource(names = {"ROTATION", "DELETE_ONLY", "BROWNOUT", "CAPPED", "TICKET_AGAIN"})
    void aFaultInEitherOfTwoWorkersBreaksNoPromise(Scenario scenario) {
        Course calm = Course.calm(scenario, Person.INSTALLS);
        List<Blow.Place> places = calm.places();
        Random random = new Random(scenario.ordinal());
        Memo memo = new Memo();
        List<String> broken = new ArrayList<>();
        for (int drawn = 0; drawn < FAULTS; drawn++) {
            int at = random.nextInt(places.size());
            Deed deed = random.nextBoolean() ? Deed.OVERTAKE : Deed.OVERSLEEP;
            if (isInFlight(places.get(at))) {
                continue;
            }
            int later = Math.min(places.size() - 1, at + random.nextInt(WITHIN));
            List<Blow> blows = Blow.at(places.get(later));
            Blow ofThis = blows.get(random.nextInt(blows.size()));
            Blow ofOther = OF_ANY_CALL.get(random.nextInt(OF_ANY_CALL.size()));
            Schedule schedule = random.nextBoolean()
                    ? Schedule.of(Map.of(later, ofThis), Map.of(at, deed))
                    : Schedule.of(Map.of(), Map.of(at, deed)).beside(Map.of(random.nextInt(WITHIN), ofOther));
            broken.addAll(Story.of(calm.parting(at, schedule), schedule, memo).broken());
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void aTagThatSparesTheUserTakesEffectWheneverItIsGiven() {
        assertThat(atEveryCall(Scenario.ROTATION, Deed.SPARE)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"ROTATION", "DEACTIVATE_ONLY", "DELETE_ONLY"})
    void aUserMadeAgainUnderTheSameNameIsAnotherOne(Scenario scenario) {
        assertThat(atEveryCall(scenario, Deed.REMAKE)).isEmpty();
    }

    @Test
    void aChangeSentAfterTheStopIsFound() {
        Life life = new Life(Scenario.ROTATION, Person.INSTALLS, Map.of());
        Deed.STOP.act(life);
        life.truth.beforeChange("run-1", life.account().id());
        assertThat(life.truth.broken())
                .anyMatch(found -> found.startsWith("16: a change began after everything was stopped"))
                .anyMatch(found -> found.startsWith("11: a change began while the account was not the worker's"));
    }
}
