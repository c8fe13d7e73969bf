package io.keyturn.proof.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every outside call of a short life meets every blow there is for it, and every promise is held against the world. */
@Tag("simulation")
class EnumerationTest {
    /** Pairs of blows that every build tries for each way to live; {@code ./check --deep} tries twenty times as many. */
    private static final int PAIRS = Boolean.getBoolean("keyturn.deep") ? 8_000 : 400;

    /** Of how many calls each build tries one where the owner meddles. */
    private static final int MEDDLED = Boolean.getBoolean("keyturn.deep") ? 1 : 8;

    /** How many of them begin with the same blow: the life that it leads to is gone through once for all of these. */
    private static final int SECONDS = 5;

    @BeforeAll
    static void dieQuietly() {
        Deaths.hush();
    }

    @AfterAll
    static void dieAloud() {
        Deaths.unhush();
    }

    /** Those whose pairs are drawn too. */
    static Set<Person> persons() {
        return EnumSet.range(Person.INSTALLS, Person.IS_AWAY);
    }

    /** Those who change keys and tags by themselves in the middle. */
    static Set<Person> meddlers() {
        return EnumSet.complementOf(EnumSet.copyOf(persons()));
    }

    @ParameterizedTest
    @MethodSource("persons")
    void noBlowAloneBreaksAPromise(Person person) {
        singles(Scenario.ROTATION, person);
    }

    /** Every one of some calls; {@code ./check --deep} tries all. */
    @ParameterizedTest
    @MethodSource("meddlers")
    void noBlowAloneBreaksAPromiseWhereTheOwnerMeddles(Person person) {
        singles(Scenario.ROTATION, person, MEDDLED, Blow::at);
    }

    @ParameterizedTest
    @EnumSource(names = {"ROTATION", "DELETE_ONLY", "BROWNOUT"})
    void noReadThatIsThrottledOrSlowBreaksAPromise(Scenario scenario) {
        singles(scenario, Person.INSTALLS, 1, place -> place == Blow.Place.AWS_READ ? Blow.OF_BUSY_READS : List.of());
    }

    /** Those whose pairs are tried by {@link PairsTest} have their single blows among them. */
    @ParameterizedTest
    @EnumSource(
            names = {
                "ONE_OF_TWO",
                "CAPPED",
                "POLICY_CHANGED",
                "BROWNOUT",
                "TICKET",
                "TICKET_AGAIN",
                "TICKET_OF_TWO",
                "TICKET_ALONE",
                "BOARDED",
                "LEAKED",
                "FAILING_USER",
                "FAILING_ACCOUNT"
            })
    void noBlowAloneBreaksAPromiseElsewhere(Scenario scenario) {
        singles(scenario, Person.INSTALLS);
    }

    private static void singles(Scenario scenario, Person person) {
        singles(scenario, person, 1, Blow::at);
    }

    /** @param each of how many calls one is tried, drawn by the person */
    private static void singles(Scenario scenario, Person person, int each, Function<Blow.Place, List<Blow>> blows) {
        assertThat(Story.of(scenario, person, Map.of()).broken()).isEmpty();
        Course calm = Course.calm(scenario, person);
        Memo memo = new Memo();
        List<String> broken = new ArrayList<>();
        int count = 0;
        for (int at = person.ordinal() % each; at < calm.places().size(); at += each) {
            for (Blow blow : blows.apply(calm.places().get(at))) {
                broken.addAll(calm.story(at, Map.of(at, blow), memo).broken());
                count++;
            }
        }
        assertThat(broken).isEmpty();
        System.out.println("singles: " + count + " schedules of " + scenario + " " + person + ", of which "
                + memo.merged() + " ended in a state that was known");
    }

    @ParameterizedTest
    @MethodSource("persons")
    void noTwoBlowsBreakAPromise(Person person) {
        pairs(Scenario.ROTATION, person, PAIRS);
    }

    @ParameterizedTest
    @EnumSource(names = {"TICKET", "TICKET_AGAIN", "TICKET_OF_TWO", "TICKET_ALONE"})
    void noTwoBlowsBreakAPromiseAboutTickets(Scenario scenario) {
        pairs(scenario, Person.INSTALLS, PAIRS / 4);
    }

    private static void pairs(Scenario scenario, Person person, int drawn) {
        Course calm = Course.calm(scenario, person);
        List<Blow.Place> places = calm.places();
        Memo memo = new Memo();
        Random random = new Random(person.ordinal());
        List<String> broken = new ArrayList<>();
        for (int firsts = 0; firsts < drawn / SECONDS; firsts++) {
            int first = random.nextInt(places.size() - 1);
            Map<Integer, Blow> one = Map.of(first, one(Blow.at(places.get(first)), random));
            // What comes after the first blow is another course of calls, so that the second is chosen in that.
            Course after = new Course(calm.parting(first, Schedule.of(one)));
            int calls = after.places().size();
            for (int seconds = 0; seconds < SECONDS; seconds++) {
                int second = first + 1 + random.nextInt(Math.max(1, calls - first - 1));
                if (second < calls) {
                    Blow blow = one(Blow.at(after.places().get(second)), random);
                    broken.addAll(after.story(second, Map.of(first, one.get(first), second, blow), memo)
                            .broken());
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    private static Blow one(List<Blow> blows, Random random) {
        return blows.get(random.nextInt(blows.size()));
    }
}
