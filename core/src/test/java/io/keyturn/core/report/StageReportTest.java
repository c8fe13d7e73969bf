package io.keyturn.core.report;

import static io.keyturn.core.Samples.ACCOUNT;
import static io.keyturn.core.Samples.NOW;
import static io.keyturn.core.Samples.days;
import static io.keyturn.core.Samples.key;
import static io.keyturn.core.Samples.known;
import static io.keyturn.core.Samples.people;
import static io.keyturn.core.Samples.rules;
import static io.keyturn.core.Samples.snapshot;
import static io.keyturn.core.Samples.used;
import static io.keyturn.core.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.Memories;
import io.keyturn.core.assess.Assessor;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.ReadVia;
import io.keyturn.core.model.Reading;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.plan.History;
import io.keyturn.core.plan.Hold;
import io.keyturn.core.plan.Told;
import io.keyturn.core.policy.Lowering;
import io.keyturn.core.policy.OwnerRule;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.Step;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StageReportTest {
    private static StageRow row(Stage stage) {
        Rules rules = rules(people()).at(stage);
        Snapshot snapshot = snapshot(user("ann", key(1, 100, used(60))), user("bob", key(2, 10, used(1))));
        List<Finding> findings = new Assessor(rules).assess(snapshot, NOW);
        return StageRow.of(rules, History.NONE, snapshot, findings, NOW);
    }

    @Test
    void aPlaceSaysWhatItsNextStageWouldDo() {
        StageRow row = row(Stage.OBSERVE);
        assertThat(row.place()).isEqualTo("Workloads/Dev");
        assertThat(row.next()).isEqualTo(Stage.NOTIFY);
        assertThat(row.today()).containsEntry(Step.REMIND, 1);
        assertThat(row.later()).containsExactly(Map.entry(Step.REMIND, 1));
        assertThat(row.keys()).as("bob's reminder comes within 30 days").isEqualTo(2);
    }

    @Test
    void afterTheHighestStageComesNone() {
        StageRow row = row(Stage.ENFORCE);
        assertThat(row.next()).isNull();
        assertThat(row.missing(false, false)).isEmpty();
    }

    @Test
    void whatIsMissingIsSaid() {
        StageRow row = row(Stage.ROTATE);
        StageReport report = new StageReport(List.of(row), false, false, List.of("one could not be read"));
        assertThat(report.complete()).isFalse();
        assertThat(report.missing(row)).contains("no channel that could tell owners", "no undo was tried");
        assertThat(new StageReport(List.of(row), true, true, List.of()).complete())
                .isTrue();
    }

    @Test
    void accountsOfOnePlaceAddUp() {
        StageRow row = row(Stage.OBSERVE);
        assertThat(row.joins(row)).isTrue();
        assertThat(row.joins(row(Stage.ENFORCE))).isFalse();
        StageRow both = row.plus(row);
        assertThat(both.accounts()).isEqualTo(2);
        assertThat(both.keys()).isEqualTo(4);
        assertThat(both.today()).containsEntry(Step.REMIND, 2);
        assertThat(both.later()).containsEntry(Step.REMIND, 2);
        StageRow whole = counted(Stage.ENFORCE, 3, 1).plus(counted(Stage.ENFORCE, 2, 4));
        assertThat(List.of(whole.accounts(), whole.keys(), whole.owned(), whole.told()))
                .containsExactly(6, 10, 5, 5);
    }

    private static StageRow counted(Stage next, int owned, int told, String... unread) {
        return new StageRow(
                "Sandbox", 3, Stage.OBSERVE, List.of(), next, Map.of(), Map.of(), 5, owned, told, List.of(unread));
    }

    @Test
    void whatIsMissingIsCounted() {
        assertThat(counted(Stage.NOTIFY, 5, 0).missing(true, false)).isEmpty();
        assertThat(counted(Stage.ROTATE, 5, 5).missing(true, false)).isEmpty();
        assertThat(counted(Stage.ENFORCE, 5, 5).missing(true, true)).isEmpty();
        assertThat(counted(Stage.ENFORCE, 2, 1, "a: denied").missing(true, true))
                .containsExactly(
                        "1 account not read whole",
                        "3 of 5 keys without an owner",
                        "4 of 5 keys without a placed notice");
        assertThat(counted(Stage.NOTIFY, 5, 5, "a: denied", "b: denied").missing(true, true))
                .containsExactly("2 accounts not read whole");
    }

    /** Ann's key is overdue and Bob's will be; what the next stage would do of the account as this changes it. */
    private static StageRow row(Rules rules, History past, Snapshot snapshot) {
        return StageRow.of(rules, past, snapshot, new Assessor(rules).assess(snapshot, past, NOW), NOW);
    }

    /** What was told of every key, and what holds it back. */
    private static Snapshot account(Fact<String> unit, Reading reading) {
        Account plain = ACCOUNT;
        return new Snapshot(
                new Account(plain.id(), "production", plain.partition(), unit, plain.tags(), false),
                ReadVia.LIVE,
                NOW,
                reading,
                List.of(),
                Fact.notRead(),
                List.of(user("ann", key(1, 100, used(60)))));
    }

    @Test
    void aPlaceIsItsUnitOrTheAccountWhereNoUnitIsKnown() {
        Rules rules = rules(people()).at(Stage.OBSERVE);
        assertThat(row(rules, History.NONE, account(known(""), Reading.COMPLETE))
                        .place())
                .isEqualTo("(the root)");
        assertThat(row(rules, History.NONE, account(known("Workloads"), Reading.COMPLETE))
                        .place())
                .isEqualTo("Workloads");
        StageRow alone = row(rules, History.NONE, account(Fact.notRead(), new Reading.Partial("denied")));
        assertThat(alone.place()).isEqualTo("production");
        assertThat(alone.unread()).containsExactly("production: denied");
        assertThat(new StageReport(List.of(alone), true, true, List.of()).complete())
                .isFalse();
        assertThat(alone.joins(row(Stage.OBSERVE))).isFalse();
    }

    @Test
    void keysAreCountedOnceWithTheirOwnersAndNotices() {
        Rules unowned = new Rules(
                List.of(people()), List.of(), List.of(), List.of(new OwnerRule.Tag("Owner")), Map.of(), days(30), true);
        Snapshot snapshot = account(known("Workloads"), Reading.COMPLETE);
        StageRow none = row(unowned.at(Stage.OBSERVE), History.NONE, snapshot);
        assertThat(none.owned()).isZero();
        assertThat(none.told()).isZero();

        History told = Memories.of(new Told(NOW.minus(days(40)), Step.DEACTIVATE, NOW.minus(days(1))));
        StageRow row = row(rules(people()).at(Stage.ROTATE), told, snapshot);
        assertThat(row.next()).isEqualTo(Stage.ENFORCE);
        assertThat(row.today()).containsOnlyKeys(Step.DEACTIVATE);
        assertThat(List.of(row.keys(), row.owned(), row.told())).containsExactly(1, 1, 1);
    }

    @Test
    void whatSomebodyHoldsBackOrComesInMonthsIsNotCounted() {
        History frozen = Memories.of().held(new Hold(false, "frozen by alice", null));
        Snapshot snapshot = account(known("Workloads"), Reading.COMPLETE);
        StageRow held = row(rules(people()).at(Stage.ROTATE), frozen, snapshot);
        assertThat(held.keys()).isZero();
        assertThat(held.later()).isEmpty();
        Snapshot young = snapshot.with(List.of(user("ann", key(1, 5, used(1)))));
        assertThat(row(rules(people()).at(Stage.NOTIFY), History.NONE, young).keys())
                .isZero();
    }

    @Test
    void whatWasLoweredIsSaidOnce() {
        Lowering lowering = new Lowering("Sandbox", null, Stage.OBSERVE, NOW, "alice", "drill");
        Lowering other = new Lowering("Sandbox", null, Stage.NOTIFY, NOW, "bob", "drill");
        StageRow one = lowered(lowering);
        assertThat(one.plus(lowered(lowering)).lowered()).containsExactly(lowering);
        assertThat(one.plus(lowered(other)).lowered()).containsExactly(lowering, other);
        assertThat(lowering.sentence()).startsWith("lowered to observe for the unit Sandbox by alice");
        assertThat(new Lowering(null, ACCOUNT.id(), Stage.OBSERVE, NOW, "alice", "drill").sentence())
                .startsWith("lowered to observe for this account by alice");
    }

    private static StageRow lowered(Lowering lowering) {
        return new StageRow(
                "Sandbox", 1, Stage.OBSERVE, List.of(lowering), null, Map.of(), Map.of(), 0, 0, 0, List.of());
    }
}
