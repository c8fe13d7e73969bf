package io.keyturn.core.report;

import static io.keyturn.core.Samples.NOW;
import static io.keyturn.core.Samples.key;
import static io.keyturn.core.Samples.people;
import static io.keyturn.core.Samples.rules;
import static io.keyturn.core.Samples.snapshot;
import static io.keyturn.core.Samples.used;
import static io.keyturn.core.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.assess.Assessor;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.plan.History;
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
}
