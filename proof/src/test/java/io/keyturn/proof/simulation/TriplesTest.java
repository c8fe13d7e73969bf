package io.keyturn.proof.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Three blows one after the other, drawn from a seed. */
@Tag("simulation")
class TriplesTest {
    /** For each scenario. */
    private static final int TRIPLES = Boolean.getBoolean("keyturn.deep") ? 6_000 : 12;

    /** How many of them begin with the same two. */
    private static final int THIRDS = 6;

    @BeforeAll
    static void dieQuietly() {
        Deaths.hush();
    }

    @AfterAll
    static void dieAloud() {
        Deaths.unhush();
    }

    static Set<Scenario> scenarios() {
        return Scenario.SHORT;
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void noThreeBlowsBreakAPromise(Scenario scenario) {
        Random random = new Random(scenario.ordinal());
        Course calm = Course.calm(scenario, Person.INSTALLS);
        Memo memo = new Memo();
        List<String> broken = new ArrayList<>();
        int count = 0;
        for (int pairs = 0; pairs < TRIPLES / THIRDS; pairs++) {
            Map<Integer, Blow> one = more(Map.of(), calm, random);
            Course first = new Course(calm.parting(last(one), Schedule.of(one)));
            Map<Integer, Blow> two = more(one, first, random);
            Course second = new Course(first.parting(last(two), Schedule.of(two)));
            for (int thirds = 0; thirds < THIRDS; thirds++) {
                Map<Integer, Blow> three = more(two, second, random);
                broken.addAll(second.story(last(three), three, memo).broken());
                count++;
            }
        }
        assertThat(broken).isEmpty();
        System.out.println("triples: " + count + " schedules of " + scenario + ", of which " + memo.merged()
                + " ended in a state that was known");
    }

    private static int last(Map<Integer, Blow> blows) {
        return Schedule.of(blows).last();
    }

    /** Those and a later one; the same where no call comes later. */
    private static Map<Integer, Blow> more(Map<Integer, Blow> blows, Course course, Random random) {
        int from = last(blows) + 1;
        List<Blow.Place> places = course.places();
        if (from >= places.size()) {
            return blows;
        }
        int at = from + random.nextInt(places.size() - from);
        List<Blow> choice = Blow.at(places.get(at));
        Map<Integer, Blow> more = new HashMap<>(blows);
        more.put(at, choice.get(random.nextInt(choice.size())));
        return more;
    }
}
