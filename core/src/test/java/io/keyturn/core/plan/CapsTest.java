package io.keyturn.core.plan;

import static io.keyturn.core.Samples.ACCOUNT;
import static io.keyturn.core.Samples.NOW;
import static io.keyturn.core.Samples.account;
import static io.keyturn.core.Samples.ago;
import static io.keyturn.core.Samples.days;
import static io.keyturn.core.Samples.key;
import static io.keyturn.core.Samples.people;
import static io.keyturn.core.Samples.policy;
import static io.keyturn.core.Samples.rules;
import static io.keyturn.core.Samples.snapshot;
import static io.keyturn.core.Samples.used;
import static io.keyturn.core.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.Memories;
import io.keyturn.core.Samples;
import io.keyturn.core.assess.Assessor;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.User;
import io.keyturn.core.policy.Capped;
import io.keyturn.core.policy.Caps;
import io.keyturn.core.policy.Condition;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.StageRule;
import io.keyturn.core.policy.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CapsTest {
    private static final Memories TOLD =
            Memories.of(new Told(ago(40), Step.DEACTIVATE, ago(10)), new Told(ago(40), Step.ROTATE, ago(10)));

    private static Rules at(Map<Capped, Caps> caps, Policy policy, StageRule... stages) {
        Rules base = rules(policy);
        return new Rules(base.policies(), List.of(), List.of(stages), base.owners(), caps, days(30), true);
    }

    private static Rules enforcing(Map<Capped, Caps> caps) {
        return at(caps, people(), new StageRule(null, null, Stage.ENFORCE));
    }

    private static AccountPlan plan(Rules rules, Account account, List<User> users) {
        Snapshot here = snapshot(users.toArray(User[]::new));
        Snapshot there =
                new Snapshot(account, here.via(), NOW, here.reading(), here.notes(), here.root(), here.users());
        return new Planner(rules, TOLD.spoken(ago(1))).plan(account, new Assessor(rules).assess(there, NOW), NOW);
    }

    private static List<User> idle(int count) {
        List<User> users = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            users.add(user("u" + i, key(i, 80, used(60 + i % 15))));
        }
        return users;
    }

    private static Plan settle(Rules rules, AccountPlan... plans) {
        return new Planner(rules, History.NONE).settle(List.of(plans));
    }

    private static Caps caps(Integer global, Integer perAccount, Integer percent) {
        return new Caps(
                global == null ? null : new Caps.Cap(global, days(1)),
                perAccount == null ? null : new Caps.Cap(perAccount, days(1)),
                percent);
    }

    @ParameterizedTest
    @CsvSource({
        "0,  ,   ,   0, deactivate global 0 0 30",
        "3,  ,   ,   3, deactivate global 3 3 30",
        ",   0,  ,   0, deactivate per-account 0 0 30",
        ",   4,  ,   4, deactivate per-account 4 4 30",
        ",   ,   0,  0, deactivate percent 0 0 30",
        ",   ,   1,  1, deactivate percent 1 1 30",
        ",   ,   10, 3, deactivate percent 3 3 30",
        "30, 30, 100, 30, ",
        ",   ,   ,   30, ",
    })
    void eachCapTakesWhatFitsAndSaysTheFiguresOfTheRest(
            Integer global, Integer perAccount, Integer percent, int taken, String says) {
        Rules rules = enforcing(Map.of(Capped.DEACTIVATE, caps(global, perAccount, percent)));
        Plan plan = settle(rules, plan(rules, ACCOUNT, idle(30)));
        assertThat(plan.actions())
                .filteredOn(Action.Deactivate.class::isInstance)
                .hasSize(taken);
        assertThat(plan.deferred()).hasSize(30 - taken);
        if (says != null) {
            assertThat(plan.deferred())
                    .extracting(d -> d.cap() + " " + d.limit() + " " + d.selected() + " " + d.total())
                    .containsOnly(says);
        }
    }

    @Test
    void theGlobalCapIsSharedByAccountsInTheirOrder() {
        Rules rules = enforcing(Map.of(Capped.DEACTIVATE, caps(5, 3, null)));
        Account other = account("222233334444", "");
        AccountPlan a = plan(rules, ACCOUNT, idle(4));
        AccountPlan b = plan(rules, other, idle(4));
        assertThat(settle(rules, b, a).deferred())
                .extracting(d -> d.cap() + " " + d.limit() + " " + d.selected() + " " + d.total())
                .containsExactly("deactivate per-account 3 3 4", "deactivate global 5 5 8", "deactivate global 5 5 8");
    }

    @Test
    void whatEarlierRunsUsedUpCounts() {
        Rules rules = enforcing(Map.of(Capped.DEACTIVATE, caps(5, null, null)));
        Usage used = new Usage() {
            @Override
            public int global(Capped capped) {
                return 4;
            }

            @Override
            public int of(AccountId account, Capped capped) {
                return 0;
            }
        };
        Plan plan = new Planner(rules, History.NONE).settle(List.of(plan(rules, ACCOUNT, idle(3))), used);
        assertThat(plan.actions()).hasSize(1);
        assertThat(plan.deferred())
                .extracting(d -> d.selected() + " of " + d.total())
                .containsOnly("5 of 7");
    }

    @Test
    void aSecretIsNotDeliveredWhereItsKeyIsNotMade() {
        Rules rules = enforcing(Map.of(Capped.CREATE, caps(0, null, null)));
        Plan plan = settle(rules, plan(rules, ACCOUNT, List.of(user("old", key(1, 100, used(1))))));
        assertThat(plan.actions()).extracting(Action::verb).containsExactly("open-ticket");
        assertThat(plan.deferred()).extracting(d -> d.action().verb()).containsExactly("create-key");
    }

    @Test
    void aPlanAndItsHashAreTheSameForAnyOrderOfFindings() {
        Rules rules = enforcing(Map.of(Capped.DEACTIVATE, caps(null, 7, null)));
        Planner planner = new Planner(rules, TOLD);
        var findings = new ArrayList<>(new Assessor(rules).assess(snapshot(idle(30).toArray(User[]::new)), NOW));
        Plan plan = settle(rules, planner.plan(ACCOUNT, findings, NOW));
        for (int seed = 0; seed < 50; seed++) {
            Collections.shuffle(findings, new Random(seed));
            assertThat(settle(rules, planner.plan(ACCOUNT, findings, NOW)))
                    .as("seed %d", seed)
                    .isEqualTo(plan);
        }
    }

    @Test
    void aKeyUsedWithinTheWindowIsNotCutUnlessThePolicySaysSo() {
        Policy careful = policy("p", Condition.ALWAYS, null, Samples.IDLE);
        assertThat(cuts(careful, used(46))).isTrue();
        Policy wide = window(careful, 60, false);
        assertThat(cuts(wide, used(60))).isFalse();
        assertThat(cuts(wide, used(61))).isTrue();
        assertThat(cuts(window(careful, 60, true), used(46))).isTrue();
        assertThat(cuts(wide, LastUse.NEVER_USED)).isTrue();
        assertThat(cuts(wide, new LastUse.Unknown("denied"))).isFalse();
    }

    private static Policy window(Policy policy, long days, boolean cut) {
        return new Policy("p", policy.when(), policy.age(), policy.idle(), policy.remindEvery(), null, days(days), cut);
    }

    private static boolean cuts(Policy policy, LastUse lastUse) {
        Rules rules = at(Map.of(), policy, new StageRule(null, null, Stage.ENFORCE));
        return plan(rules, ACCOUNT, List.of(user("ann", key(1, 200, lastUse)))).due().stream()
                .anyMatch(Action.Deactivate.class::isInstance);
    }

    @ParameterizedTest
    @CsvSource({
        "Dev,         Dev,             NOTIFY",
        "Dev,         Dev/Team,        NOTIFY",
        "/Dev/,       Dev,             NOTIFY",
        "Dev,         Development,     OBSERVE",
        "Development, Dev,             OBSERVE",
        "Dev,         Workloads/Dev,   OBSERVE",
        "Dev,         dev,             OBSERVE",
        "'',          Anything,        NOTIFY",
        "/,           '',              NOTIFY",
    })
    void aStageHoldsForWholeSegmentsOfItsUnit(String unit, String of, Stage stage) {
        List<StageRule> rules = List.of(new StageRule(unit, null, Stage.NOTIFY));
        assertThat(Stages.of(account("111122223333", of), rules)).isEqualTo(stage);
    }

    @Test
    void aStageOfAnAccountHoldsForThatAccountAlone() {
        List<StageRule> rules = List.of(
                new StageRule(null, new AccountId("222233334444"), Stage.ENFORCE),
                new StageRule("Dev", new AccountId("111122223333"), Stage.ROTATE));
        assertThat(Stages.of(account("222233334444", "x"), rules)).isEqualTo(Stage.ENFORCE);
        assertThat(Stages.of(account("111122223333", "Dev"), rules)).isEqualTo(Stage.ROTATE);
        assertThat(Stages.of(account("111122223333", "Prod"), rules)).isEqualTo(Stage.OBSERVE);
        assertThat(Stages.of(account("333344445555", "Dev"), rules)).isEqualTo(Stage.OBSERVE);
    }
}
