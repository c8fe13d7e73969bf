package io.keyturn.core.assess;

import static io.keyturn.core.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.explain.Explainer;
import io.keyturn.core.explain.KeyStory;
import io.keyturn.core.explain.NamedFact;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Partition;
import io.keyturn.core.model.ReadVia;
import io.keyturn.core.model.Reading;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.Standing;
import io.keyturn.core.plan.History;
import io.keyturn.core.policy.Condition;
import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HabitsTest {
    private static final Rules RULES = rules(new Policy(
                    "all",
                    Condition.ALWAYS,
                    new Limit(days(300), days(365), List.of(), List.of(Step.DEACTIVATE)),
                    new Limit(days(30), days(45), List.of(Step.REMIND), List.of(Step.REMIND, Step.DEACTIVATE)),
                    days(7),
                    null,
                    days(30),
                    false))
            .watching(Rules.OWN_HISTORY);

    private static Observed watched(long days, long gap) {
        return new Observed(ago(days), ago(days), ago(1), days(gap));
    }

    private static Finding judge(Rules rules, @Nullable Observed observed, long age, long idle) {
        return new Assessor(rules, (account, user, created) -> observed)
                .assess(snapshot(user("ann", key(1, age, used(idle)))), NOW)
                .getFirst();
    }

    private static Instant deactivation(Finding finding, String limit) {
        return finding.deadlines().stream()
                .filter(deadline ->
                        deadline.step() == Step.DEACTIVATE && deadline.limit().equals(limit))
                .findFirst()
                .orElseThrow()
                .at();
    }

    @Test
    void whatAKeysUsesWereIsKeptWhereItIsNewsAlone() {
        Observed begun = Observed.begun(used(10), ago(9));
        assertThat(begun).isEqualTo(new Observed(ago(9), ago(10), ago(10), Duration.ZERO));
        assertThat(begun.seeing(used(10))).isSameAs(begun);
        assertThat(begun.seeing(used(12))).as("a stale answer").isSameAs(begun);
        assertThat(begun.seeing(new LastUse.Unknown("throttled"))).isSameAs(begun);
        Observed later = begun.seeing(used(4));
        assertThat(later).isEqualTo(new Observed(ago(9), ago(10), ago(4), days(6)));
        assertThat(later.seeing(used(3)).longestGap()).as("the longest stays").isEqualTo(days(6));
        assertThat(Observed.begun(LastUse.NEVER_USED, ago(9)).seeing(used(4)))
                .isEqualTo(new Observed(ago(9), ago(4), ago(4), Duration.ZERO));
    }

    @Test
    void aKeyUsedOnceAMonthIsJudgedByItsOwnRhythm() {
        assertThat(judge(RULES, watched(200, 22), 100, 50).standing()).isEqualTo(Standing.EXPIRED);

        Finding monthly = judge(RULES, watched(200, 31), 100, 50);
        assertThat(monthly.standing()).isEqualTo(Standing.WARNED);
        assertThat(monthly.reasons()).containsExactly(new Reason.NearIdle(days(50), days(47), days(62), false));
        assertThat(deactivation(monthly, "idle")).isEqualTo(ago(50).plus(days(62)));
        assertThat(judge(RULES, watched(200, 31), 100, 62).standing()).isEqualTo(Standing.EXPIRED);
    }

    @Test
    void disuseChangesNothingBeforeAHundredDaysOfOwnHistoryAndIsStillTold() {
        Finding young = judge(RULES, watched(40, 2), 100, 50);

        assertThat(young.standing()).isEqualTo(Standing.EXPIRED);
        assertThat(deactivation(young, "idle")).isEqualTo(ago(40).plus(days(100)));
        assertThat(young.deadlines())
                .filteredOn(deadline -> deadline.step() == Step.REMIND)
                .allMatch(deadline -> !deadline.at().isAfter(NOW));
        assertThat(deactivation(judge(RULES, null, 100, 50), "idle"))
                .as("a lost memory costs time")
                .isEqualTo(NOW.plus(days(100)));
        assertThat(deactivation(judge(RULES, watched(105, 2), 100, 50), "idle")).isEqualTo(ago(5));
    }

    @Test
    void ageIsNobodysHabit() {
        assertThat(deactivation(judge(RULES, null, 400, 1), "age")).isEqualTo(ago(35));
    }

    @Test
    void whereTheRulesDoNotAskAwsAloneDecides() {
        Rules plain = rules(RULES.policies().getFirst());

        Finding finding = judge(plain, watched(40, 31), 100, 50);
        assertThat(finding.standing()).isEqualTo(Standing.EXPIRED);
        assertThat(deactivation(finding, "idle")).isEqualTo(ago(5));
        assertThat(finding.observed()).isNull();
    }

    @Test
    void anAccountForDisastersIsExemptFromDisuseAndNotFromAge() {
        Account dr =
                new Account(new AccountId("111122223333"), "dr", Partition.AWS, Fact.notRead(), Fact.notRead(), true);
        for (long age : new long[] {100, 400}) {
            Snapshot snapshot = new Snapshot(
                    dr,
                    ReadVia.LIVE,
                    NOW,
                    Reading.COMPLETE,
                    List.of(),
                    Fact.notRead(),
                    List.of(user("ann", key(1, age, LastUse.NEVER_USED))));
            assertThat(new Assessor(RULES).assess(snapshot, NOW).getFirst().standing())
                    .isEqualTo(age == 100 ? Standing.HEALTHY : Standing.EXPIRED);
        }
    }

    private static NamedFact told(@Nullable Observed observed) {
        KeyStory key = new Explainer(RULES, History.NONE, (account, user, created) -> observed)
                .explain(snapshot(user("ann", key(1, 100, used(50)))), NOW)
                .getFirst()
                .keys()
                .getFirst();
        return key.facts().getLast();
    }

    @Test
    void explainTellsWhatWasSeenAndWhatFollows() {
        assertThat(told(watched(200, 31)).value())
                .isEqualTo("since 2026-04-15, longest gap 31 days: periodic, so its idle limit is 62 days and not 45");
        assertThat(told(watched(200, 31)).notLookedAt()).isEqualTo("before 2026-07-24 its disuse changes nothing");
        assertThat(told(watched(40, 0)).value()).isEqualTo("since 2026-09-22, no gap between uses seen");
        assertThat(told(null).value()).isNull();
        assertThat(told(null).notLookedAt()).isEqualTo("no run has: its disuse changes nothing in the first 100 days");
    }
}
