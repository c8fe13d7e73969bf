package io.keyturn.proof.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.engine.apply.StopFlag;
import io.keyturn.engine.journal.Leases;
import io.keyturn.engine.port.StoreFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** At every outside call of a life somebody else acts: another worker, at once or after this one slept; a person who stops all. */
class IntrusionTest {
    @BeforeAll
    static void dieQuietly() {
        Deaths.hush();
    }

    @AfterAll
    static void dieAloud() {
        Deaths.unhush();
    }

    private static List<String> atEveryCall(Scenario scenario, Consumer<Life> deed) {
        Course calm = Course.calm(scenario, Person.INSTALLS);
        List<Blow.Place> places = calm.places();
        Memo memo = new Memo();
        List<String> broken = new ArrayList<>();
        for (int at = 0; at < places.size(); at++) {
            if (places.get(at) == Blow.Place.AWS_WRITE || places.get(at) == Blow.Place.DESK_WRITE) {
                // It is in flight: neither AWS nor Jira has a conditional update, and docs/safety.md says so.
                continue;
            }
            Map<Integer, Consumer<Life>> intrusion = Map.of(at, deed);
            broken.addAll(Story.of(calm.parting(at, Map.of(), intrusion), Map.of(), intrusion, memo)
                    .broken());
        }
        System.out.println("intrusions: " + places.size() + " calls of " + scenario + ", of which " + memo.merged()
                + " led to a state that was known");
        return broken;
    }

    @ParameterizedTest
    @EnumSource(Scenario.class)
    void anotherWorkerBeginsAWholeRunInTheMiddleOfThisOne(Scenario scenario) {
        assertThat(atEveryCall(scenario, Life::overlap)).isEmpty();
    }

    /** Longer than any lease: when this worker wakes up, the account is another's, or nobody's. */
    private static void sleepAndBeOvertaken(Life life) {
        life.clock.move(Leases.TERM.multipliedBy(2));
        life.overlap();
        life.clock.move(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @EnumSource(Scenario.class)
    void aWorkerThatSleptThroughItsLeaseChangesNothing(Scenario scenario) {
        assertThat(atEveryCall(scenario, IntrusionTest::sleepAndBeOvertaken)).isEmpty();
    }

    private static void stop(Life life) {
        try {
            new StopFlag(life.store.inner).raise("carol: drill");
        } catch (StoreFailure e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @EnumSource(Scenario.class)
    void nothingBeginsOnceEverythingIsStopped(Scenario scenario) {
        assertThat(atEveryCall(scenario, IntrusionTest::stop)).isEmpty();
    }

    @Test
    void aChangeSentAfterTheStopIsFound() {
        Life life = new Life(Scenario.ROTATION, Person.INSTALLS, Map.of());
        stop(life);
        life.truth.beforeWrite("run-1");
        assertThat(life.truth.broken())
                .anyMatch(found -> found.startsWith("16: a change began after everything was stopped"))
                .anyMatch(found -> found.startsWith("11: a change began while the account was not the worker's"));
    }
}
