package io.keyturn.bench.effect;

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

/** What Keyturn is told: the same limit as the other tools. */
final class Policies {
    private Policies() {}

    /** As a policy is written by habit: rotation begins at the limit. */
    static Rules atTheLimit() {
        Limit age = new Limit(
                days(75), days(Street.LIMIT), List.of(Step.REMIND), List.of(Step.REMIND, Step.TICKET, Step.ROTATE));
        return rules(age, Rules.DEFAULT_FIRST_NOTICE, Rotation.DEFAULT_DELETE_AFTER);
    }

    /**
     * Counted back from the limit: told at 50 days, a new key at 57, two weeks and more to install it, the old one off after
     * the announced grace, by 90 days for all but the slowest, and gone before its successor is 57 days old itself, for a
     * user has room for two keys.
     */
    static Rules ahead() {
        Limit age = new Limit(
                days(50), days(Street.LIMIT), List.of(Step.REMIND, Step.ROTATE), List.of(Step.REMIND, Step.TICKET));
        return rules(age, days(7), days(21));
    }

    private static Rules rules(Limit age, Duration firstNotice, Duration deleteAfter) {
        Limit idle = new Limit(days(30), days(45), List.of(Step.REMIND), List.of(Step.REMIND, Step.DEACTIVATE));
        Rotation rotation = new Rotation(
                List.of(), false, Rotation.DEFAULT_DEACTIVATE_AFTER, Rotation.DEFAULT_HOLD_AFTER, deleteAfter);
        Policy policy = new Policy(
                "all",
                Condition.ALWAYS,
                age,
                idle,
                Policy.DEFAULT_REMIND_EVERY,
                rotation,
                Policy.DEFAULT_IN_USE_WINDOW,
                false);
        return new Rules(
                List.of(policy),
                List.of(),
                List.of(new StageRule(null, null, Stage.ENFORCE)),
                List.of(new OwnerRule.Tag("Owner")),
                Map.of(),
                firstNotice,
                true);
    }

    private static Duration days(int days) {
        return Duration.ofDays(days);
    }
}
