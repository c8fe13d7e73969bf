package io.keyturn.core.plan;

import static io.keyturn.core.Samples.ACCOUNT;
import static io.keyturn.core.Samples.AGE;
import static io.keyturn.core.Samples.NOW;
import static io.keyturn.core.Samples.ROTATION;
import static io.keyturn.core.Samples.ago;
import static io.keyturn.core.Samples.days;
import static io.keyturn.core.Samples.inactive;
import static io.keyturn.core.Samples.key;
import static io.keyturn.core.Samples.keyId;
import static io.keyturn.core.Samples.people;
import static io.keyturn.core.Samples.rules;
import static io.keyturn.core.Samples.snapshot;
import static io.keyturn.core.Samples.used;
import static io.keyturn.core.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.keyturn.core.assess.Assessor;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Habits;
import io.keyturn.core.assess.Observed;
import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.policy.Condition;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Rotation;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What ends the old key of a rotation, and what its owner hears until then. */
class RotationEndTest {
    private static final KeyId OLD = keyId(1);
    private static final KeyId NEW = keyId(2);
    private static final LastUse UNUSED = LastUse.NEVER_USED;

    private static Policy policy(Duration remindEvery, @Nullable Rotation rotation) {
        return new Policy("p", Condition.ALWAYS, AGE, null, remindEvery, rotation, days(30), false);
    }

    private static Told end(long daysAgo, long dueDaysAgo) {
        return new Told(ago(daysAgo), Step.DEACTIVATE, ago(dueDaysAgo));
    }

    private static AccessKey[] keys(LastUse old, long madeDaysAgo, LastUse successor) {
        return new AccessKey[] {key(1, 120, old), key(2, madeDaysAgo, successor)};
    }

    private static List<Finding> findings(Rules rules, Habits habits, History past, AccessKey... keys) {
        return new Assessor(rules, habits).assess(snapshot(user("bob", keys)), past, NOW);
    }

    private static AccountPlan plan(Rules rules, Habits habits, History past, AccessKey... keys) {
        Rules enforced = rules.at(Stage.ENFORCE);
        return new Planner(enforced, past).plan(ACCOUNT, findings(enforced, habits, past, keys), NOW);
    }

    /** What is done to the key that is replaced, and of a word the day it names. */
    private static List<String> due(Rules rules, History past, AccessKey... keys) {
        return due(plan(rules, Habits.NONE, past, keys));
    }

    private static List<String> due(AccountPlan plan) {
        return plan.due().stream()
                .filter(action -> OLD.equals(action.credential().keyId()))
                .map(action -> action.verb()
                        + (action instanceof Action.Remind remind && remind.announced() != null
                                ? " of " + remind.announced().at()
                                : ""))
                .toList();
    }

    @Test
    void an_end_that_was_told_before_the_successor_was_there_ends_nothing() {
        Rotated past = Rotated.delivered(OLD, NEW, 20).telling(end(25, 5));

        assertThat(due(rules(people()), past, keys(used(40), 20, used(0)))).containsExactly("remind");
    }

    @Test
    void a_day_that_was_told_before_the_successor_was_there_never_moves_earlier() {
        Rotated rotated = Rotated.delivered(OLD, NEW, 10).telling(new Told(ago(8), Step.REMIND, ago(8)));
        Rotated later = rotated.saying(end(12, -20), false);
        Rotated sooner = rotated.saying(end(12, -10), false);

        assertThat(due(rules(people()), later, keys(used(40), 10, used(0))))
                .containsExactly("remind of " + NOW.plus(days(20)));
        assertThat(due(rules(people()), sooner, keys(used(40), 10, used(0))))
                .containsExactly("remind of " + NOW.plus(days(14)));
    }

    @Test
    void an_end_put_off_before_it_came_is_not_the_second_one() {
        Rotated past = Rotated.delivered(OLD, NEW, 60)
                .telling(end(40, 26))
                .telling(end(30, 20))
                .telling(end(24, 16));

        assertThat(due(rules(people()), past, keys(used(1), 60, used(0))))
                .containsExactly("remind of " + NOW.plus(days(14)));
    }

    @Test
    void a_key_still_in_use_at_its_end_gets_the_later_one_without_a_pause() {
        Rotated past = Rotated.delivered(OLD, NEW, 30).telling(end(3, 0));

        assertThat(due(rules(people()), past, keys(used(1), 30, used(0))))
                .containsExactly("remind of " + NOW.plus(days(14)));
    }

    @Test
    void who_does_not_install_the_new_key_hears_less_and_less() {
        Rotated once = Rotated.delivered(OLD, NEW, 40).telling(new Told(ago(14), Step.REMIND, ago(14)));
        Rotated twice = Rotated.delivered(OLD, NEW, 40)
                .telling(new Told(ago(28), Step.REMIND, ago(28)))
                .telling(new Told(ago(14), Step.REMIND, ago(14)));

        assertThat(due(rules(people()), once, keys(used(1), 40, UNUSED))).containsExactly("remind");
        assertThat(due(rules(people()), twice, keys(used(1), 40, UNUSED))).isEmpty();
    }

    @Test
    void who_asked_for_a_word_a_day_gets_it_until_the_end() {
        Rules daily = rules(policy(days(1), ROTATION));
        Instant end = NOW.plus(days(9));
        Rotated yesterday = Rotated.delivered(OLD, NEW, 30).telling(new Told(ago(1), Step.DEACTIVATE, end));
        Rotated today = Rotated.delivered(OLD, NEW, 30).telling(new Told(ago(1).plusSeconds(1), Step.DEACTIVATE, end));

        assertThat(due(daily, yesterday, keys(used(20), 30, used(0)))).containsExactly("remind of " + end);
        assertThat(due(daily, today, keys(used(20), 30, used(0)))).isEmpty();
    }

    @Test
    void a_key_used_once_in_three_weeks_is_not_quiet_after_two() {
        Rules watching = rules(people()).watching(days(100));
        Observed rare = new Observed(ago(200), ago(200), ago(20), days(20));
        Rotated past = Rotated.delivered(OLD, NEW, 60).telling(end(14, 0));

        assertThat(due(plan(watching, (account, user, made) -> rare, past, keys(used(20), 60, used(0)))))
                .containsExactly("remind of " + NOW.plus(days(14)));
        assertThat(due(plan(watching, (account, user, made) -> rare, past, keys(used(40), 60, used(0)))))
                .containsExactly("deactivate");
        assertThat(due(plan(watching, Habits.NONE, past, keys(used(20), 60, used(0)))))
                .containsExactly("deactivate");
    }

    @Test
    void a_new_key_that_nobody_installs_waits_for_a_person_when_all_its_time_is_over() {
        Rotated told = Rotated.delivered(OLD, NEW, 45).telling(new Told(ago(1), Step.REMIND, ago(1)));
        Rotated earlier = Rotated.delivered(OLD, NEW, 44).telling(new Told(ago(1), Step.REMIND, ago(1)));

        assertThat(waits(told, keys(used(1), 45, UNUSED))).isTrue();
        assertThat(waits(earlier, keys(used(1), 44, UNUSED))).isFalse();
        assertThat(waits(History.NONE, key(1, 120, used(1)))).isFalse();
    }

    private static boolean waits(History past, AccessKey... keys) {
        Rules rules = rules(people()).at(Stage.ENFORCE);
        Finding old = findings(rules, Habits.NONE, past, keys).getFirst();
        return new Planner(rules, past).waitsForDecision(old, NOW);
    }

    @Test
    void where_the_policy_no_longer_rotates_the_old_key_stays_and_a_lost_one_goes_all_the_same() {
        Rules never = rules(policy(days(7), null));
        Rotated ended = Rotated.delivered(OLD, NEW, 30).telling(end(14, 0));
        AccountPlan stays = plan(never, Habits.NONE, ended, keys(used(20), 30, used(0)));
        AccountPlan goes = plan(never, Habits.NONE, Rotated.lost(OLD, NEW, 1), keys(used(0), 1, UNUSED));

        assertThat(stays.due()).isEmpty();
        assertThat(stays.next()).noneMatch(next -> OLD.equals(next.credential().keyId()));
        assertThat(goes.due())
                .filteredOn(action -> NEW.equals(action.credential().keyId()))
                .extracting(Action::kind)
                .containsExactly(Verb.DEACTIVATE);
        assertThat(goes.next())
                .filteredOn(next -> NEW.equals(next.credential().keyId()))
                .extracting(Scheduled::step, Scheduled::at)
                .containsExactly(tuple(Step.DEACTIVATE, NOW));
    }

    private static AccountPlan lost(Rotated past, LastUse useOfNew) {
        return plan(rules(people()), Habits.NONE, past, keys(used(0), 3, useOfNew));
    }

    private static List<Verb> doneToNew(AccountPlan plan) {
        return plan.due().stream()
                .filter(action -> NEW.equals(action.credential().keyId()))
                .map(Action::kind)
                .toList();
    }

    @Test
    void a_key_whose_delivery_nobody_saw_end_stays_where_somebody_uses_it_or_may() {
        Rotated past = Rotated.lost(OLD, NEW, 3);
        Instant made = ago(3);
        LastUse ours = new LastUse.Used(made.plus(Duration.ofMinutes(15)), "sts", "us-east-1");
        LastUse theirs = new LastUse.Used(made.plus(Duration.ofMinutes(15)).plusSeconds(1), "s3", "us-east-1");

        assertThat(doneToNew(lost(past, ours))).containsExactly(Verb.DEACTIVATE);
        assertThat(doneToNew(lost(past, theirs))).isEmpty();
        assertThat(doneToNew(lost(past, new LastUse.Unknown("throttled")))).isEmpty();
        assertThat(doneToNew(lost(past.approved(1), theirs))).containsExactly(Verb.DEACTIVATE);
    }

    @Test
    void it_waits_for_a_person_then_and_has_no_day() {
        Rotated past = Rotated.lost(OLD, NEW, 3);
        Rules rules = rules(people()).at(Stage.ENFORCE);
        Finding taken =
                findings(rules, Habits.NONE, past, keys(used(0), 3, used(0))).getLast();
        Finding untouched =
                findings(rules, Habits.NONE, past, keys(used(0), 3, UNUSED)).getLast();

        assertThat(taken.credential().keyId()).isEqualTo(NEW);
        assertThat(new Planner(rules, past).waitsForDecision(taken, NOW)).isTrue();
        assertThat(new Planner(rules, past.approved(1)).waitsForDecision(taken, NOW))
                .isFalse();
        assertThat(new Planner(rules, past).waitsForDecision(untouched, NOW)).isFalse();
        assertThat(lost(past, used(0)).next())
                .noneMatch(next -> NEW.equals(next.credential().keyId()));
    }

    @Test
    void one_that_somebody_used_is_deleted_like_any_other() {
        Rotated past = Rotated.lost(OLD, NEW, 30).inactive(2);
        AccessKey used = inactive(key(2, 30, used(10)));
        AccessKey untouched = inactive(key(2, 30, UNUSED));

        assertThat(doneToNew(plan(rules(people()), Habits.NONE, past, key(1, 120, used(0)), used)))
                .containsExactly(Verb.REMIND);
        assertThat(doneToNew(plan(rules(people()), Habits.NONE, past, key(1, 120, used(0)), untouched)))
                .containsExactly(Verb.DELETE);
    }
}
