package io.keyturn.core.plan;

import static io.keyturn.core.Samples.ACCOUNT;
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

import io.keyturn.core.Memories;
import io.keyturn.core.assess.Assessor;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.User;
import io.keyturn.core.policy.Condition;
import io.keyturn.core.policy.DayCount;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Rotation;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When a key that is switched off is deleted, and when that is said. */
class DeletionTest {
    private static final User OFF = user("ann", inactive(key(1, 200, used(100))));
    private static final Told ANNOUNCED = new Told(ago(60), Step.DELETE, ago(1));
    /** Six hours less than the cool-down of 75 days ago, at an earlier hour of the day. */
    private static final Instant NOT_QUITE = ago(75).plus(Duration.ofHours(6));

    private static List<Verb> due(Rules rules, Stage stage, History past, User user) {
        Rules at = rules.at(stage);
        return new Planner(at, past)
                .plan(ACCOUNT, new Assessor(at).assess(snapshot(user), past, NOW), NOW).due().stream()
                        .map(Action::kind)
                        .toList();
    }

    private static List<Verb> due(History past) {
        return due(rules(people()), Stage.ENFORCE, past, OFF);
    }

    @Test
    void a_cool_down_is_whole_days_of_24_hours_unless_the_rotation_goes_by_the_calendar() {
        Rules calendar = rules(people()).counting(DayCount.CALENDAR);
        Rotation byTime = new Rotation(
                ROTATION.deliver(), false, days(14), days(45), days(75), false, Set.of(), Rotation.By.TIME, Set.of());
        Policy timed = new Policy("timed", Condition.ALWAYS, people().age(), null, days(7), byTime, days(30), false);
        Memories off = Memories.of(ANNOUNCED).inactiveSince(NOT_QUITE).spoken(ago(1));

        assertThat(due(calendar, Stage.ENFORCE, off, OFF)).isEmpty();
        assertThat(due(calendar, Stage.ENFORCE, off.inactiveSince(ago(75)), OFF))
                .containsExactly(Verb.DELETE);
        assertThat(due(rules(timed).counting(DayCount.CALENDAR), Stage.ENFORCE, off, OFF))
                .containsExactly(Verb.DELETE);
    }

    @Test
    void it_is_announced_at_once_whatever_its_owner_heard_before_it_was_switched_off() {
        Memories off = Memories.of().inactiveSince(ago(1));

        assertThat(due(off.spoken(ago(2)))).containsExactly(Verb.REMIND);
        assertThat(due(off.spoken(ago(0)))).isEmpty();
    }

    @Test
    void a_key_that_was_spoken_of_as_a_working_one_since_is_in_another_cool_down() {
        Told cut = new Told(ago(40), Step.DEACTIVATE, ago(30));
        Told replaced = new Told(ago(40), Step.ROTATE, ago(30));
        Told before = new Told(ago(76), Step.DEACTIVATE, ago(75));
        Told reminded = new Told(ago(40), Step.REMIND, ago(40));

        assertThat(due(Memories.of(before, ANNOUNCED, reminded).inactiveSince(ago(75))))
                .containsExactly(Verb.DELETE);
        assertThat(due(Memories.of(ANNOUNCED, cut).inactiveSince(ago(75)))).isEmpty();
        assertThat(due(Memories.of(ANNOUNCED, replaced).inactiveSince(ago(75)))).isEmpty();
    }

    @Test
    void a_snooze_keeps_the_announcement_back_and_a_freeze_does_not() {
        Memories off = Memories.of().inactiveSince(ago(1));

        assertThat(due(off.held(new Hold(true, "holiday", null)))).isEmpty();
        assertThat(due(off.held(new Hold(false, "frozen", null)))).containsExactly(Verb.REMIND);
    }

    @Test
    void where_keys_are_only_rotated_none_is_deleted_but_one_that_nobody_ever_held() {
        Memories off = Memories.of(ANNOUNCED).inactiveSince(ago(80)).spoken(ago(1));
        User both = user("bob", key(1, 120, used(0)), inactive(key(2, 80, LastUse.NEVER_USED)));
        Rotated lost = Rotated.lost(keyId(1), keyId(2), 80).inactive(80);

        assertThat(due(rules(people()), Stage.ROTATE, off, OFF)).isEmpty();
        assertThat(due(rules(people()), Stage.ENFORCE, off, OFF)).containsExactly(Verb.DELETE);
        assertThat(due(rules(people()), Stage.ROTATE, lost, both)).contains(Verb.DELETE);
        assertThat(due(rules(people()), Stage.NOTIFY, lost, both)).doesNotContain(Verb.DELETE);
    }
}
