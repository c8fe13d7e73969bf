package io.keyturn.core.plan;

import static io.keyturn.core.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.Memories;
import io.keyturn.core.assess.Assessor;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Partition;
import io.keyturn.core.model.User;
import io.keyturn.core.policy.Capped;
import io.keyturn.core.policy.Caps;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.StageRule;
import io.keyturn.core.policy.Step;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private static final User IDLE_USER = user("ann", key(1, 80, used(60)));
    private static final User OLD_USER = user("bob", key(2, 100, used(1)));

    /** Every step of every key was announced so many days ago, and last spoken of so many days ago. */
    /** Of every step, so many days ago for the first time and for the last. */
    private static History told(long first, long last) {
        return Memories.of(Stream.of(Step.ROTATE, Step.DEACTIVATE, Step.DELETE)
                        .map(step -> new Told(ago(first), step, ago(first).plus(days(30))))
                        .toArray(Told[]::new))
                .spoken(ago(last));
    }

    private static Rules at(Stage stage, Map<Capped, Caps> caps) {
        Rules base = rules(people());
        List<StageRule> stages = List.of(new StageRule(null, null, stage));
        return new Rules(base.policies(), List.of(), stages, base.owners(), caps, days(30), true);
    }

    private static AccountPlan plan(Rules rules, History history, User... users) {
        return new Planner(rules, history).plan(ACCOUNT, new Assessor(rules).assess(snapshot(users), NOW), NOW);
    }

    private static List<String> verbs(List<Action> actions) {
        return actions.stream().map(Action::verb).toList();
    }

    @Test
    void withoutANoticeNothingDestructiveIsEverDue() {
        AccountPlan plan = plan(at(Stage.ENFORCE, Map.of()), History.NONE, IDLE_USER, OLD_USER);
        assertThat(verbs(plan.due())).containsExactly("remind", "remind", "open-ticket");
        assertThat(plan.next()).extracting(Scheduled::step).containsExactly(Step.DEACTIVATE, Step.ROTATE);
        assertThat(plan.next()).extracting(Scheduled::at).containsOnly(NOW.plus(days(30)));
    }

    @Test
    void afterTheNoticeTheStepsOfTheStageAreDueOldestIdleFirst() {
        History told = told(30, 1);
        assertThat(verbs(plan(at(Stage.ENFORCE, Map.of()), told, OLD_USER, IDLE_USER)
                        .due()))
                .containsExactly("deactivate", "create-key", "deliver-secret", "open-ticket");
        assertThat(verbs(plan(at(Stage.NOTIFY, Map.of()), told, OLD_USER, IDLE_USER)
                        .due()))
                .containsExactly("open-ticket");
        AccountPlan observed = plan(at(Stage.OBSERVE, Map.of()), told, OLD_USER, IDLE_USER);
        assertThat(observed.due()).isEmpty();
        assertThat(observed.next()).extracting(Scheduled::heldBy).containsOnly(Stage.OBSERVE);
        assertThat(verbs(plan(at(Stage.ENFORCE, Map.of()), told(29, 7), IDLE_USER)
                        .due()))
                .containsExactly("remind");
    }

    @Test
    void aUserWithTwoKeysGetsNoThird() {
        User two = user("eve", key(3, 100, used(1)), key(4, 5, used(1)));
        AccountPlan plan = plan(at(Stage.ENFORCE, Map.of()), told(40, 1), two);
        assertThat(verbs(plan.due())).containsExactly("open-ticket");
    }

    @Test
    void aKeyWhoseLastUseIsUnknownCountsAsInUse() {
        User unread = user("eve", key(3, 100, new LastUse.Unknown("throttled")));
        assertThat(plan(at(Stage.OBSERVE, Map.of()), History.NONE, unread, IDLE_USER)
                        .ifEnforced()
                        .values())
                .containsExactlyInAnyOrder(new Preview(1, 0), new Preview(0, 1));
    }

    @Test
    void aLeakedKeyIsShownAndNeverActedOnByItself() {
        User leaked = withPolicies(IDLE_USER, known(List.of("AWSCompromisedKeyQuarantineV3")));
        AccountPlan plan = plan(at(Stage.ENFORCE, Map.of()), told(90, 90), leaked);
        assertThat(plan.due()).isEmpty();
        assertThat(plan.next())
                .containsExactly(new Scheduled(plan.next().getFirst().credential(), Step.DEACTIVATE, NOW, null, null));
    }

    @Test
    void stagesMatchWholeSegmentsAndAnUnknownUnitMeansToObserve() {
        List<StageRule> rules =
                List.of(new StageRule("Work", null, Stage.ENFORCE), new StageRule("Workloads", null, Stage.NOTIFY));
        assertThat(Stages.of(ACCOUNT, rules)).isEqualTo(Stage.NOTIFY);
        assertThat(Stages.of(account("111122223333", "Other"), rules)).isEqualTo(Stage.OBSERVE);
        Account unknown = new Account(
                new AccountId("111122223333"), "x", Partition.AWS, Fact.unknown("denied"), known(Map.of()), false);
        assertThat(Stages.of(unknown, List.of(rules.getFirst(), new StageRule(null, null, Stage.ENFORCE))))
                .isEqualTo(Stage.OBSERVE);
    }

    @Test
    void capsPutOffWhatNoLongerFitsAndSayTheFigures() {
        Caps one = new Caps(new Caps.Cap(5, days(1)), new Caps.Cap(1, days(1)), null);
        Rules rules = at(Stage.ENFORCE, Map.of(Capped.DEACTIVATE, one, Capped.CREATE, new Caps(null, null, 0)));
        AccountPlan account = plan(rules, told(40, 1), IDLE_USER, user("eve", key(3, 80, used(70))), OLD_USER);
        Plan plan = new Planner(rules, History.NONE).settle(List.of(account));
        assertThat(verbs(plan.actions())).containsExactly("deactivate", "open-ticket");
        assertThat(plan.actions().getFirst().credential().principal().display()).isEqualTo("eve");
        assertThat(plan.deferred())
                .extracting(d -> d.cap() + " " + d.limit() + " " + d.selected() + " " + d.total())
                .containsExactly("deactivate per-account 1 1 2", "create percent 0 0 1");
    }

    @Test
    void percentAllowsAtLeastOne() {
        Rules rules = at(Stage.ENFORCE, Map.of(Capped.DEACTIVATE, new Caps(null, null, 1)));
        AccountPlan account = plan(rules, told(40, 1), IDLE_USER);
        assertThat(new Planner(rules, History.NONE).settle(List.of(account)).actions())
                .hasSize(1);
    }

    @Test
    void onceAnAccountWasShownWhatIsDueThereIsAllThatIsHeldAndAllThatIsPlanned() {
        Rules rules = at(Stage.ENFORCE, Map.of());
        Planner planner = new Planner(rules, told(40, 1));
        AccountPlan whole = plan(rules, told(40, 1), IDLE_USER);

        AccountPlan held = whole.dueAlone();

        assertThat(whole.next()).isNotEmpty();
        assertThat(held.next()).isEmpty();
        assertThat(held.ifEnforced()).isEmpty();
        assertThat(planner.settle(List.of(held))).isEqualTo(planner.settle(List.of(whole)));
    }

    @Test
    void thePlanAndItsHashDoNotDependOnTheOrderOfAccounts() {
        Rules rules = at(Stage.ENFORCE, Map.of());
        Planner planner = new Planner(rules, told(40, 1));
        AccountPlan a = plan(rules, told(40, 1), IDLE_USER);
        Account other = account("222233334444", "");
        AccountPlan b = new AccountPlan(other, Stage.ENFORCE, 1, a.due(), a.next(), a.ifEnforced());
        Plan plan = planner.settle(List.of(a, b));
        assertThat(planner.settle(List.of(b, a))).isEqualTo(plan);
        assertThat(plan.hash())
                .hasSize(64)
                .isNotEqualTo(planner.settle(List.of(a)).hash());
    }
}
