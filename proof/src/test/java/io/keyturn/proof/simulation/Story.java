package io.keyturn.proof.simulation;

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
import org.jspecify.annotations.Nullable;

/**
 * One life from the first notice to the last deletion, with blows.
 *
 * @param places the kinds of its outside calls, in order
 * @param broken the promises that it broke, each with the blows that make it happen again
 */
record Story(List<Blow.Place> places, List<String> broken, Life life) {
    static final Rules RULES = new Rules(
            List.of(new Policy(
                    "people",
                    Spared.NOT,
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
        return of(Scenario.ROTATION, person, blows, Bug.NONE);
    }

    static Story of(Scenario scenario, Person person, Map<Integer, Blow> blows) {
        return of(scenario, person, blows, Bug.NONE);
    }

    static Story of(Scenario scenario, Person person, Map<Integer, Blow> blows, Bug bug) {
        return of(scenario, person, Schedule.of(blows), bug);
    }

    static Story of(Scenario scenario, Person person, Schedule schedule, Bug bug) {
        return of(new Life(scenario, person, schedule, bug), schedule, null);
    }

    /**
     * Lives on.
     *
     * @param memo what is known of lives that came to the same; null where each is lived to its end
     */
    static Story of(Life life, Schedule schedule, @Nullable Memo memo) {
        boolean whole = memo == null ? through(life) : memo.through(life, schedule);
        if (whole) {
            life.truth.end();
        }
        Seed seed = new Seed(life.scenario(), life.person(), schedule);
        String again = seed + " (again: ./keyturn sandbox replay " + seed + "): ";
        return new Story(
                life.points.places(),
                life.truth.broken().stream().map(promise -> again + promise).toList(),
                life);
    }

    private static boolean through(Life life) {
        while (!life.isOver()) {
            life.next();
        }
        return true;
    }
}
