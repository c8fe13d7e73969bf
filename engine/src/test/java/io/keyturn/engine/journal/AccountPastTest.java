package io.keyturn.engine.journal;

import static io.keyturn.engine.journal.JournalSamples.ACCOUNT;
import static io.keyturn.engine.journal.JournalSamples.KEY;
import static io.keyturn.engine.journal.JournalSamples.NEW_KEY;
import static io.keyturn.engine.journal.JournalSamples.NOON;
import static io.keyturn.engine.journal.JournalSamples.STAMP;
import static io.keyturn.engine.journal.JournalSamples.TARGET;
import static io.keyturn.engine.journal.JournalSamples.notice;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Placement;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.Target;
import io.keyturn.core.plan.Approved;
import io.keyturn.core.plan.Hold;
import io.keyturn.core.plan.OpenedTicket;
import io.keyturn.core.plan.Told;
import io.keyturn.core.plan.Verb;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.journal.Entry.Decision.Kind;
import io.keyturn.engine.journal.Entry.Result;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccountPastTest {
    private final AccountPast past = new AccountPast(Set.of("email"));

    private static CredentialId credential(@Nullable KeyId key) {
        return new CredentialId(
                CredentialId.Kind.ACCESS_KEY,
                ACCOUNT,
                new Principal.OfUser(TARGET.name(), TARGET.user(), "arn:aws:iam::111122223333:user/o'brien"),
                null,
                key,
                NOON);
    }

    private static final CredentialId OLD = credential(KEY);
    private static final CredentialId OTHER = credential(NEW_KEY);

    private static Entry.Notice by(String channel, String id, Placement placement) {
        Entry.Notice base = notice(id, NOON, placement);
        return new Entry.Notice(
                base.stamp(), id, TARGET, base.step(), base.due(), channel, base.recipient(), placement, null);
    }

    private static Entry.Outcome outcome(Verb verb, Result result, Instant at) {
        return new Entry.Outcome(new Entry.Stamp(at, "run", "w"), "i", verb, TARGET, result, null, null, "");
    }

    private static Entry.Decision decision(Kind kind, Scope scope, @Nullable Instant until) {
        return new Entry.Decision(STAMP, "d", kind, scope, "alice", "holiday", until, null);
    }

    @Test
    void nothingIsRememberedOfNothing() {
        assertThat(past.told(OLD)).isEmpty();
        assertThat(past.lastSpoken(OLD)).isNull();
        assertThat(past.inactiveSince(OLD)).isNull();
        assertThat(past.hold(OLD, NOON.minusSeconds(1))).isNull();
        assertThat(past.told(credential(null))).isEmpty();
    }

    @Test
    void aPlacedNoticeWasToldOfItsKeyAlone() {
        past.accept(by("slack", "n", Placement.PLACED));

        assertThat(past.told(OLD)).containsExactly(new Told(NOON, Step.DEACTIVATE, NOON.plusSeconds(86_400)));
        assertThat(past.told(OTHER)).isEmpty();
        assertThat(past.lastSpoken(OLD)).isEqualTo(NOON);
    }

    @Test
    void aNoticeThatWasMerelyHandedOverCountsOnlyWhereThatSuffices() {
        past.accept(by("sns", "n", Placement.HANDED_OVER));

        assertThat(past.told(OLD)).isEmpty();
        assertThat(past.lastSpoken(OLD)).isEqualTo(NOON);

        past.accept(by("email", "m", Placement.HANDED_OVER));
        assertThat(past.told(OLD)).hasSize(1);
    }

    @Test
    void laterNewsOfAMessageCountsFromWhenItWentOut() {
        past.accept(by("slack", "n", Placement.HANDED_OVER));
        assertThat(past.undecided()).hasSize(1);

        past.accept(notice("n", NOON.plusSeconds(86_400), Placement.PLACED));

        assertThat(past.told(OLD)).extracting(Told::at).containsExactly(NOON);
        assertThat(past.undecided()).isEmpty();
    }

    @Test
    void aMessageThatCameBackWasNotTold() {
        past.accept(by("slack", "n", Placement.PLACED));
        past.accept(by("slack", "n", Placement.FAILED));

        assertThat(past.told(OLD)).isEmpty();
        assertThat(past.lastSpoken(OLD)).isNull();
    }

    private boolean doubted(Verb verb, Result result, String runOfTheEnd) {
        AccountPast one = new AccountPast(Set.of());
        one.accept(new Entry.Intent(STAMP, "i", verb, TARGET, List.of(), null));
        one.accept(
                new Entry.Outcome(new Entry.Stamp(NOON, runOfTheEnd, "w"), "i", verb, TARGET, result, null, null, ""));
        return one.isDoubted(OLD);
    }

    /** A run that died after its intent may have said it, whatever the run that found it writes of it. */
    @Test
    void whatMayHaveBeenSaidIsDoubtedAndWhatSurelyWasNotIsNot() {
        assertThat(doubted(Verb.REMIND, Result.IN_DOUBT, STAMP.run())).isTrue();
        assertThat(doubted(Verb.REMIND, Result.FAILED, "a later run")).isTrue();
        assertThat(doubted(Verb.REMIND, Result.FAILED, STAMP.run())).isFalse();
        assertThat(doubted(Verb.REMIND, Result.DONE, "a later run")).isFalse();
        assertThat(doubted(Verb.DEACTIVATE, Result.FAILED, "a later run")).isFalse();
    }

    @Test
    void aSeenNoticeStaysSeen() {
        past.accept(by("slack", "n", Placement.SEEN));
        past.accept(by("slack", "n", Placement.HANDED_OVER));

        assertThat(past.told(OLD)).hasSize(1);
    }

    @Test
    void aKeyIsInactiveSinceItsDeactivationWasDone() {
        past.accept(outcome(Verb.DEACTIVATE, Result.FAILED, NOON));
        past.accept(outcome(Verb.DEACTIVATE, Result.SKIPPED, NOON));
        past.accept(outcome(Verb.DEACTIVATE, Result.IN_DOUBT, NOON));
        assertThat(past.inactiveSince(OLD)).isNull();

        past.accept(outcome(Verb.DEACTIVATE, Result.DONE, NOON.plusSeconds(5)));
        assertThat(past.inactiveSince(OLD)).isEqualTo(NOON.plusSeconds(5));

        past.accept(outcome(Verb.REACTIVATE, Result.DONE, NOON.plusSeconds(9)));
        assertThat(past.inactiveSince(OLD)).isNull();
    }

    @Test
    void anIntentWithoutAnOutcomeHoldsEverythingOfItsUser() {
        Entry.Intent intent = new Entry.Intent(STAMP, "i", Verb.DEACTIVATE, TARGET, List.of(KEY), null);
        past.accept(intent);
        past.accept(outcome(Verb.DEACTIVATE, Result.IN_DOUBT, NOON));

        assertThat(past.unresolved()).containsExactly(intent);
        assertThat(past.hold(OTHER, NOON.minusSeconds(1)))
                .isEqualTo(new Hold(false, "it is not known yet what came of an earlier deactivate", null));

        past.accept(outcome(Verb.DEACTIVATE, Result.FAILED, NOON));
        assertThat(past.unresolved()).isEmpty();
        assertThat(past.hold(OTHER, NOON.minusSeconds(1))).isNull();
    }

    @Test
    void aFreezeHoldsUntilTheThaw() {
        Scope user = new Scope.OfTarget(new Target(ACCOUNT, TARGET.user(), TARGET.name(), null));
        past.accept(decision(Kind.FREEZE, user, null));
        assertThat(past.hold(OTHER, NOON.minusSeconds(1))).isEqualTo(new Hold(false, "frozen by alice: holiday", null));

        past.accept(decision(Kind.THAW, user, null));
        assertThat(past.hold(OTHER, NOON.minusSeconds(1))).isNull();
    }

    @Test
    void aSnoozeIsOfOneKeyAndEnds() {
        past.accept(decision(Kind.SNOOZE, new Scope.OfTarget(TARGET), NOON));

        assertThat(past.hold(OLD, NOON.minusSeconds(1))).isEqualTo(new Hold(true, "snoozed by alice: holiday", NOON));
        assertThat(past.hold(OTHER, NOON.minusSeconds(1))).isNull();
    }

    @Test
    void aSnoozeDoesNotEndAFreezeAndMakesItQuietForItsTime() {
        Scope key = new Scope.OfTarget(TARGET);
        past.accept(decision(Kind.FREEZE, key, null));
        past.accept(decision(Kind.SNOOZE, key, NOON));

        assertThat(past.hold(OLD, NOON.minusSeconds(1))).isEqualTo(new Hold(true, "frozen by alice: holiday", null));
        assertThat(past.hold(OLD, NOON)).isEqualTo(new Hold(false, "frozen by alice: holiday", null));
    }

    @Test
    void theThawOfAKeyLeavesItsUserFrozen() {
        past.accept(decision(
                Kind.FREEZE, new Scope.OfTarget(new Target(ACCOUNT, TARGET.user(), TARGET.name(), null)), null));
        past.accept(decision(Kind.FREEZE, new Scope.OfTarget(TARGET), null));
        past.accept(decision(Kind.THAW, new Scope.OfTarget(TARGET), null));

        assertThat(past.holds(OLD, NOON)).hasSize(1);
    }

    @Test
    void theHoldThatEndsLastIsToldFirst() {
        past.accept(decision(Kind.FREEZE, new Scope.OfTarget(TARGET), NOON.plusSeconds(9)));
        past.accept(decision(Kind.FREEZE, new Scope.OfAccount(ACCOUNT), NOON.plusSeconds(99)));

        assertThat(past.holds(OLD, NOON))
                .extracting(Hold::until)
                .containsExactly(NOON.plusSeconds(99), NOON.plusSeconds(9));
    }

    @Test
    void aFrozenAccountHoldsAllItsKeys() {
        past.accept(decision(Kind.FREEZE, new Scope.OfAccount(ACCOUNT), null));

        assertThat(past.hold(OTHER, NOON.minusSeconds(1))).isNotNull();
    }

    private static Entry.Decision approval(String by, Target target, Instant until) {
        return new Entry.Decision(
                STAMP, "d", Kind.APPROVE, new Scope.OfTarget(target), by, "fine", until, Step.DEACTIVATE.label());
    }

    @Test
    void anApprovalIsOfOneStepOfOneKeyAndEnds() {
        past.accept(approval("alice", TARGET, NOON.plusSeconds(9)));

        assertThat(past.approvals(OLD, Step.DEACTIVATE, NOON)).containsExactly(new Approved("alice", STAMP.at()));
        assertThat(past.approvals(OLD, Step.DELETE, NOON)).isEmpty();
        assertThat(past.approvals(OTHER, Step.DEACTIVATE, NOON)).isEmpty();
        assertThat(past.approvals(OLD, Step.DEACTIVATE, NOON.plusSeconds(9))).isEmpty();
    }

    @Test
    void whatWasApprovedIsUsedUpByItsChange() {
        past.accept(approval("alice", TARGET, NOON.plusSeconds(9)));
        past.accept(outcome(Verb.REMIND, Result.DONE, NOON));
        past.accept(outcome(Verb.DEACTIVATE, Result.FAILED, NOON));
        assertThat(past.approvals(OLD, Step.DEACTIVATE, NOON)).hasSize(1);

        past.accept(outcome(Verb.DEACTIVATE, Result.DONE, NOON));
        assertThat(past.approvals(OLD, Step.DEACTIVATE, NOON)).isEmpty();
    }

    @Test
    void aPlanIsApprovedByItsWholeHashUntilItEnds() throws Exception {
        MemoryJournalStore store = new MemoryJournalStore();
        String hash = "b".repeat(64);
        Entry.Decision decision = new Entry.Decision(
                STAMP, "d", Kind.APPROVE, new Scope.OfPlan(hash), "alice", "fine", NOON.plusSeconds(9), null);
        AccountJournal.open(store, Streams.ORGANIZATION, entry -> {}).record(List.of(decision));

        assertThat(Approvals.ofPlan(store, hash, NOON)).extracting(Approved::by).containsExactly("alice");
        assertThat(Approvals.ofPlan(store, "c".repeat(64), NOON)).isEmpty();
        assertThat(Approvals.ofPlan(store, hash, NOON.plusSeconds(9))).isEmpty();
    }

    private static Entry.Intent filing(String id, @Nullable String marker) {
        return new Entry.Intent(STAMP, id, Verb.OPEN_TICKET, TARGET, List.of(), null, null, marker);
    }

    private static Entry.Outcome filed(String run, String id, Result result) {
        return new Entry.Outcome(
                new Entry.Stamp(NOON, run, "host/1"), id, Verb.OPEN_TICKET, TARGET, result, null, null, "");
    }

    @Test
    void aFilingWhoseEndNobodySawIsToBeClosedThoughNoTicketIsKnown() {
        past.accept(filing("refused", "keyturn-1"));
        past.accept(filed("run-1", "refused", Result.FAILED));
        past.accept(filing("earlier", null));
        past.accept(filed("run-2", "earlier", Result.FAILED));
        assertThat(past.tickets()).isEmpty();

        past.accept(filing("lost", "keyturn-1"));
        past.accept(filed("run-2", "lost", Result.FAILED));
        assertThat(past.tickets())
                .containsExactly(new OpenedTicket(TARGET, STAMP.at(), "keyturn-1", "keyturn-1"))
                .containsExactly(past.ticketOrDoubt(OLD));
        assertThat(past.ticket(OLD)).isNull();
        assertThat(past.concern(TARGET.user())).isTrue();

        past.accept(outcome(Verb.CLOSE_TICKET, Result.DONE, NOON));
        assertThat(past.tickets()).isEmpty();

        past.accept(filing("doubt", "keyturn-1"));
        past.accept(filed("run-1", "doubt", Result.IN_DOUBT));
        assertThat(past.ticketOrDoubt(OLD).reference()).isEqualTo("keyturn-1");
        Entry.Notice base = notice("doubt", NOON, Placement.PLACED);
        past.accept(new Entry.Notice(
                base.stamp(),
                "doubt",
                TARGET,
                base.step(),
                base.due(),
                "jira",
                "keyturn-1",
                base.placement(),
                "OPS-1"));
        assertThat(past.tickets()).containsExactly(past.ticket(OLD));
        assertThat(past.ticketOrDoubt(OTHER)).isNull();
    }

    @Test
    void aTicketIsOpenUntilItsClosingIsDoneAndIsNoReminder() {
        past.accept(new Entry.Intent(STAMP, "r", Verb.REMIND, TARGET, List.of(), null));
        past.accept(new Entry.Outcome(STAMP, "r", Verb.REMIND, TARGET, Result.IN_DOUBT, null, null, ""));
        past.accept(new Entry.Intent(STAMP, "t", Verb.OPEN_TICKET, TARGET, List.of(), null));
        Entry.Notice base = notice("t", NOON, Placement.HANDED_OVER);
        past.accept(new Entry.Notice(
                base.stamp(), "t", TARGET, base.step(), base.due(), "jira", "keyturn-1", base.placement(), "OPS-1"));

        assertThat(past.ticket(OLD).reference()).isEqualTo("OPS-1");
        assertThat(past.ticket(OLD).marker()).isEqualTo("keyturn-1");
        assertThat(past.ticket(OTHER)).isNull();
        assertThat(past.concern(TARGET.user())).isTrue();
        assertThat(past.lastSpoken(OLD)).isNull();
        assertThat(past.undecided()).isEmpty();
        assertThat(past.isDoubted(OLD)).isTrue();

        past.accept(outcome(Verb.CLOSE_TICKET, Result.FAILED, NOON));
        assertThat(past.tickets()).hasSize(1);
        past.accept(outcome(Verb.CLOSE_TICKET, Result.DONE, NOON));
        assertThat(past.tickets()).isEmpty();
        assertThat(past.concern(TARGET.user())).isFalse();
    }
}
