package io.keyturn.engine.journal;

import static io.keyturn.engine.journal.JournalSamples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.plan.Approved;
import io.keyturn.engine.decide.Decisions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanVerdictTest {
    private static final String TODAY = "a".repeat(64);
    private static final String TOMORROW = "b".repeat(64);
    private static final String CHANGES = "c".repeat(64);
    private static final String OTHERS = "d".repeat(64);

    private final MemoryJournalStore store = new MemoryJournalStore();
    private Instant now = NOON;
    private int ids;
    private final Decisions decisions = new Decisions(store, () -> now, () -> "d-" + ++ids, "page");

    private void approve(String hash, String by) throws Exception {
        now = now.plusSeconds(1);
        decisions.approve(new Scope.OfPlan(hash), null, by, "fine", now.plus(Duration.ofDays(3)));
    }

    private void refuse(String hash, String by) throws Exception {
        now = now.plusSeconds(1);
        decisions.refuse(hash, CHANGES, by, "the vendor is closed");
    }

    private PlanVerdict of(String hash, String changes) throws Exception {
        return PlanVerdict.of(store, hash, changes, now);
    }

    @Test
    void whoApprovedBeforeARefusalIsNotHeardAnyMore() throws Exception {
        approve(TODAY, "alice");
        Approved step = new Approved("bob", now);
        refuse(TODAY, "carol");

        PlanVerdict said = of(TODAY, CHANGES);
        assertThat(said.approved()).isEmpty();
        assertThat(said.refusal()).isNotNull().extracting(Entry.Decision::by).isEqualTo("carol");
        assertThat(said.hears(step)).isFalse();
        assertThat(said.hears(new Approved("bob", now.plusSeconds(1)))).isTrue();
        assertThat(Approvals.ofPlan(store, TODAY, now)).isEmpty();
    }

    @Test
    void aLaterPlanIsRefusedToWhereItChangesTheSameAndIsNotWhereItChangesOthers() throws Exception {
        refuse(TODAY, "carol");

        assertThat(of(TOMORROW, CHANGES).refusal()).isNotNull();
        assertThat(of(TOMORROW, OTHERS)).isEqualTo(PlanVerdict.NONE);
        assertThat(PlanVerdict.of(store, TOMORROW, null, now)).isEqualTo(PlanVerdict.NONE);
        assertThat(PlanVerdict.NONE.hears(new Approved("bob", NOON))).isTrue();
    }

    @Test
    void whoApprovesAfterAllOverrulesAndWhoApprovedBeforeMustSayItAgain() throws Exception {
        approve(TODAY, "alice");
        refuse(TODAY, "carol");
        approve(TODAY, "bob");

        PlanVerdict said = of(TODAY, CHANGES);
        assertThat(said.refusal()).isNull();
        assertThat(said.approved()).extracting(Approved::by).containsExactly("bob");
        assertThat(of(TOMORROW, CHANGES).refusal())
                .as("it holds for what follows with the same changes")
                .isNull();

        refuse(TOMORROW, "carol");
        assertThat(of(TODAY, CHANGES).refusal()).isNotNull();
        assertThat(of(TODAY, CHANGES).approved()).isEmpty();
    }

    @Test
    void whatWasApprovedIsApprovedInALaterPlanThatChangesTheSame() throws Exception {
        decisions.approve(TODAY, CHANGES, "alice", "fine", now.plus(Duration.ofDays(3)));

        assertThat(of(TOMORROW, CHANGES).approved()).extracting(Approved::by).containsExactly("alice");
        assertThat(of(TOMORROW, OTHERS).approved()).isEmpty();
        refuse(TODAY, "carol");
        assertThat(of(TOMORROW, CHANGES).approved()).isEmpty();
        now = now.plusSeconds(1);
        decisions.approve(TOMORROW, CHANGES, "bob", "fine", now.plus(Duration.ofDays(3)));
        assertThat(of(TODAY, CHANGES).refusal()).isNull();
    }

    @Test
    void anApprovalOfAnotherPlanOverrulesNothing() throws Exception {
        refuse(TODAY, "carol");
        approve(TOMORROW, "bob");

        assertThat(of(TODAY, CHANGES).refusal()).isNotNull();
        assertThat(of(TOMORROW, CHANGES).refusal()).isNull();
    }

    @Test
    void onlyWhatWasSaidOfThePlanItselfIsItsVerdictAndOnlyInItsTime() throws Exception {
        approve(TODAY, "alice");
        AccountJournal.open(store, Streams.ORGANIZATION, entry -> {})
                .record(List.of(
                        new Entry.Decision(
                                new Entry.Stamp(now, "cli", "w"),
                                "d",
                                Entry.Decision.Kind.STOP,
                                new Scope.All(),
                                "bob",
                                "drill",
                                null,
                                null),
                        new Entry.Decision(
                                new Entry.Stamp(now, "cli", "w"),
                                "d",
                                Entry.Decision.Kind.SNOOZE,
                                new Scope.OfPlan(TODAY),
                                "bob",
                                "drill",
                                null,
                                null),
                        new Entry.Decision(
                                new Entry.Stamp(now, "cli", "w"),
                                "d",
                                Entry.Decision.Kind.APPROVE,
                                new Scope.OfPlan(TODAY),
                                "dave",
                                "for good",
                                null,
                                null)));

        assertThat(of(TODAY, CHANGES).approved()).extracting(Approved::by).containsExactly("alice", "dave");
        assertThat(PlanVerdict.of(store, TODAY, CHANGES, now.plus(Duration.ofDays(3)))
                        .approved())
                .extracting(Approved::by)
                .containsExactly("dave");
    }
}
