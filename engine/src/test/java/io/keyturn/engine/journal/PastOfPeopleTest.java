package io.keyturn.engine.journal;

import static io.keyturn.engine.journal.JournalSamples.ACCOUNT;
import static io.keyturn.engine.journal.JournalSamples.KEY;
import static io.keyturn.engine.journal.JournalSamples.NEW_KEY;
import static io.keyturn.engine.journal.JournalSamples.NOON;
import static io.keyturn.engine.journal.JournalSamples.STAMP;
import static io.keyturn.engine.journal.JournalSamples.TARGET;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Placement;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.core.plan.Approved;
import io.keyturn.core.plan.Verb;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.journal.Entry.Decision.Kind;
import io.keyturn.engine.journal.Entry.Result;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What people decided about users and keys, and what concerns users of whom no key is named. */
class PastOfPeopleTest {
    private static final Target USER = TARGET.of(null);
    private static final CredentialId OLD = Pasts.credential(TARGET);
    private static final CredentialId OTHER = Pasts.credential(TARGET.of(NEW_KEY));
    private static final CredentialId NAMELESS = Pasts.credential(USER);

    private final AccountPast past = new AccountPast(Set.of());

    private void decide(Kind kind, Scope scope, Instant at, @Nullable String value) {
        past.accept(new Entry.Decision(
                new Entry.Stamp(at, "run", "w"), "d-1", kind, scope, "alice", "holiday", null, value));
    }

    private void decide(Kind kind, Target target, Instant at) {
        decide(kind, new Scope.OfTarget(target), at, null);
    }

    @Test
    void theLastAnswerAboutAKeyOrItsUserCounts() {
        decide(Kind.INSTALLED, TARGET, NOON.plusSeconds(5));
        assertThat(past.answered(OLD)).isEqualTo(NOON.plusSeconds(5));
        assertThat(past.answered(OTHER)).isNull();
        decide(Kind.SNOOZE, TARGET, NOON);
        assertThat(past.answered(OLD)).isEqualTo(NOON.plusSeconds(5));

        decide(Kind.ASK_FOR_TIME, USER, NOON.plusSeconds(3));
        assertThat(past.answered(OLD)).isEqualTo(NOON.plusSeconds(5));
        assertThat(past.answered(OTHER)).isEqualTo(NOON.plusSeconds(3));
        assertThat(past.answered(NAMELESS)).isEqualTo(NOON.plusSeconds(3));
        assertThat(past.answered(Pasts.ROOT)).isNull();

        decide(Kind.ASK_FOR_TIME, USER, NOON.plusSeconds(9));
        assertThat(past.answered(OLD)).isEqualTo(NOON.plusSeconds(9));
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "REFUSE",
                "INSTALLED",
                "ASK_FOR_TIME",
                "STOP",
                "RESUME",
                "EXEMPT",
                "LOWER_STAGE",
                "UNDO",
                "READ",
                "RUN"
            })
    void whatIsNoHoldHoldsNothingBack(Kind kind) {
        decide(kind, TARGET, NOON);

        assertThat(past.holds(OLD, NOON)).isEmpty();
        assertThat(past.approvals(OLD, Step.DEACTIVATE, NOON)).isEmpty();
        assertThat(past.compromise(KEY)).isNull();
    }

    @Test
    void anApprovalOfAUserIsOfAllTheirKeysAndOneOfAnAccountOfNone() {
        decide(Kind.APPROVE, new Scope.OfTarget(USER), NOON, Step.DELETE.label());
        decide(Kind.APPROVE, new Scope.OfAccount(ACCOUNT), NOON, Step.DEACTIVATE.label());

        assertThat(past.approvals(OLD, Step.DELETE, NOON)).containsExactly(new Approved("alice", NOON));
        assertThat(past.approvals(NAMELESS, Step.DELETE, NOON)).hasSize(1);
        assertThat(past.approvals(OLD, Step.DEACTIVATE, NOON)).isEmpty();
        assertThat(past.approvals(Pasts.ROOT, Step.DELETE, NOON)).isEmpty();
    }

    @Test
    void aCompromiseIsOfAKeyAndEndsOnlyByItsOwnName() {
        decide(Kind.COMPROMISED, USER, NOON);
        decide(Kind.COMPROMISED, new Scope.OfAccount(ACCOUNT), NOON, null);
        assertThat(past.wasCompromised(TARGET.user())).isFalse();

        decide(Kind.UNDO, TARGET, NOON);
        decide(Kind.COMPROMISED, TARGET, NOON);
        assertThat(past.concern(TARGET.user())).isTrue();
        assertThat(past.wasCompromised(new UserId("AIDABOB"))).isFalse();

        decide(Kind.UNDO, new Scope.OfTarget(TARGET), NOON, "d-2");
        decide(Kind.UNDO, new Scope.OfTarget(USER), NOON, "d-1");
        decide(Kind.UNDO, new Scope.OfAccount(ACCOUNT), NOON, "d-1");
        assertThat(past.compromise(KEY)).isNotNull();

        decide(Kind.UNDO, new Scope.OfTarget(TARGET), NOON, "d-1");
        assertThat(past.compromise(KEY)).isNull();
        assertThat(past.concern(TARGET.user())).isFalse();
    }

    @Test
    void whatIsDecidedForTheOrganizationHoldsNothingInOneAccountByItself() {
        for (Scope scope : List.of(new Scope.All(), new Scope.OfUnit("Workloads"), new Scope.OfPlan("b".repeat(64)))) {
            decide(Kind.FREEZE, scope, NOON, null);
            assertThat(past.holds(OLD, NOON)).isEmpty();
        }
        decide(Kind.FREEZE, new Scope.OfAccount(ACCOUNT), NOON, null);
        decide(Kind.THAW, new Scope.All(), NOON, null);

        assertThat(past.holds(OLD, NOON)).hasSize(1);
        assertThat(past.holds(Pasts.ROOT, NOON)).hasSize(1);
    }

    @Test
    void whatNamesNoKeySaysNothingOfAKey() {
        Entry.Closing closing = new Entry.Closing(1, false);
        past.accept(new Entry.Intent(STAMP, "i", Verb.DELIVER_SECRET, USER, List.of(), null));
        past.accept(new Entry.Outcome(STAMP, "i", Verb.DELIVER_SECRET, USER, Result.DONE, null, "vault", ""));
        past.accept(new Entry.Intent(STAMP, "b", Verb.BROWNOUT, USER, List.of(), null));
        past.accept(new Entry.Outcome(STAMP, "b", Verb.BROWNOUT, USER, Result.DONE, null, null, ""));
        past.accept(new Entry.Intent(STAMP, "c", Verb.CLOSE_NOTICE, USER, List.of(), null));
        past.accept(new Entry.Outcome(STAMP, "c", Verb.CLOSE_NOTICE, USER, Result.DONE, null, null, ""));
        past.accept(new Entry.Intent(STAMP, "t", Verb.OPEN_TICKET, USER, List.of(), null));
        for (String id : List.of("n", "t")) {
            past.accept(new Entry.Notice(
                    STAMP, id, USER, Step.DELETE, NOON, "jira", "ann", Placement.HANDED_OVER, "OPS-1", closing));
        }

        assertThat(past.unresolved()).extracting(Entry.Intent::id).containsExactly("t");
        assertThat(past.undecided()).isEmpty();
        assertThat(past.told(NAMELESS)).isEmpty();
        assertThat(past.said(NAMELESS)).isEmpty();
        assertThat(past.notices()).isEmpty();
        assertThat(past.tickets()).isEmpty();
        assertThat(past.ticket(NAMELESS)).isNull();
        assertThat(past.ticketOrDoubt(NAMELESS)).isNull();
        assertThat(past.inactiveSince(NAMELESS)).isNull();
        assertThat(past.deactivated()).isEmpty();
        assertThat(past.isDoubted(NAMELESS)).isFalse();
        assertThat(past.left()).isEmpty();
        assertThat(past.concern(TARGET.user())).isFalse();
    }

    @Test
    void aDeletedKeyIsSwitchedOffNoMoreAndOneThatWasSwitchedOnAgainIsToldAnew() {
        past.accept(
                new Entry.Notice(STAMP, "n", TARGET, Step.DEACTIVATE, NOON, "slack", "ann", Placement.PLACED, null));
        assertThat(past.told(OLD)).hasSize(1);
        assertThat(past.wasUndone()).isFalse();
        outcome(Verb.DEACTIVATE, KEY);
        outcome(Verb.DEACTIVATE, NEW_KEY);
        outcome(Verb.DELETE, NEW_KEY);
        assertThat(past.inactiveSince(OTHER)).isNull();
        assertThat(past.deactivated()).hasSize(1);

        outcome(Verb.REACTIVATE, KEY);
        assertThat(past.deactivated()).isEmpty();
        assertThat(past.told(OLD)).isEmpty();
        assertThat(past.wasUndone()).isTrue();
    }

    private void outcome(Verb verb, KeyId key) {
        past.accept(new Entry.Outcome(STAMP, "-", verb, TARGET.of(key), Result.DONE, null, null, ""));
    }

    @Test
    void whatWasNotDeliveredWasNeitherToldNorSaid() {
        for (Placement placement : List.of(Placement.FAILED, Placement.DOUBTFUL)) {
            past.accept(new Entry.Notice(
                    STAMP, "n-" + placement, TARGET, Step.DELETE, NOON, "slack", "ann", placement, null));
            assertThat(past.told(OLD)).isEmpty();
        }
        assertThat(past.said(OLD)).hasSize(1);
    }

    @Test
    void aThreadBeginsWithTheFirstMessageOfThatChannelAndReaderThatHasAName() {
        thread("email", "ann", "other-channel");
        thread("slack", "bob", "other-reader");
        thread("slack", "ann", null);
        assertThat(past.thread(OLD, "slack", "ann")).isNull();

        thread("slack", "ann", "first");
        thread("slack", "ann", "second");
        assertThat(past.thread(OLD, "slack", "ann")).isEqualTo("first");
        assertThat(past.thread(OTHER, "slack", "ann")).isNull();
    }

    private int messages;

    private void thread(String channel, String reader, @Nullable String reference) {
        past.accept(new Entry.Notice(
                STAMP, "n-" + ++messages, TARGET, Step.DELETE, NOON, channel, reader, Placement.PLACED, reference));
    }

    @Test
    void aUserIsOfConcernWhoseKeyWasTakenAwayForAWhileOrOfWhoseKeySomethingWasSaid() {
        UserId bob = new UserId("AIDABOB");
        Target ofBob = new Target(ACCOUNT, bob, new UserName("bob"), NEW_KEY);
        past.accept(new Entry.Intent(STAMP, "b", Verb.BROWNOUT, TARGET, List.of(), "plan"));
        past.accept(new Entry.Outcome(STAMP, "b", Verb.BROWNOUT, TARGET, Result.DONE, null, null, ""));
        assertThat(past.concern(TARGET.user())).isTrue();
        assertThat(past.brownouts(KEY)).hasSize(1);
        assertThat(past.concern(bob)).isFalse();

        past.accept(new Entry.Notice(
                STAMP,
                "n",
                ofBob,
                Step.DELETE,
                NOON,
                "slack",
                "bob",
                Placement.PLACED,
                "1",
                new Entry.Closing(1, true)));
        assertThat(past.concern(bob)).isTrue();
    }
}
