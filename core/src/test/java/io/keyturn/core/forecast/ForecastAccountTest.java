package io.keyturn.core.forecast;

import static io.keyturn.core.Samples.NOW;
import static io.keyturn.core.Samples.ago;
import static io.keyturn.core.Samples.days;
import static io.keyturn.core.Samples.key;
import static io.keyturn.core.Samples.keyId;
import static io.keyturn.core.Samples.people;
import static io.keyturn.core.Samples.rules;
import static io.keyturn.core.Samples.snapshot;
import static io.keyturn.core.Samples.used;
import static io.keyturn.core.Samples.user;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.assess.Assessor;
import io.keyturn.core.assess.Succession;
import io.keyturn.core.assess.Validity;
import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.User;
import io.keyturn.core.plan.AccountPlan;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.History;
import io.keyturn.core.plan.Planner;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.StageRule;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys as they go on in a forecast. */
class ForecastAccountTest {
    private static final LastUse NEVER = LastUse.NEVER_USED;

    /** When the key of that user is last used as a reading in so many days would find it. */
    private static LastUse in(int days, AccessKey key) {
        ForecastAccount account = new ForecastAccount(snapshot(user("ann", key)), History.NONE);
        account.begin(new Assessor(rules(people())), NOW);
        return only(account, NOW.plus(days(days)));
    }

    private static LastUse only(ForecastAccount account, Instant now) {
        return account.snapshot(now)
                .users()
                .getFirst()
                .keys()
                .orElse(List.of())
                .getFirst()
                .lastUse();
    }

    private static LastUse at(Instant instant) {
        return new LastUse.Used(instant, "s3", "eu-west-1");
    }

    @Test
    void a_key_in_use_goes_on_being_used_as_long_ago_as_it_was() {
        assertThat(in(10, key(1, 60, used(20)))).isEqualTo(at(ago(10)));
        assertThat(in(10, key(1, 80, used(1)))).as("overdue soon by its age").isEqualTo(at(NOW.plus(days(9))));
        assertThat(in(10, key(1, 60, used(-1)))).as("by a clock ahead").isEqualTo(at(NOW.plus(days(10))));
    }

    @Test
    void a_key_that_lies_idle_or_was_never_used_stays_so() {
        assertThat(in(10, key(1, 60, used(35)))).isEqualTo(used(35));
        assertThat(in(10, key(1, 60, used(50)))).isEqualTo(used(50));
        assertThat(in(10, key(1, 5, NEVER))).isEqualTo(NEVER);
    }

    @Test
    void a_key_that_is_switched_off_or_rests_was_used_until_then() {
        ForecastKey off = new ForecastKey(key(1, 60, used(20)), keyId(1));
        off.use(days(1));
        off.deactivate(NOW.plus(days(5)));
        ForecastKey rests = new ForecastKey(key(1, 60, used(20)), keyId(1));
        rests.use(days(1));
        rests.rest(NOW.plus(days(6)));

        assertThat(off.at(NOW.plus(days(30))).lastUse()).isEqualTo(at(NOW.plus(days(4))));
        assertThat(rests.at(NOW.plus(days(30))).lastUse()).isEqualTo(at(NOW.plus(days(5))));
        assertThat(off.used() || rests.used()).isFalse();
    }

    @Test
    void with_a_key_that_is_removed_its_rotation_is_over() {
        User ann = user("ann", key(1, 60, used(1)));
        ForecastAccount account = new ForecastAccount(snapshot(ann), History.NONE);
        ForecastAccount.Held old = new ForecastAccount.Held(
                new Principal.OfUser(ann.name(), ann.id(), ann.arn()),
                requireNonNull(account.key(keyId(1))),
                null,
                null);
        ForecastKey successor = account.make(old.user(), NOW);
        account.past()
                .succeed(
                        new Succession(keyId(1), successor.id(), NOW, null),
                        old.user().id());

        account.remove(old);

        assertThat(account.past().of(keyId(1))).isNull();
        assertThat(account.past().by(successor.id())).isNull();
        assertThat(account.key(keyId(1))).isNull();
        assertThat(account.key(successor.id())).isSameAs(successor);
        assertThat(account.size()).isEqualTo(1);
    }

    /** More than one thread judges at a time, some of them overdue; the day after, most of them are passed over. */
    @ParameterizedTest
    @ValueSource(ints = {1, 63, 64, 65, 128, 150})
    void every_user_is_looked_at_and_counted_also_when_most_are_passed_over(int count) {
        Rules plain = rules(people());
        Rules rules = new Rules(
                plain.policies(),
                plain.exemptions(),
                List.of(new StageRule(null, null, Stage.ENFORCE)),
                plain.owners(),
                plain.caps(),
                plain.firstNotice(),
                plain.leaks());
        User[] users = IntStream.range(0, count)
                .mapToObj(i -> user("user-" + i, key(i + 1, i % 3 == 0 ? 100 : 60, used(1))))
                .toArray(User[]::new);
        ForecastAccount account = new ForecastAccount(snapshot(users), History.NONE);
        Assessor assessor = new Assessor(rules);
        Planner planner = new Planner(rules, History.NONE);
        account.begin(assessor, NOW);
        int overdue = (count + 2) / 3;
        for (int day = 0; day < 3; day++) {
            Instant now = NOW.plus(days(day));
            AccountPlan plan = account.plan(assessor, planner, now);
            assertThat(plan.activeKeys()).isEqualTo(count);
            assertThat(account.overdue()).isEqualTo(overdue);
            assertThat(plan.due().stream().map(Action::credential).distinct()).hasSize(overdue);
            plan.due().forEach(action -> account.past().speak(action.credential(), now));
            account.settle(new Validity(rules), planner, now);
        }
    }
}
