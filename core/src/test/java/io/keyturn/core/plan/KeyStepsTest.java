package io.keyturn.core.plan;

import static io.keyturn.core.Samples.ACCOUNT;
import static io.keyturn.core.Samples.NOW;
import static io.keyturn.core.Samples.ROTATION;
import static io.keyturn.core.Samples.ago;
import static io.keyturn.core.Samples.days;
import static io.keyturn.core.Samples.key;
import static io.keyturn.core.Samples.people;
import static io.keyturn.core.Samples.rules;
import static io.keyturn.core.Samples.snapshot;
import static io.keyturn.core.Samples.used;
import static io.keyturn.core.Samples.user;
import static io.keyturn.core.Samples.withBrownout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.keyturn.core.Memories;
import io.keyturn.core.assess.Assessor;
import io.keyturn.core.assess.Deadline;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.policy.Condition;
import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.Step;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What comes next to a working key, and what never does. */
class KeyStepsTest {
    private static Limit limit(long warn, long expire, List<Step> onWarn, List<Step> onExpire) {
        return new Limit(days(warn), days(expire), onWarn, onExpire);
    }

    private static Policy policy(@Nullable Limit age, @Nullable Limit idle, boolean cutInUse) {
        return new Policy("p", Condition.ALWAYS, age, idle, days(7), ROTATION, days(30), cutInUse);
    }

    /** With a word that many days ago that named a day that is over by now. */
    private static History told(Step step, long daysAgo) {
        return Memories.of(new Told(ago(daysAgo), step, ago(1))).spoken(ago(1));
    }

    private static AccountPlan plan(Rules rules, History past, AccessKey key) {
        Rules enforced = rules.at(Stage.ENFORCE);
        return new Planner(enforced, past)
                .plan(ACCOUNT, new Assessor(enforced).assess(snapshot(user("ann", key)), past, NOW), NOW);
    }

    private static AccountPlan plan(Policy policy, History past, AccessKey key) {
        return plan(rules(policy), past, key);
    }

    private static List<Verb> due(Policy policy, History past, AccessKey key) {
        return plan(policy, past, key).due().stream().map(Action::kind).toList();
    }

    private static @Nullable Deadline announced(Policy policy, AccessKey key) {
        return plan(policy, History.NONE, key).due().stream()
                .filter(Action.Remind.class::isInstance)
                .map(Action.Remind.class::cast)
                .toList()
                .getFirst()
                .announced();
    }

    @Test
    void a_key_in_use_is_never_switched_off_for_its_age_unless_the_policy_says_so() {
        Limit cuts = limit(75, 90, List.of(Step.REMIND), List.of(Step.REMIND, Step.DEACTIVATE));
        Policy keeps = policy(cuts, null, false);
        History told = told(Step.DEACTIVATE, 40);

        assertThat(due(keeps, told, key(1, 100, used(1)))).isEmpty();
        assertThat(due(keeps, told, key(1, 100, used(30)))).isEmpty();
        assertThat(due(keeps, told, key(1, 100, new LastUse.Unknown("throttled"))))
                .isEmpty();
        assertThat(due(keeps, told, key(1, 100, used(31)))).containsExactly(Verb.DEACTIVATE);
        assertThat(due(keeps, told, key(1, 100, LastUse.NEVER_USED))).containsExactly(Verb.DEACTIVATE);
        assertThat(due(policy(cuts, null, true), told, key(1, 100, used(1)))).containsExactly(Verb.DEACTIVATE);
    }

    @Test
    void a_plan_says_of_each_key_that_it_cuts_in_use() {
        Limit cuts = limit(75, 90, List.of(Step.REMIND), List.of(Step.REMIND, Step.DEACTIVATE));
        History told = told(Step.DEACTIVATE, 40);
        Policy policy = policy(cuts, null, true);

        assertThat(plan(policy, told, key(1, 100, used(1))).due().getFirst().reasons())
                .contains(new Reason.CutInUse("p", days(1)));
        assertThat(plan(policy, told, key(1, 100, new LastUse.Unknown("throttled")))
                        .due()
                        .getFirst()
                        .reasons())
                .contains(new Reason.CutInUse("p", null));
        assertThat(plan(policy, told, key(1, 100, used(31))).due().getFirst().reasons())
                .noneMatch(Reason.CutInUse.class::isInstance);
        assertThat(plan(withBrownout(policy, List.of(Duration.ofMinutes(15))), told, key(1, 100, used(1)))
                        .due()
                        .getFirst()
                        .reasons())
                .contains(new Reason.CutInUse("p", days(1)));
    }

    @Test
    void the_end_of_a_key_in_use_is_not_announced_either() {
        Limit cuts = limit(75, 90, List.of(Step.REMIND), List.of(Step.REMIND, Step.DEACTIVATE));

        assertThat(announced(policy(cuts, null, false), key(1, 100, used(1)))).isNull();
        assertThat(announced(policy(cuts, null, true), key(1, 100, used(1))))
                .isEqualTo(new Deadline(Step.DEACTIVATE, "age", NOW.plus(days(30))));
    }

    @Test
    void a_key_used_as_long_ago_as_the_policy_counts_it_in_use_counts_so() {
        Policy policy = policy(limit(75, 90, List.of(), List.of(Step.REMIND)), null, false);

        assertThat(plan(policy, History.NONE, key(1, 100, used(30)))
                        .ifEnforced()
                        .values())
                .containsExactly(new Preview(1, 0));
        assertThat(plan(policy, History.NONE, key(1, 100, used(31)))
                        .ifEnforced()
                        .values())
                .containsExactly(new Preview(0, 1));
    }

    @Test
    void where_no_time_of_notice_is_asked_for_there_is_a_notice_all_the_same() {
        Rules base = rules(people());
        Rules atOnce = new Rules(
                base.policies(), List.of(), base.stages(), base.owners(), base.caps(), Duration.ZERO, base.leaks());
        AccessKey idle = key(1, 80, used(60));

        assertThat(plan(atOnce, History.NONE, idle).due())
                .extracting(Action::kind)
                .containsExactly(Verb.REMIND);
        assertThat(plan(atOnce, told(Step.DEACTIVATE, 2), idle).due())
                .extracting(Action::kind)
                .containsExactly(Verb.DEACTIVATE);
    }

    @Test
    void of_two_steps_at_one_instant_a_new_key_comes_before_the_old_one_goes() {
        Limit both = limit(75, 90, List.of(), List.of(Step.REMIND, Step.DEACTIVATE, Step.ROTATE));
        Limit cutsEarly = limit(30, 45, List.of(Step.DEACTIVATE), List.of());

        assertThat(announced(policy(both, null, true), key(1, 100, used(1))))
                .isEqualTo(new Deadline(Step.ROTATE, "age", NOW.plus(days(30))));
        assertThat(announced(
                        policy(limit(75, 90, List.of(Step.REMIND), List.of(Step.ROTATE)), cutsEarly, false),
                        key(1, 91, used(35))))
                .isEqualTo(new Deadline(Step.ROTATE, "age", NOW.plus(days(30))));
    }

    @Test
    void of_two_limits_that_ask_for_the_same_the_one_that_was_met_first_is_named() {
        Limit age = limit(75, 90, List.of(Step.REMIND), List.of(Step.DEACTIVATE));
        Limit sooner = limit(30, 45, List.of(), List.of(Step.DEACTIVATE));
        Limit later = limit(75, 95, List.of(), List.of(Step.DEACTIVATE));
        AccessKey never = key(1, 100, LastUse.NEVER_USED);

        assertThat(announced(policy(age, sooner, false), never))
                .isEqualTo(new Deadline(Step.DEACTIVATE, "idle", NOW.plus(days(30))));
        assertThat(announced(policy(age, later, false), never))
                .isEqualTo(new Deadline(Step.DEACTIVATE, "age", NOW.plus(days(30))));
    }

    @Test
    void the_next_step_of_a_key_that_is_warned_of_is_no_ticket_that_is_filed_already() {
        Limit tickets = limit(75, 90, List.of(Step.REMIND, Step.TICKET), List.of(Step.ROTATE));

        assertThat(plan(policy(tickets, null, false), told(Step.ROTATE, 3), key(1, 80, used(1)))
                        .next())
                .extracting(Scheduled::step)
                .containsExactly(Step.ROTATE);
    }

    @Test
    void the_time_of_notice_runs_from_when_the_first_word_can_be_said() {
        AccessKey warned = key(1, 80, used(1));
        Limit saidFirst = limit(75, 90, List.of(Step.REMIND), List.of(Step.ROTATE));
        Limit saidLate = limit(75, 90, List.of(Step.ROTATE), List.of(Step.REMIND));

        assertThat(plan(policy(saidFirst, null, false), History.NONE, warned).next())
                .extracting(Scheduled::step, Scheduled::at)
                .containsExactly(tuple(Step.ROTATE, NOW.plus(days(30))));
        assertThat(plan(policy(saidLate, null, false), History.NONE, warned).next())
                .extracting(Scheduled::step, Scheduled::at)
                .containsExactly(tuple(Step.ROTATE, NOW.plus(days(10 + 30))));
    }
}
