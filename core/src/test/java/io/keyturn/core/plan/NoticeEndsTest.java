package io.keyturn.core.plan;

import static io.keyturn.core.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.Forgetful;
import io.keyturn.core.assess.Assessor;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.User;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.StageRule;
import io.keyturn.core.policy.Step;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When whoever was told of a key is to hear that nobody need do anything any more. */
class NoticeEndsTest {
    private static final User OVERDUE = user("ann", key(1, 100, used(1)));
    private static final User HEALTHY = user("ann", key(1, 10, used(1)));
    private static final User OFF = user("ann", inactive(key(1, 100, used(20))));

    /** What was said of the first key. */
    private record Said(Step step, Instant due, boolean onlyIfWithdrawn) implements Forgetful {
        @Override
        public List<OpenNotice> notices() {
            Target target = new Target(ACCOUNT.id(), OVERDUE.id(), OVERDUE.name(), keyId(1));
            return List.of(new OpenNotice(target, step, due, onlyIfWithdrawn));
        }
    }

    private static List<Settled> ends(History history, Stage stage, boolean whole, User... users) {
        Rules base = rules(people());
        Rules rules = new Rules(
                base.policies(),
                List.of(),
                List.of(new StageRule(null, null, stage)),
                base.owners(),
                Map.of(),
                days(30),
                true);
        return new Planner(rules, history)
                .plan(ACCOUNT, new Assessor(rules).assess(snapshot(users), NOW), whole, NOW).due().stream()
                        .filter(Action.CloseNotice.class::isInstance)
                        .peek(action -> {
                            assertThat(action.verb()).isEqualTo("close-notice");
                            assertThat(action.isEnd()).isTrue();
                            assertThat(action.cap()).isNull();
                        })
                        .map(action -> ((Action.CloseNotice) action).settled())
                        .toList();
    }

    private static List<Settled> ends(History history, User... users) {
        return ends(history, Stage.NOTIFY, true, users);
    }

    @Test
    void aNoticeEndsWhenItsKeyIsHealthySwitchedOffOrGone() {
        History said = new Said(Step.DEACTIVATE, NOW.plus(days(5)), false);
        assertThat(ends(said, HEALTHY)).containsExactly(Settled.HEALTHY);
        assertThat(ends(said, OFF)).containsExactly(Settled.SWITCHED_OFF);
        assertThat(ends(said)).containsExactly(Settled.GONE);
        assertThat(ends(said, OVERDUE)).isEmpty();
    }

    @Test
    void aKeyThatIsToBeDeletedIsSwitchedOffAlreadyWhichEndsNothing() {
        History said = new Said(Step.DELETE, NOW.plus(days(5)), false);
        assertThat(ends(said, OFF)).isEmpty();
        assertThat(ends(said)).containsExactly(Settled.GONE);
    }

    @Test
    void whatCameAsItWasAnnouncedNeedsNoWordWhereOnlyWhatIsWithdrawnDoes() {
        assertThat(ends(new Said(Step.DEACTIVATE, NOW.plus(days(5)), true), OFF))
                .containsExactly(Settled.SWITCHED_OFF);
        assertThat(ends(new Said(Step.DEACTIVATE, NOW, true), OFF)).isEmpty();
        assertThat(ends(new Said(Step.DEACTIVATE, NOW, false), OFF)).containsExactly(Settled.SWITCHED_OFF);
    }

    @Test
    void whatMayOnlyNotHaveBeenReadIsNotGoneAndNothingLeavesAnAccountThatIsObserved() {
        History said = new Said(Step.DEACTIVATE, NOW.plus(days(5)), false);
        assertThat(ends(said, Stage.NOTIFY, false)).isEmpty();
        assertThat(ends(said, Stage.OBSERVE, true, HEALTHY)).isEmpty();
    }

    @Test
    void of_a_leaked_key_that_is_off_there_is_no_end_to_be_told() {
        History said = new Said(Step.DEACTIVATE, NOW.plus(days(5)), false);
        User leaked = withPolicies(OFF, known(List.of("AWSCompromisedKeyQuarantineV3")));
        assertThat(ends(said, leaked)).isEmpty();
    }

    @Test
    void every_end_has_its_words() {
        assertThat(Settled.values())
                .extracting(settled -> settled.label() + ": " + settled.words())
                .containsExactly(
                        "healthy: the key is healthy again",
                        "exempt: the key is exempt now",
                        "switched-off: the key is switched off",
                        "gone: the key is gone");
    }

    @Test
    void aPlanIsAnotherOneWhereAnEndIsAnotherOne() {
        History said = new Said(Step.DEACTIVATE, NOW.plus(days(5)), false);
        Rules rules = rules(people()).at(Stage.NOTIFY);
        Planner planner = new Planner(rules, said);
        String off = hash(planner, rules, OFF);
        assertThat(hash(planner, rules, OFF)).isEqualTo(off);
        assertThat(hash(planner, rules, HEALTHY)).isNotEqualTo(off);
    }

    private static String hash(Planner planner, Rules rules, User user) {
        AccountPlan plan = planner.plan(ACCOUNT, new Assessor(rules).assess(snapshot(user), NOW), NOW);
        assertThat(plan.due()).hasSize(1);
        return planner.settle(List.of(plan)).hash();
    }
}
