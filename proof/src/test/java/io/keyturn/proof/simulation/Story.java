package io.keyturn.proof.simulation;

import io.keyturn.core.policy.Condition;
import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.OwnerRule;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Rotation;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.StageRule;
import io.keyturn.core.policy.Step;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One life from the first notice to the last deletion, with blows.
 *
 * @param places the kinds of its outside calls, in order
 * @param broken the promises that it broke, each with the blows that make it happen again
 */
record Story(List<Blow.Place> places, List<String> broken, Life life) {
    /** Days between runs: a notice, a rotation, its grace, the two quiet weeks, the end, the cool-down, and time to heal. */
    private static final int[] RUNS = {1, 2, 1, 1, 2, 14, 1, 3, 1, 1, 4};

    static final Rules RULES = new Rules(
            List.of(new Policy(
                    "people",
                    Condition.ALWAYS,
                    new Limit(
                            Duration.ofDays(75),
                            Duration.ofDays(90),
                            List.of(Step.REMIND),
                            List.of(Step.REMIND, Step.ROTATE)),
                    null,
                    Duration.ofDays(7),
                    new Rotation(List.of(), false, Duration.ofDays(2), Duration.ofDays(8), Duration.ofDays(3)),
                    Duration.ofDays(30),
                    false)),
            List.of(),
            List.of(new StageRule(null, null, Stage.ENFORCE)),
            List.of(new OwnerRule.Tag("Owner")),
            Map.of(),
            Duration.ofDays(2),
            true);

    static Story of(Person person, Map<Integer, Blow> blows) {
        Life life = new Life(RULES, person, blows);
        for (int days : RUNS) {
            life.days(days);
        }
        life.truth.end();
        String again = "Story.of(" + person + ", " + new TreeMap<>(blows) + "): ";
        return new Story(
                life.points.places(),
                life.truth.broken().stream().map(promise -> again + promise).toList(),
                life);
    }
}
