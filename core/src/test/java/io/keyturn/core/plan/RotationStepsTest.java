package io.keyturn.core.plan;

import static io.keyturn.core.Samples.ACCOUNT;
import static io.keyturn.core.Samples.NOW;
import static io.keyturn.core.Samples.ago;
import static io.keyturn.core.Samples.days;
import static io.keyturn.core.Samples.inactive;
import static io.keyturn.core.Samples.key;
import static io.keyturn.core.Samples.keyId;
import static io.keyturn.core.Samples.people;
import static io.keyturn.core.Samples.policy;
import static io.keyturn.core.Samples.rules;
import static io.keyturn.core.Samples.snapshot;
import static io.keyturn.core.Samples.tagged;
import static io.keyturn.core.Samples.used;
import static io.keyturn.core.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.Memories;
import io.keyturn.core.assess.Assessor;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Standing;
import io.keyturn.core.model.User;
import io.keyturn.core.policy.Condition;
import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.StageRule;
import io.keyturn.core.policy.Step;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A key and its successor, at every turn of the rotation. */
class RotationStepsTest {
    private static final KeyId OLD = keyId(1);
    private static final KeyId NEW = keyId(2);
    private static final LastUse TRIED = new LastUse.Used(ago(20).plusSeconds(600), "sts", "us-east-1");

    private static Rules at(Stage stage) {
        Rules base = rules(people());
        return new Rules(
                base.policies(),
                List.of(),
                List.of(new StageRule(null, null, stage)),
                base.owners(),
                Map.of(),
                days(30),
                true);
    }

    private static AccessKey old(LastUse use) {
        return key(1, 120, use);
    }

    private static AccessKey successor(long madeDaysAgo, LastUse use) {
        return key(2, madeDaysAgo, use);
    }

    private static AccountPlan plan(Stage stage, History past, AccessKey... keys) {
        User bob = user("bob", keys);
        List<Finding> findings = new Assessor(at(stage)).assess(snapshot(bob), past, NOW);
        return new Planner(at(stage), past).plan(ACCOUNT, findings, NOW);
    }

    private static List<String> due(History past, AccessKey... keys) {
        return plan(Stage.ENFORCE, past, keys).due().stream()
                .map(action -> action.verb() + " "
                        + String.valueOf(action.credential().keyId()).substring(19))
                .toList();
    }

    private static Told end(long daysAgo, Instant due) {
        return new Told(ago(daysAgo), Step.DEACTIVATE, due);
    }

    private static Told word(long daysAgo) {
        return new Told(ago(daysAgo), Step.REMIND, ago(daysAgo));
    }

    private static @Nullable Instant announced(History past, AccessKey... keys) {
        return plan(Stage.ENFORCE, past, keys).due().stream()
                .filter(Action.Remind.class::isInstance)
                .map(action -> ((Action.Remind) action).announced())
                .map(deadline -> deadline == null ? Instant.MIN : deadline.at())
                .findFirst()
                .orElse(null);
    }

    @Test
    void anOwnerWhoWasNotToldHearsOfTheSuccessor() {
        Rotated past = Rotated.delivered(OLD, NEW, 1);
        assertThat(due(past, old(used(0)), successor(1, LastUse.NEVER_USED))).containsExactly("remind 1");
        assertThat(announced(past, old(used(0)), successor(1, LastUse.NEVER_USED)))
                .isEqualTo(Instant.MIN);
    }

    @Test
    void whoWasToldIsRemindedEverySoOften() {
        Rotated past = Rotated.delivered(OLD, NEW, 20);
        assertThat(due(past.telling(word(6)), old(used(0)), successor(20, TRIED)))
                .isEmpty();
        assertThat(due(past.telling(word(7)), old(used(0)), successor(20, TRIED)))
                .containsExactly("remind 1");
    }

    @Test
    void ourOwnTrialIsNoUseAndAnUnknownOneNeither() {
        Rotated past = Rotated.delivered(OLD, NEW, 20).telling(word(1));
        for (LastUse use : List.of(TRIED, LastUse.NEVER_USED, new LastUse.Unknown("throttled"))) {
            Finding finding = new Assessor(at(Stage.ENFORCE))
                    .assess(snapshot(user("bob", old(used(0)), successor(20, use))), past, NOW)
                    .getFirst();
            assertThat(finding.standing()).isEqualTo(Standing.ROTATING);
            assertThat(finding.reasons()).contains(new Reason.Succeeded(NEW, ago(20), "vault/bob", false));
        }
    }

    @Test
    void theFirstUseAnnouncesTheEnd() {
        Rotated past = Rotated.delivered(OLD, NEW, 20).telling(word(1));
        assertThat(announced(past, old(used(3)), successor(20, used(0)))).isEqualTo(NOW.plus(days(14)));
    }

    @Test
    void anEndThatWasSaidAndNotPlacedIsSaidAgainOnlyAfterAWhile() {
        Rotated past = Rotated.delivered(OLD, NEW, 20);
        assertThat(due(past.saying(end(2, NOW.plus(days(12))), false), old(used(3)), successor(20, used(0))))
                .isEmpty();
        assertThat(due(past.saying(end(7, NOW.plus(days(7))), false), old(used(3)), successor(20, used(0))))
                .containsExactly("remind 1");
    }

    @Test
    void inItsGraceTheAnnouncedEndStands() {
        Rotated past = Rotated.delivered(OLD, NEW, 30).telling(end(8, NOW.plus(days(6))));
        assertThat(plan(Stage.ENFORCE, past, old(used(20)), successor(30, used(0)))
                        .next())
                .extracting(Scheduled::at)
                .contains(NOW.plus(days(6)));
    }

    @Test
    void theEndIsSaidAgainOnlyOfAKeyThatIsUsedStillAndOnlyWhenItIsNear() {
        Rotated near = Rotated.delivered(OLD, NEW, 30).telling(end(11, NOW.plus(days(3))));
        assertThat(announced(near, old(used(2)), successor(30, used(0)))).isEqualTo(NOW.plus(days(3)));
        assertThat(announced(near, old(used(20)), successor(30, used(0)))).isNull();
        Rotated far = Rotated.delivered(OLD, NEW, 30).telling(end(8, NOW.plus(days(6))));
        assertThat(announced(far, old(used(2)), successor(30, used(0)))).isNull();
    }

    @Test
    void aQuietKeyEndsOnItsDay() {
        Rotated past = Rotated.delivered(OLD, NEW, 30).telling(end(14, NOW));
        assertThat(due(past, old(used(14)), successor(30, used(0)))).containsExactly("deactivate 1");
        assertThat(due(past, old(LastUse.NEVER_USED), successor(30, used(0)))).containsExactly("deactivate 1");
    }

    @Test
    void belowEnforceNothingEnds() {
        Rotated past = Rotated.delivered(OLD, NEW, 30).telling(end(14, NOW));
        assertThat(plan(Stage.ROTATE, past, old(used(14)), successor(30, used(0)))
                        .due())
                .isEmpty();
        assertThat(plan(Stage.OBSERVE, past, old(used(14)), successor(30, used(0)))
                        .due())
                .isEmpty();
    }

    @Test
    void aHeldKeyDoesNotEndAndAQuietHoldSaysNothing() {
        Rotated past = Rotated.delivered(OLD, NEW, 30).telling(end(14, NOW));
        assertThat(due(past.held(new Hold(false, "frozen", null)), old(used(14)), successor(30, used(0))))
                .isEmpty();
        Rotated waiting = Rotated.delivered(OLD, NEW, 20).held(new Hold(true, "snoozed", NOW.plus(days(1))));
        assertThat(due(waiting, old(used(0)), successor(20, TRIED))).isEmpty();
    }

    @Test
    void aKeyStillInUseOrNotKnownNotToBeGetsOneLaterEnd() {
        Rotated past = Rotated.delivered(OLD, NEW, 30).telling(end(14, NOW));
        assertThat(announced(past, old(used(1)), successor(30, used(0)))).isEqualTo(NOW.plus(days(14)));
        assertThat(announced(past, old(new LastUse.Unknown("throttled")), successor(30, used(0))))
                .isEqualTo(NOW.plus(days(14)));
        Rotated again = past.saying(end(0, NOW.plus(days(14))), false);
        assertThat(due(again, old(used(1)), successor(30, used(0)))).isEmpty();
    }

    @Test
    void afterThatAPersonDecides() {
        Rotated past = Rotated.delivered(OLD, NEW, 60)
                .telling(end(40, ago(26)))
                .telling(end(20, ago(6)))
                .telling(end(9, ago(6)))
                .telling(end(7, ago(6)));
        assertThat(announced(past, old(used(1)), successor(60, used(0)))).isEqualTo(Instant.MIN);
        assertThat(plan(Stage.ENFORCE, past, old(used(1)), successor(60, used(0)))
                        .next())
                .noneMatch(next -> next.credential().keyId().equals(OLD));
        assertThat(due(past.approved(1), old(used(1)), successor(60, used(0)))).containsExactly("deactivate 1");
        assertThat(due(past.approved(61), old(used(1)), successor(60, used(0)))).containsExactly("remind 1");
    }

    @Test
    void whileItsPredecessorCoolsDownNobodyIsAskedUntilTheKeyIsOverdue() {
        Rotated past = Rotated.delivered(OLD, NEW, 100).inactive(60);
        Finding finding = new Assessor(at(Stage.ENFORCE))
                .assess(snapshot(user("bob", inactive(old(used(70))), successor(100, used(0)))), past, NOW)
                .getLast();
        assertThat(finding.standing()).isEqualTo(Standing.EXPIRED);
        assertThat(finding.reasons()).contains(new Reason.PredecessorRemains(OLD));
        assertThat(due(past, inactive(old(used(70))), successor(100, used(0))))
                .contains("remind 2")
                .doesNotContain("create-key 2");
        Limit early = new Limit(days(56), days(90), List.of(Step.REMIND, Step.ROTATE), List.of(Step.REMIND));
        Rules rules = new Rules(
                List.of(policy("early", Condition.ALWAYS, early, null)),
                List.of(),
                at(Stage.ENFORCE).stages(),
                at(Stage.ENFORCE).owners(),
                Map.of(),
                days(7),
                true);
        Rotated young = Rotated.delivered(OLD, NEW, 60).inactive(30);
        List<Finding> warned = new Assessor(rules)
                .assess(snapshot(user("bob", inactive(old(used(40))), successor(60, used(0)))), young, NOW);
        assertThat(warned.getLast().reasons()).contains(new Reason.PredecessorRemains(OLD));
        assertThat(new Planner(rules, young).plan(ACCOUNT, warned, NOW).due())
                .noneMatch(action -> action.credential().equals(warned.getLast().credential()));
        // Once there is room, and what is to come was announced, it goes on by itself.
        assertThat(due(
                        Rotated.delivered(OLD, NEW, 100).telling(new Told(ago(40), Step.ROTATE, ago(10))),
                        successor(100, used(0))))
                .isNotEmpty();
    }

    @Test
    void aSuccessorThatNobodyInstallsWaitsForAPerson() {
        Rotated past = Rotated.delivered(OLD, NEW, 45).telling(word(7));
        assertThat(announced(past, old(used(1)), successor(45, LastUse.NEVER_USED)))
                .isEqualTo(Instant.MIN);
    }

    @Test
    void aSuccessorBesideItsKeyIsNotTakenForIdle() {
        Rotated past = Rotated.delivered(OLD, NEW, 60).telling(word(1));
        Finding finding = new Assessor(at(Stage.ENFORCE))
                .assess(snapshot(user("bob", old(used(0)), successor(60, LastUse.NEVER_USED))), past, NOW)
                .getLast();
        assertThat(finding.standing()).isEqualTo(Standing.HEALTHY);
        assertThat(finding.reasons()).contains(new Reason.SuccessorOf(OLD));
    }

    @Test
    void ofASuccessorBesideItsKeyNothingIsSaidUntilItIsOverdueItself() {
        Rotated past = Rotated.delivered(OLD, NEW, 89).telling(word(1));
        assertThat(new Assessor(at(Stage.ENFORCE))
                        .assess(snapshot(user("bob", old(used(0)), successor(89, LastUse.NEVER_USED))), past, NOW)
                        .getLast())
                .satisfies(finding -> {
                    assertThat(finding.standing()).isEqualTo(Standing.HEALTHY);
                    assertThat(finding.reasons()).containsExactly(new Reason.SuccessorOf(OLD));
                    assertThat(finding.deadlines()).isEmpty();
                });
        assertThat(new Assessor(at(Stage.ENFORCE))
                        .assess(snapshot(user("bob", old(used(0)), successor(90, LastUse.NEVER_USED))), past, NOW)
                        .getLast()
                        .standing())
                .isEqualTo(Standing.EXPIRED);
    }

    @Test
    void aKeyWhoseSecretWasLostIsSwitchedOffAndDeletedWithoutANotice() {
        Rotated past = Rotated.lost(OLD, NEW, 1);
        assertThat(due(past, old(used(0)), successor(1, LastUse.NEVER_USED))).contains("deactivate 2");
        assertThat(plan(Stage.ROTATE, past, old(used(0)), successor(1, LastUse.NEVER_USED))
                        .due())
                .extracting(Action::kind)
                .contains(Verb.DEACTIVATE);
        assertThat(plan(Stage.NOTIFY, past, old(used(0)), successor(1, LastUse.NEVER_USED))
                        .due())
                .extracting(Action::kind)
                .doesNotContain(Verb.DEACTIVATE);
        assertThat(due(past.held(new Hold(false, "frozen", null)), old(used(0)), successor(1, LastUse.NEVER_USED)))
                .doesNotContain("deactivate 2");
        AccessKey off = inactive(successor(80, LastUse.NEVER_USED));
        assertThat(due(past.inactive(1), old(used(0)), off)).contains("delete 2");
        assertThat(due(past.inactive(0), old(used(0)), off)).doesNotContain("delete 2");
    }

    @Test
    void aSuccessorThatIsGoneOrOffIsNotMadeAgainUntilAPersonApproves() {
        Rotated past = Rotated.delivered(OLD, NEW, 5).telling(new Told(ago(40), Step.ROTATE, ago(10)));
        assertThat(due(past, old(used(0)))).doesNotContain("create-key 1");
        assertThat(due(past, old(used(0)), inactive(successor(5, LastUse.NEVER_USED))))
                .doesNotContain("create-key 1");
        assertThat(due(past.approved(1), old(used(0)))).contains("create-key 1", "deliver-secret 1");
        assertThat(due(past.approved(6), old(used(0)))).doesNotContain("create-key 1");
    }

    @Test
    void whatCodeKeepsOrSendsMailOrCannotBeReadIsNotRotated() {
        History told = Memories.of(new Told(ago(40), Step.ROTATE, ago(10)));
        LastUse mail = new LastUse.Used(ago(1), "ses", "eu-west-1");
        assertThat(due(told, old(used(0)))).contains("create-key 1");
        assertThat(due(told, old(mail))).doesNotContain("create-key 1");
        User byCode =
                tagged(user("bob", old(used(0))), Fact.known(Map.of("aws:cloudformation:stack-name", "web"), NOW));
        User unread = tagged(user("bob", old(used(0))), Fact.unknown("denied"));
        User notAsked = tagged(user("bob", old(used(0))), Fact.notRead());
        for (User user : List.of(byCode, unread, notAsked)) {
            List<Finding> findings = new Assessor(at(Stage.ENFORCE)).assess(snapshot(user), told, NOW);
            assertThat(new Planner(at(Stage.ENFORCE), told)
                            .plan(ACCOUNT, findings, NOW)
                            .due())
                    .extracting(Action::kind)
                    .doesNotContain(Verb.CREATE_KEY);
        }
    }

    @Test
    void thePlannerKnowsHowAKeyIsRotated() {
        Planner planner = new Planner(at(Stage.ENFORCE), History.NONE);
        Finding finding = new Assessor(at(Stage.ENFORCE))
                .assess(snapshot(user("bob", old(used(0)))), NOW)
                .getFirst();
        assertThat(planner.rotation(finding)).isNotNull();
        assertThat(planner.rotations()).hasSize(1);
    }

    @Test
    void aQuietHoldSaysNothingAndAnotherOneDoesNotKeepAnybodyFromHearing() {
        Rotated past = Rotated.delivered(OLD, NEW, 20);
        AccessKey old = old(used(1));
        AccessKey fresh = successor(20, TRIED);
        assertThat(due(past, old, fresh)).isNotEmpty();
        assertThat(due(past.held(new Hold(false, "frozen", null)), old, fresh)).isNotEmpty();
        assertThat(due(past.held(new Hold(true, "snoozed", null)), old, fresh)).isEmpty();
        assertThat(plan(Stage.OBSERVE, past, old, fresh).due()).isEmpty();
    }
}
