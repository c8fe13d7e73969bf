package io.keyturn.engine.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.keyturn.core.assess.Compromise;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.core.plan.Hold;
import io.keyturn.core.policy.Lowering;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.apply.StageMark;
import io.keyturn.engine.apply.StopFlag;
import io.keyturn.engine.journal.AccountJournal;
import io.keyturn.engine.journal.AccountPast;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.journal.Lowerings;
import io.keyturn.engine.journal.MemoryJournalStore;
import io.keyturn.engine.journal.Scope;
import io.keyturn.engine.journal.Streams;
import io.keyturn.engine.port.StoreFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DecisionsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final AccountId ACCOUNT = new AccountId("111122223333");
    private static final Target ANN = new Target(ACCOUNT, new UserId("AIDAANN"), new UserName("ann"), null);
    private final MemoryJournalStore store = new MemoryJournalStore();
    private final Decisions decisions = new Decisions(store, () -> NOW, () -> "d-1", "command line");

    private @Nullable Hold held() throws StoreFailure {
        AccountPast past = new AccountPast(Set.of());
        AccountJournal.open(store, ACCOUNT.value(), past);
        return past.hold(
                new CredentialId(
                        CredentialId.Kind.ACCESS_KEY,
                        ACCOUNT,
                        new Principal.OfUser(ANN.name(), ANN.user(), "arn:aws:iam::111122223333:user/ann"),
                        null,
                        null,
                        NOW),
                NOW);
    }

    private List<Entry> organization() throws StoreFailure {
        List<Entry> entries = new ArrayList<>();
        AccountJournal.open(store, Streams.ORGANIZATION, entries::add);
        return entries;
    }

    @Test
    void whoBeginsARunByHandIsWrittenDown() throws Exception {
        decisions.begin(false, "ann", "a look");
        decisions.begin(true, "bob", "before the holidays");
        decisions.apply("ab".repeat(32), "bob", "what was approved", "run-7");
        assertThat(organization())
                .extracting(entry -> entry instanceof Entry.Decision said
                        ? said.kind() + " " + said.scope() + " " + said.by() + " " + said.why()
                        : "")
                .containsExactly(
                        "READ All[] ann a look",
                        "RUN All[] bob before the holidays",
                        "RUN OfPlan[hash=" + "ab".repeat(32) + "] bob what was approved");
        assertThatExceptionOfType(Refused.class).isThrownBy(() -> decisions.begin(true, "bob", " "));
    }

    @Test
    void stepsOfAnAccountAreApprovedTogetherWithOneReasonOrNotAtAll() throws Exception {
        List<Decisions.KeyStep> steps = List.of(
                new Decisions.KeyStep(ANN.of(new KeyId("AKIAEXAMPLE000000001")), Step.ROTATE),
                new Decisions.KeyStep(ANN.of(new KeyId("AKIAEXAMPLE000000002")), Step.DEACTIVATE));
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> decisions.approve(steps, "alice", " ", NOW.plusSeconds(60)));
        assertThat(store.head(ACCOUNT.value()).sequence()).isZero();

        decisions.approve(steps, "alice", "agreed", NOW.plusSeconds(60));
        List<Entry.Decision> written = new ArrayList<>();
        AccountJournal.open(store, ACCOUNT.value(), entry -> written.add((Entry.Decision) entry));
        assertThat(written)
                .extracting(Entry.Decision::scope, Entry.Decision::value)
                .containsExactly(
                        tuple(new Scope.OfTarget(steps.getFirst().key()), "rotate"),
                        tuple(new Scope.OfTarget(steps.getLast().key()), "deactivate"));
        assertThat(written).allMatch(decision -> decision.kind() == Entry.Decision.Kind.APPROVE);
    }

    @Test
    void aCompromiseIsOfOneKeyIsRememberedOfItsUserAndApprovesItsEnd() throws Exception {
        KeyId key = new KeyId("AKIAEXAMPLE000000ANN");
        Target target = new Target(ACCOUNT, ANN.user(), ANN.name(), key);
        decisions.compromised(target, "alice", "public");
        decisions.compromised(target, "bob", "public too");

        AccountPast past = new AccountPast(Set.of());
        AccountJournal.open(store, ACCOUNT.value(), past);
        assertThat(past.compromise(key)).isEqualTo(new Compromise("d-1", "alice", "public", NOW));
        assertThat(past.wasCompromised(ANN.user())).isTrue();
        assertThat(past.concern(ANN.user())).isTrue();
        CredentialId credential = new CredentialId(
                CredentialId.Kind.ACCESS_KEY,
                ACCOUNT,
                new Principal.OfUser(ANN.name(), ANN.user(), "arn:aws:iam::111122223333:user/ann"),
                null,
                key,
                NOW);
        assertThat(past.approvals(credential, Step.DEACTIVATE, NOW)).hasSize(2);
        assertThat(past.approvals(credential, Step.ROTATE, NOW)).isEmpty();
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> decisions.compromised(ANN, "alice", "public"));
        assertThatExceptionOfType(Refused.class).isThrownBy(() -> decisions.compromised(target, "alice", " "));
    }

    /** Neither holds anything back, nor makes it come earlier: they are words to people. */
    @Test
    void whatAnOwnerSaysIsWrittenDown() throws Exception {
        Target key = new Target(ACCOUNT, ANN.user(), ANN.name(), new KeyId("AKIAEXAMPLE000000ANN"));
        decisions.installed(key, "ann", "it is in the new place");
        decisions.askForTime(new Scope.OfTarget(key), "ann", "a holiday", NOW.plus(Duration.ofDays(9)));

        List<Entry> entries = new ArrayList<>();
        AccountJournal.open(store, ACCOUNT.value(), entries::add);
        assertThat(entries)
                .extracting(entry -> entry instanceof Entry.Decision said
                        ? said.kind() + " " + said.by() + " " + said.why() + " " + said.until()
                        : "")
                .containsExactly(
                        "INSTALLED ann it is in the new place null",
                        "ASK_FOR_TIME ann a holiday " + NOW.plus(Duration.ofDays(9)));
        assertThat(held()).isNull();
    }

    @Test
    void aFreezeHoldsUntilItIsThawed() throws Exception {
        decisions.freeze(new Scope.OfTarget(ANN), "alice", "vendor", null);
        assertThat(held()).isEqualTo(new Hold(false, "frozen by alice: vendor", null));

        decisions.thaw(new Scope.OfTarget(ANN), "alice", "done");
        assertThat(held()).isNull();
    }

    @Test
    void aSnoozeEndsByItself() throws Exception {
        decisions.snooze(new Scope.OfTarget(ANN), "alice", "holiday", NOW.plusSeconds(9), Duration.ofDays(1));

        assertThat(held()).isEqualTo(new Hold(true, "snoozed by alice: holiday", NOW.plusSeconds(9)));
    }

    @Test
    void aStopIsRaisedAndWrittenDownAndAResumeLowersIt() throws Exception {
        decisions.stop("alice", "drill");
        assertThat(new StopFlag(store).raised()).contains("alice: drill");

        decisions.resume("bob", "over");
        assertThat(new StopFlag(store).raised()).isEmpty();
        assertThat(organization())
                .extracting(entry -> ((Entry.Decision) entry).kind() + " " + ((Entry.Decision) entry).by())
                .containsExactly("STOP alice", "RESUME bob");
    }

    @Test
    void aSnoozeReachesNoFurtherThanItsPolicyAllows() throws Exception {
        Instant dayAfter = Instant.parse("2026-12-24T00:00:00Z");
        Duration month = Duration.ofDays(30);
        decisions.snooze(new Scope.OfTarget(ANN), "alice", "holiday", dayAfter, month);

        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() ->
                        decisions.snooze(new Scope.OfTarget(ANN), "alice", "more", dayAfter.plusSeconds(60), month))
                .withMessage("a snooze until 2026-12-24 00:01 UTC is longer than its policy allows: 30 days ahead,"
                        + " to the end of 2026-12-23; name an earlier end, freeze what must not change for longer, or"
                        + " raise snooze-at-most in the policy");
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() ->
                        decisions.snooze(new Scope.OfTarget(ANN), "alice", "a bit", NOW.plusSeconds(60), Duration.ZERO))
                .withMessageContaining("longer than its policy allows: none;");
    }

    @Test
    void whatHasNoReasonOrIsOverIsNotDecided() throws Exception {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> decisions.freeze(new Scope.OfTarget(ANN), "alice", " ", null))
                .withMessage("no reason is given; say why, for whoever reads the journal later");
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> decisions.freeze(new Scope.OfTarget(ANN), "alice", "x", NOW))
                .withMessage("it would hold until 2026-11-23 12:00 UTC, which is over; name an end that is to come");
        assertThatExceptionOfType(Refused.class).isThrownBy(() -> decisions.stop("alice", ""));
        assertThat(new StopFlag(store).raised()).isEmpty();
        assertThat(held()).isNull();
    }

    @Test
    void aLoweredStageIsReadByEveryRunAndStopsThoseThatAreUnderWay() throws Exception {
        StopFlag underWay = new StopFlag(store, new StageMark(store).now());
        assertThat(underWay.raised()).isEmpty();

        decisions.lower(new Scope.OfUnit("Workloads"), Stage.NOTIFY, "alice", "incident");
        decisions.lower(new Scope.OfAccount(ACCOUNT), Stage.OBSERVE, "bob", "audit");

        assertThat(Lowerings.in(store))
                .containsExactly(
                        new Lowering("Workloads", null, Stage.NOTIFY, NOW, "alice", "incident"),
                        new Lowering(null, ACCOUNT, Stage.OBSERVE, NOW, "bob", "audit"));
        assertThat(underWay.raised()).contains("a stage was lowered since this was planned; the next run judges by it");
        assertThat(new StopFlag(store).raised()).isEmpty();
        assertThat(new StopFlag(store, new StageMark(store).now()).raised()).isEmpty();
    }

    @Test
    void toTheHighestStageNothingIsLowered() throws Exception {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> decisions.lower(new Scope.OfUnit("Dev"), Stage.ENFORCE, "alice", "x"))
                .withMessage("enforce is the highest stage; lower it to rotate, notify or observe");
        assertThat(Lowerings.in(store)).isEmpty();
    }
}
