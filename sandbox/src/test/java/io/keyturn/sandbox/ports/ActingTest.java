package io.keyturn.sandbox.ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.User;
import io.keyturn.engine.port.Leave;
import io.keyturn.engine.port.LiveAccount;
import io.keyturn.engine.port.LiveAccount.Answer;
import io.keyturn.engine.port.LiveAccount.Made;
import io.keyturn.sandbox.fault.Fate;
import io.keyturn.sandbox.fault.Fault;
import io.keyturn.sandbox.fault.FaultRules;
import io.keyturn.sandbox.fault.Faults;
import io.keyturn.sandbox.fault.Operation;
import io.keyturn.sandbox.policy.PolicyDocument;
import io.keyturn.sandbox.world.Consistency;
import io.keyturn.sandbox.world.SimKey;
import io.keyturn.sandbox.world.SimRole;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActingTest {
    private static final String USER = "no-keys";

    private static Faults nth(int call, String action, Fate.Kind kind) {
        return new FaultRules(List.of(Fault.nth(call, action, kind)));
    }

    @ParameterizedTest
    @CsvSource({
        "ACCESS_DENIED, Refused, 0",
        "THROTTLED, Refused, 0",
        "LIMIT_EXCEEDED, Refused, 0",
        "ERROR_BEFORE, Unwell, 0",
        "ERROR_AFTER, Unwell, 1",
        "DROPPED_BEFORE, InDoubt, 0",
        "DROPPED_AFTER, InDoubt, 1",
        "LATE_LANDING, InDoubt, 0",
        "SLOW, Key, 1",
        "OK, Key, 1"
    })
    void each_fate_is_answered_as_much_as_a_caller_can_know(Fate.Kind kind, String expected, int keys)
            throws InterruptedException {
        Small small = new Small(14, Consistency.REAL);

        Made made = small.live(nth(1, "CreateAccessKey", kind)).create(small.target(USER, 9), Leave.GIVEN);

        assertThat(answer(made)).isEqualTo(expected);
        assertThat(small.user(USER).keys()).hasSize(keys);
    }

    private static String answer(Made made) {
        return switch (made) {
            case Made.Key key -> "Key";
            case Made.Not(Answer.InDoubt doubt) -> doubt.unwell() ? "Unwell" : "InDoubt";
            case Made.Not(Answer other) -> other.getClass().getSimpleName();
        };
    }

    @Test
    void a_late_key_appears_after_recovery_has_looked() throws Exception {
        Small small = new Small(14, Consistency.REAL);
        LiveAccount live = small.live(nth(1, "CreateAccessKey", Fate.Kind.LATE_LANDING));
        Target target = small.target(USER, 9);

        live.create(target, Leave.GIVEN);

        assertThat(keys(live, target)).isEmpty();
        small.clock.move(Fault.AFTER.plus(Duration.ofSeconds(20)));
        assertThat(keys(live, target)).hasSize(1);
    }

    @Test
    void a_stale_read_tells_of_the_time_before_the_write() throws Exception {
        Small small = new Small(14, Consistency.STALE_ON_DEMAND);
        LiveAccount live = small.live(nth(1, "ListAccessKeys", Fate.Kind.STALE));
        Target target = small.target("never-used", 0);

        assertThat(live.setActive(target, false, Leave.GIVEN)).isInstanceOf(Answer.Done.class);

        assertThat(keys(live, target).getFirst().active()).isTrue();
        assertThat(keys(live, target).getFirst().active()).isFalse();
    }

    @Test
    void a_key_made_here_works_at_last_and_a_deleted_one_a_little_longer() throws Exception {
        Small small = new Small(14, Consistency.REAL);
        LiveAccount live = small.live(Faults.NONE);

        Made.Key made = (Made.Key) live.create(small.target(USER, 9), Leave.GIVEN);

        assertThat(made.toString()).doesNotContain(made.secret().reveal());
        assertThat(small.user(USER).toString()).doesNotContain(made.secret().reveal());
        String id = made.id().value();
        assertThat(small.world.use(id, small.clock.instant(), "s3", "eu-west-1"))
                .isFalse();
        small.clock.move(Duration.ofSeconds(15));
        assertThat(small.world.use(id, small.clock.instant(), "s3", "eu-west-1"))
                .isTrue();
        assertThat(live.delete(small.target(USER, 0), Leave.GIVEN)).isInstanceOf(Answer.Done.class);
        assertThat(live.awsTime()).isEqualTo(small.clock.instant());
        assertThat(small.world.use(id, small.clock.instant().plusMillis(2900), "s3", "eu-west-1"))
                .isTrue();
        assertThat(small.world.use(id, small.clock.instant().plusSeconds(5), "s3", "eu-west-1"))
                .isFalse();
    }

    @Test
    void the_role_that_acts_is_bound_by_its_policy() throws Exception {
        Small small = new Small(14, Consistency.REAL);
        small.account().putRole(SimRole.of(WorldAccounts.ACT, PolicyDocument.allow(List.of("iam:Get*"), "*")));

        Answer answer = small.live(Faults.NONE).setActive(small.target("never-used", 0), false, Leave.GIVEN);

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> assertThat(refused.problem().sentence())
                                .startsWith("could not deactivate a key of never-used of fernhill (111122223333):"
                                        + " User: arn:aws:sts::111122223333:assumed-role/keyturn-act/direct is not"
                                        + " authorized to perform: iam:UpdateAccessKey"));
    }

    @Test
    void a_session_for_one_act_on_one_user_does_no_other() throws Exception {
        Small small = new Small(14, Consistency.REAL);
        String key = small.user("never-used").keys().getFirst().id();
        WorldIam iam = new WorldIam(small.world, small.account(), WorldAccounts.READ, small.clock, Faults.NONE)
                .only(WorldAccounts.ACT, "UpdateAccessKey", USER);

        assertThatThrownBy(() -> iam.updateAccessKey("never-used", key, false))
                .isInstanceOfSatisfying(
                        CallFailed.class, e -> assertThat(e.kind()).isEqualTo(CallFailed.Kind.DENIED));
    }

    @Test
    void a_process_can_be_killed_before_and_after_a_call_took_effect() {
        for (boolean after : new boolean[] {false, true}) {
            Small small = new Small(14, Consistency.REAL);
            LiveAccount live = small.live(new Faults() {
                @Override
                public Fate before(Operation operation) {
                    return kill(!after);
                }

                @Override
                public void after(Operation operation) {
                    kill(after);
                }

                private Fate kill(boolean now) {
                    if (now) {
                        throw new Killed();
                    }
                    return Fate.OK;
                }
            });

            assertThatThrownBy(() -> live.create(small.target(USER, 9), Leave.GIVEN))
                    .isInstanceOf(Killed.class);
            assertThat(small.user(USER).keys()).hasSize(after ? 1 : 0);
        }
    }

    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void the_same_seed_and_the_same_calls_make_the_same_course() throws Exception {
        assertThat(course()).isEqualTo(course());
    }

    private static List<SimKey> course() throws Exception {
        Small small = new Small(14, Consistency.REAL);
        LiveAccount live = small.live(Faults.NONE);
        live.create(small.target(USER, 9), Leave.GIVEN);
        small.clock.move(Duration.ofSeconds(4));
        keys(live, small.target(USER, 0));
        live.create(small.target(USER, 9), Leave.GIVEN);
        live.setActive(small.target(USER, 0), false, Leave.GIVEN);
        return small.user(USER).keys();
    }

    private static List<AccessKey> keys(LiveAccount live, Target target) throws Exception {
        User user = live.user(target.name(), Small.ALL).orElseThrow();
        assertThat(user.keys()).isInstanceOf(Fact.Known.class);
        return user.keys().orElse(List.of());
    }
}
