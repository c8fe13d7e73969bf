package io.keyturn.core.plan;

import static io.keyturn.core.Samples.ACCOUNT;
import static io.keyturn.core.Samples.AGE;
import static io.keyturn.core.Samples.NOW;
import static io.keyturn.core.Samples.ago;
import static io.keyturn.core.Samples.days;
import static io.keyturn.core.Samples.inactive;
import static io.keyturn.core.Samples.key;
import static io.keyturn.core.Samples.known;
import static io.keyturn.core.Samples.people;
import static io.keyturn.core.Samples.rules;
import static io.keyturn.core.Samples.snapshot;
import static io.keyturn.core.Samples.used;
import static io.keyturn.core.Samples.user;
import static io.keyturn.core.Samples.withPolicies;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.Memories;
import io.keyturn.core.assess.Assessor;
import io.keyturn.core.assess.Deadline;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.User;
import io.keyturn.core.policy.ArnPattern;
import io.keyturn.core.policy.Condition;
import io.keyturn.core.policy.Exemption;
import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.StageRule;
import io.keyturn.core.policy.Step;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What notices, holds and the cool-down make of the steps that change a key. */
class AnnouncedStepsTest {
    private static final User IDLE = user("ann", key(1, 80, used(60)));
    private static final User OFF = user("ann", inactive(key(1, 200, used(100))));
    private static final Memories COOL = Memories.of(new Told(ago(60), Step.DELETE, ago(1)))
            .inactiveSince(ago(80))
            .spoken(ago(1));

    private static Told told(long daysAgo, Step step, long dueDaysAgo) {
        return new Told(ago(daysAgo), step, ago(dueDaysAgo));
    }

    private static Rules enforced(Policy policy) {
        Rules base = rules(policy);
        return new Rules(
                base.policies(),
                base.exemptions(),
                List.of(new StageRule(null, null, Stage.ENFORCE)),
                base.owners(),
                base.caps(),
                days(30),
                true);
    }

    private static AccountPlan plan(Rules rules, History history, User user) {
        return new Planner(rules, history).plan(ACCOUNT, new Assessor(rules).assess(snapshot(user), NOW), NOW);
    }

    private static List<String> verbs(History history, User user) {
        return verbs(enforced(people()), history, user);
    }

    private static List<String> verbs(Rules rules, History history, User user) {
        return plan(rules, history, user).due().stream().map(Action::verb).toList();
    }

    private static Rules unannounced(Policy policy) {
        Rules base = enforced(policy);
        return new Rules(
                base.policies(), base.exemptions(), base.stages(), base.owners(), base.caps(), null, base.leaks());
    }

    @Test
    void whereNothingIsAnnouncedAStepIsDueWhenItsLimitIs() {
        assertThat(verbs(unannounced(people()), History.NONE, IDLE)).contains("deactivate");
        assertThat(verbs(enforced(people()), History.NONE, IDLE)).doesNotContain("deactivate");
    }

    @Test
    void aDateOnceToldIsKeptAlsoWhereNothingNeedBeAnnounced() {
        Memories told = Memories.of(told(1, Step.DEACTIVATE, -3));

        assertThat(verbs(unannounced(people()), told, IDLE)).doesNotContain("deactivate");
    }

    @Test
    void whereNothingIsAnnouncedAKeyIsDeletedAfterItsCoolDown() {
        Memories off = Memories.of().inactiveSince(ago(80));

        assertThat(verbs(unannounced(people()), off, OFF)).containsExactly("delete");
        assertThat(verbs(enforced(people()), off, OFF)).containsExactly("remind");
    }

    @Test
    void theEndOfDisuseIsNoDateForAKeyThatIsUsed() {
        User busy = user("ann", key(1, 200, used(0)), key(2, 10, used(0)));
        Action remind = plan(enforced(people()), History.NONE, busy).due().getFirst();

        assertThat(((Action.Remind) remind).announced()).isNull();
    }

    @Test
    void aReminderTellsTheNextStepThatChangesTheKeyWithItsDate() {
        Action remind = plan(enforced(people()), History.NONE, IDLE).due().getFirst();

        assertThat(((Action.Remind) remind).announced())
                .isEqualTo(new Deadline(Step.DEACTIVATE, "idle", NOW.plus(days(30))));
    }

    @Test
    void aStepIsDueOnlyWhereThatVeryStepWasAnnounced() {
        assertThat(verbs(Memories.of(told(40, Step.ROTATE, 5)).spoken(ago(1)), IDLE))
                .isEmpty();
        assertThat(verbs(Memories.of(told(40, Step.DEACTIVATE, 5)).spoken(ago(1)), IDLE))
                .containsExactly("deactivate");
    }

    @Test
    void aDateOnceToldNeverMovesEarlier() {
        Memories later = Memories.of(told(40, Step.DEACTIVATE, 5), told(20, Step.DEACTIVATE, -3))
                .spoken(ago(1));

        AccountPlan plan = plan(enforced(people()), later, IDLE);

        assertThat(plan.due()).isEmpty();
        assertThat(plan.next()).extracting(Scheduled::at).containsExactly(NOW.plus(days(3)));
    }

    @Test
    void whatWasSaidOfAnIdleKeyBeforeItWasUsedAgainDoesNotCount() {
        Memories before = Memories.of(told(70, Step.DEACTIVATE, 40)).spoken(ago(1));

        AccountPlan plan = plan(enforced(people()), before, IDLE);

        assertThat(plan.due()).isEmpty();
        assertThat(plan.next()).extracting(Scheduled::at).containsExactly(NOW.plus(days(30)));
    }

    @Test
    void aFrozenUserIsRemindedAndNothingElse() {
        Hold freeze = new Hold(false, "vendor is on it", null);
        Memories told = Memories.of(told(40, Step.DEACTIVATE, 5)).held(freeze);

        assertThat(verbs(told, IDLE)).containsExactly("remind");
        assertThat(verbs(COOL.held(freeze), OFF)).isEmpty();
    }

    @Test
    void aSnoozedKeyIsLeftAloneUntilTheEnd() {
        Memories told = Memories.of(told(40, Step.DEACTIVATE, 5));

        assertThat(verbs(told.held(new Hold(true, "holiday", NOW.plusSeconds(1))), IDLE))
                .isEmpty();
        assertThat(verbs(told.held(new Hold(true, "holiday", NOW)), IDLE)).containsExactly("remind", "deactivate");
    }

    @Test
    void aKeyIsDeletedAfterTheWholeCoolDownAndItsAnnouncement() {
        assertThat(verbs(COOL, OFF)).containsExactly("delete");
        assertThat(verbs(COOL.inactiveSince(ago(74)), OFF)).isEmpty();
        assertThat(verbs(
                        Memories.of(told(29, Step.DELETE, 1))
                                .inactiveSince(ago(80))
                                .spoken(ago(1)),
                        OFF))
                .isEmpty();
        assertThat(verbs(
                        Memories.of(told(40, Step.DELETE, -1))
                                .inactiveSince(ago(80))
                                .spoken(ago(1)),
                        OFF))
                .isEmpty();
    }

    @Test
    void aKeyThatIsNotRecordedInactiveIsNeverDeleted() {
        Memories told = Memories.of(told(60, Step.DELETE, 1));

        AccountPlan plan = plan(enforced(people()), told, OFF);

        assertThat(plan.due()).isEmpty();
        assertThat(plan.next()).extracting(Scheduled::at).containsExactly(NOW.plus(days(75)));
    }

    @Test
    void theDeletionIsAnnouncedOnce() {
        Memories off = Memories.of().inactiveSince(ago(10));
        assertThat(plan(enforced(people()), off, OFF).due())
                .singleElement()
                .isInstanceOfSatisfying(
                        Action.Remind.class,
                        remind -> assertThat(remind.announced())
                                .isEqualTo(new Deadline(Step.DELETE, "cool-down", NOW.plus(days(65)))));
        assertThat(verbs(Memories.of(told(5, Step.DELETE, -60)).inactiveSince(ago(10)), OFF))
                .isEmpty();
    }

    @Test
    void anAnnouncementFromBeforeItWasSwitchedOffDoesNotCount() {
        Memories before = Memories.of(told(90, Step.DELETE, 40)).inactiveSince(ago(80));
        assertThat(verbs(before.spoken(ago(90)), OFF)).containsExactly("remind");
        // A word that is on its way since is not said in every run.
        assertThat(verbs(before.spoken(ago(1)), OFF)).isEmpty();
        assertThat(verbs(before.spoken(ago(7)), OFF)).containsExactly("remind");
    }

    @Test
    void aKeyUsedSinceItWasSwitchedOffIsNotDeleted() {
        assertThat(verbs(COOL, user("ann", inactive(key(1, 200, used(79)))))).isEmpty();
        assertThat(verbs(COOL, user("ann", inactive(key(1, 200, used(80)))))).containsExactly("delete");
        assertThat(verbs(COOL, user("ann", inactive(key(1, 200, new LastUse.Unknown("throttled"))))))
                .isEmpty();
        assertThat(verbs(COOL, user("ann", inactive(key(1, 200, new LastUse.NeverUsed())))))
                .containsExactly("delete");
    }

    @Test
    void anExemptOrQuarantinedKeyIsNotDeleted() {
        Rules base = enforced(people());
        Rules exempting = new Rules(
                base.policies(),
                List.of(new Exemption(
                        new ArnPattern("arn:aws:iam::*:user/ann"), "sec", "sealed", LocalDate.of(2027, 1, 1))),
                base.stages(),
                base.owners(),
                base.caps(),
                days(30),
                true);

        assertThat(verbs(exempting, COOL, OFF)).isEmpty();
        assertThat(verbs(COOL, withPolicies(OFF, known(List.of("AWSCompromisedKeyQuarantineV2")))))
                .isEmpty();
    }

    @Test
    void withoutRotationOnlyALadderThatDeletesDeletes() {
        Policy never = new Policy("p", Condition.ALWAYS, AGE, null, days(7), null, days(30), false);
        Policy ladder = new Policy(
                "p",
                Condition.ALWAYS,
                new Limit(days(75), days(90), List.of(), List.of(Step.DELETE)),
                null,
                days(7),
                null,
                days(30),
                false);

        assertThat(plan(enforced(never), COOL, OFF).next()).isEmpty();
        assertThat(verbs(enforced(ladder), COOL, OFF)).containsExactly("delete");
    }

    @Test
    void belowTheStageNothingIsDueAndThePlanSaysWhatHoldsIt() {
        Rules base = enforced(people());
        Rules notify = new Rules(
                base.policies(),
                List.of(),
                List.of(new StageRule(null, null, Stage.NOTIFY)),
                base.owners(),
                base.caps(),
                days(30),
                true);

        AccountPlan plan = plan(notify, COOL, OFF);

        assertThat(plan.due()).isEmpty();
        assertThat(plan.next()).extracting(Scheduled::heldBy).containsExactly(Stage.NOTIFY);
    }
}
