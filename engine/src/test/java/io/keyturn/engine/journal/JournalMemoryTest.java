package io.keyturn.engine.journal;

import static io.keyturn.engine.journal.JournalSamples.ACCOUNT;
import static io.keyturn.engine.journal.JournalSamples.KEY;
import static io.keyturn.engine.journal.JournalSamples.NEW_KEY;
import static io.keyturn.engine.journal.JournalSamples.STAMP;
import static io.keyturn.engine.journal.JournalSamples.TARGET;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.model.Account;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Partition;
import io.keyturn.core.model.Placement;
import io.keyturn.core.model.ReadVia;
import io.keyturn.core.model.Reading;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.Target;
import io.keyturn.core.plan.Verb;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.journal.Entry.Result;
import io.keyturn.engine.port.StoreFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JournalMemoryTest {
    private static final Snapshot SNAPSHOT = new Snapshot(
            new Account(ACCOUNT, "production", Partition.AWS, Fact.notRead(), Fact.notRead(), false),
            ReadVia.LIVE,
            JournalSamples.NOON,
            Reading.COMPLETE,
            List.of(),
            Fact.notRead(),
            List.of());

    private final MemoryJournalStore store = new MemoryJournalStore();
    private final List<Entry> healed = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private final JournalMemory memory = new JournalMemory(store, Set.of(), snapshot -> {}, account -> {
        asked.add(account.name());
        record(healed.toArray(Entry[]::new));
    });

    private void record(Entry... entries) throws StoreFailure {
        AccountJournal.open(store, Streams.of(ACCOUNT), entry -> {}).record(List.of(entries));
    }

    private static Entry.Intent intent(Verb verb) {
        return new Entry.Intent(STAMP, "i", verb, TARGET, List.of(), null);
    }

    private static Entry.Outcome outcome(String run, Verb verb, Result result) {
        return new Entry.Outcome(new Entry.Stamp(STAMP.at(), run, "w"), "i", verb, TARGET, result, null, null, "");
    }

    @BeforeEach
    void read() throws StoreFailure {
        memory.seen(SNAPSHOT);
    }

    @Test
    void whereAllHasEndedNothingIsMendedAndNothingUnsettled() throws StoreFailure {
        record(intent(Verb.DEACTIVATE), outcome("run-1", Verb.DEACTIVATE, Result.DONE));

        assertThat(memory.of(ACCOUNT).inactiveSince(Pasts.credential(TARGET))).isEqualTo(STAMP.at());
        assertThat(asked).isEmpty();
        assertThat(memory.unsettled()).isEmpty();
    }

    @Test
    void whatAnEarlierRunLeftIsMendedOnceAndReadAgain() throws StoreFailure {
        record(intent(Verb.DEACTIVATE));
        healed.add(outcome("run-1", Verb.DEACTIVATE, Result.DONE));

        assertThat(memory.of(ACCOUNT).unresolved()).isEmpty();
        assertThat(memory.of(ACCOUNT).unresolved()).isEmpty();
        assertThat(asked).containsExactly("production");
        assertThat(memory.unsettled()).isEmpty();
    }

    @Test
    void anAccountThatWasNotReadIsNotMended() throws StoreFailure {
        memory.of(ACCOUNT);
        record(intent(Verb.DEACTIVATE));

        assertThat(memory.of(ACCOUNT).unresolved()).hasSize(1);
        assertThat(asked).isEmpty();
        assertThat(memory.unsettled()).containsExactly(ACCOUNT);
    }

    @Test
    void anAccountIsUnsettledWhileAMessageAMakingOrASecretIs() throws StoreFailure {
        record(JournalSamples.notice("n", STAMP.at(), Placement.HANDED_OVER));
        assertUnsettled();
    }

    @Test
    void aMakingThatNobodySawSucceedLeavesItsAccountUnsettled() throws StoreFailure {
        record(intent(Verb.CREATE_KEY), outcome("run-2", Verb.CREATE_KEY, Result.FAILED));
        assertUnsettled();
    }

    @Test
    void aSecretInASinkLeavesItsAccountUnsettled() throws StoreFailure {
        record(
                new Entry.Outcome(STAMP, "c", Verb.CREATE_KEY, TARGET, Result.DONE, NEW_KEY, null, ""),
                new Entry.Intent(STAMP, "d", Verb.DELIVER_SECRET, TARGET.of(NEW_KEY), List.of(KEY), null),
                new Entry.Outcome(STAMP, "d", Verb.DELIVER_SECRET, TARGET.of(NEW_KEY), Result.DONE, null, "vault", ""));
        assertUnsettled();
    }

    @Test
    void anAccountWhoseBoardDidNotTakeAMessageIsUnheardUntilItDidOrNeedNot() throws StoreFailure {
        Entry.Notice failed = JournalSamples.notice("n", STAMP.at(), Placement.FAILED);
        record(failed);
        JournalMemory plain = new JournalMemory(store, Set.of());
        AccountPast past = plain.of(ACCOUNT);
        assertThat(past.unheard()).containsExactly(failed);
        assertThat(plain.unheard()).containsExactly(ACCOUNT);
        assertThat(plain.unsettled()).isEmpty();

        record(failed.later(STAMP, Placement.HANDED_OVER, "ref", null));
        JournalMemory later = new JournalMemory(store, Set.of());
        past = later.of(ACCOUNT);
        assertThat(past.unheard()).isEmpty();
        assertThat(later.unheard()).isEmpty();
        assertThat(past.undecided())
                .as("what comes late is of no account for its owner")
                .isEmpty();
        assertThat(past.spoken(Pasts.credential(TARGET))).isEmpty();
    }

    @Test
    void whatBoardsDidNotTakeComesInTheOrderInWhichItWasTold() throws StoreFailure {
        List<Entry> failed = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            // In the order of the keys' names it would be another one.
            KeyId key = new KeyId("AKIAEXAMPLE0000000" + (10 + i * 7 % 20));
            failed.add(new Entry.Notice(
                    new Entry.Stamp(STAMP.at().plusSeconds(i), "run-1", "host/1"),
                    "n" + i + "/sns",
                    TARGET.of(key),
                    Step.DEACTIVATE,
                    STAMP.at(),
                    "sns",
                    "",
                    Placement.FAILED,
                    null));
        }
        record(failed.toArray(Entry[]::new));
        assertThat(new JournalMemory(store, Set.of()).of(ACCOUNT).unheard()).isEqualTo(failed);
    }

    @Test
    void whoeverWasThawedSinceIsKnownByKeyAndByUser() throws StoreFailure {
        Instant before = STAMP.at().minusSeconds(1);
        Target user = new Target(TARGET.account(), TARGET.user(), TARGET.name(), null);
        for (Target thawed : List.of(TARGET, user)) {
            AccountPast past = new AccountPast(Set.of());
            assertThat(past.wasThawed(Pasts.credential(TARGET), before)).isFalse();
            past.accept(JournalSamples.decision(Entry.Decision.Kind.THAW, new Scope.OfAccount(ACCOUNT)));
            assertThat(past.wasThawed(Pasts.credential(TARGET), before))
                    .as("that of the account is of no key")
                    .isFalse();
            past.accept(JournalSamples.decision(Entry.Decision.Kind.THAW, new Scope.OfTarget(thawed)));
            assertThat(past.wasThawed(Pasts.credential(TARGET), before)).isTrue();
            assertThat(past.wasThawed(Pasts.credential(TARGET), STAMP.at())).isFalse();
        }
    }

    private void assertUnsettled() throws StoreFailure {
        JournalMemory plain = new JournalMemory(store, Set.of());
        plain.seen(SNAPSHOT);
        assertThat(plain.of(ACCOUNT).unresolved()).isEmpty();
        assertThat(plain.unsettled()).containsExactly(ACCOUNT);
    }

    @Test
    void aPastThatIsDoneWithIsReadOnFromWhereItWas() throws StoreFailure {
        AccountPast past = memory.of(ACCOUNT);
        memory.done(ACCOUNT);
        memory.done(ACCOUNT);
        record(intent(Verb.DELETE));

        assertThat(memory.of(ACCOUNT)).isSameAs(past);
        assertThat(past.unresolved()).hasSize(1);
        assertThat(memory.of(ACCOUNT)).isNotSameAs(past);
    }
}
