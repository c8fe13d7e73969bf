package io.keyturn.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.core.model.Problem;
import io.keyturn.engine.port.JournalStore.Head;
import io.keyturn.engine.port.JournalStore.Line;
import io.keyturn.engine.port.JournalStore.Query;
import io.keyturn.engine.port.StoreFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccountJournalTest {
    private static final String STREAM = JournalSamples.ACCOUNT.value();
    private final FailingStore store = new FailingStore();
    private final List<Entry> seen = new ArrayList<>();
    private AccountJournal journal;
    private Lease lease;

    @BeforeEach
    void open() throws StoreFailure {
        journal = AccountJournal.open(store, STREAM, seen::add);
        lease = new Lease("account", store.write("lease/account", 0, "me"), JournalSamples.NOON);
    }

    @Test
    void whatIsWrittenIsReadByTheNextOne() throws StoreFailure {
        journal.intend(lease, List.of(JournalSamples.intent("i-1")));
        journal.record(List.of(JournalSamples.outcome("i-1")));

        List<Entry> read = new ArrayList<>();
        AccountJournal next = AccountJournal.open(store, STREAM, read::add);

        assertThat(read).isEqualTo(seen).hasSize(2);
        assertThat(next.head()).isEqualTo(journal.head());
    }

    @Test
    void eachLineNamesTheHashOfTheOneBefore() throws StoreFailure {
        journal.record(List.of(JournalSamples.outcome("i-1"), JournalSamples.outcome("i-2")));

        List<Line> lines = store.read(STREAM, 0, 10);
        assertThat(lines.get(1).text())
                .contains("\"prev\":\"" + EntryWriter.hash(lines.get(0).text()) + "\"");
    }

    @Test
    void anIntentIsRefusedWhereSomebodyWroteWhatItsAuthorHasNotSeen() throws StoreFailure {
        Entry freeze = JournalSamples.decision(Entry.Decision.Kind.FREEZE, new Scope.OfTarget(JournalSamples.TARGET));
        AccountJournal.open(store, STREAM, entry -> {}).record(List.of(freeze));

        assertKind(StoreFailure.Kind.CONFLICT, () -> journal.intend(lease, List.of(JournalSamples.intent("i-1"))));

        assertThat(seen).containsExactly(freeze);
        journal.intend(lease, List.of(JournalSamples.intent("i-1")));
        assertThat(seen).hasSize(2);
    }

    @Test
    void anOutcomeIsWrittenWhateverOthersWrote() throws StoreFailure {
        AccountJournal.open(store, STREAM, entry -> {}).record(List.of(JournalSamples.outcome("other")));

        journal.record(List.of(JournalSamples.outcome("mine")));

        assertThat(seen).extracting(entry -> ((Entry.Outcome) entry).intent()).containsExactly("other", "mine");
    }

    @Test
    void anIntentIsRefusedOnceTheLeaseHasPassedOn() throws StoreFailure {
        store.write("lease/account", 1, "you");

        assertKind(StoreFailure.Kind.FENCED, () -> journal.intend(lease, List.of(JournalSamples.intent("i-1"))));
        assertThat(seen).isEmpty();
    }

    @Test
    void aWriteThatWasNotAnsweredButLandedCounts() throws StoreFailure {
        store.failAfter = true;

        journal.intend(lease, List.of(JournalSamples.intent("i-1")));

        assertThat(seen).hasSize(1);
        journal.record(List.of(JournalSamples.outcome("i-1")));
        assertThat(journal.head().sequence()).isEqualTo(2);
    }

    @Test
    void aWriteThatDidNotLandSaysWhyAndWhatHelps() {
        store.appends = stream -> {
            throw new StoreFailure(
                    StoreFailure.Kind.IN_DOUBT,
                    new Problem("write", "the file", "the disk is full", "free some space, then run again"));
        };

        assertThatThrownBy(() -> journal.intend(lease, List.of(JournalSamples.intent("i-1"))))
                .isInstanceOf(StoreFailure.class)
                .hasMessageEndingWith("the disk is full; the lines are not there, and nothing was done on their behalf;"
                        + " free some space, then run again");
    }

    @Test
    void aWriteThatDidNotLandIsAFailureAndNothingIsSeen() {
        store.failBefore = true;

        assertThatThrownBy(() -> journal.intend(lease, List.of(JournalSamples.intent("i-1"))))
                .isInstanceOf(StoreFailure.class)
                .hasMessage(
                        "could not write the lines of the journal of 111122223333 in memory: the line went dead; the lines"
                                + " are not there, and nothing was done on their behalf; run again");
        assertThat(seen).isEmpty();
    }

    @Test
    void aChangedLineIsFoundAndNamed() throws StoreFailure {
        write(3);

        assertDamaged(
                line(2, text -> text.replace("done", "failed")),
                "could not trust line 2 of the journal of "
                        + STREAM
                        + " in memory: its text was changed after it was written; nothing is changed on its word;"
                        + " restore memory from a copy, or move it aside and start a new one: every key is then announced"
                        + " anew before anything happens to it");
    }

    @Test
    void aChangedLineWithAHashMadeToFitIsFoundAtTheNextOne() throws StoreFailure {
        write(3);

        assertDamaged(
                line -> line.sequence() == 2 ? rehashed(line, line.text().replace("done", "failed")) : line,
                "line 3 of the journal of " + STREAM + " in memory: it does not follow line 2 as that one now stands");
    }

    @Test
    void aChangedLastLineIsFoundByTheHead() throws StoreFailure {
        write(3);

        assertDamaged(
                line -> line.sequence() == 3 ? rehashed(line, line.text().replace("done", "failed")) : line,
                "the journal ends at line 3, and its head names line 3");
    }

    @Test
    void aLineOfAnotherPlaceIsFound() throws StoreFailure {
        write(2);
        Line first = store.read(STREAM, 0, 1).getFirst();

        assertDamaged(
                line -> line.sequence() == 2
                        ? new Line(STREAM, 2, line.at(), first.text(), first.hash(), null, null)
                        : line,
                "it was moved here from line 1 of " + STREAM);
    }

    @Test
    void aCutTailIsFoundByTheHead() throws StoreFailure {
        write(2);
        store.head = head -> new Head(head.sequence() + 1, "f".repeat(64));

        assertThatThrownBy(() -> AccountJournal.open(store, STREAM, entry -> {}))
                .hasMessageContaining("the journal ends at line 2, and its head names line 3");
    }

    @Test
    void aMissingLineIsFound() throws StoreFailure {
        write(3);

        assertDamaged(
                line -> line.sequence() == 2
                        ? new Line(STREAM, 3, line.at(), line.text(), line.hash(), null, null)
                        : line,
                "line 2 is missing; the next one is line 3");
    }

    private void write(int count) throws StoreFailure {
        for (int i = 0; i < count; i++) {
            journal.record(List.of(JournalSamples.outcome("i-" + i)));
        }
    }

    private static UnaryOperator<Line> line(long sequence, UnaryOperator<String> change) {
        return line -> line.sequence() == sequence
                ? new Line(line.stream(), sequence, line.at(), change.apply(line.text()), line.hash(), null, null)
                : line;
    }

    private static Line rehashed(Line line, String text) {
        return new Line(line.stream(), line.sequence(), line.at(), text, EntryWriter.hash(text), null, null);
    }

    private void assertDamaged(UnaryOperator<Line> damage, String message) {
        store.shown = damage;
        assertThatThrownBy(() -> AccountJournal.open(store, STREAM, entry -> {}))
                .isInstanceOfSatisfying(
                        StoreFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(StoreFailure.Kind.DAMAGED))
                .hasMessageContaining(message);
    }

    private static void assertKind(StoreFailure.Kind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StoreFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(kind));
    }

    @Test
    void anEntryOfAnotherAccountIsNotWrittenHere() {
        Entry stop = JournalSamples.decision(Entry.Decision.Kind.STOP, new Scope.All());

        assertThatThrownBy(() -> journal.record(List.of(stop)))
                .hasMessage("an entry of organization in the journal of " + STREAM);
        assertThat(store.inner.head(STREAM)).isEqualTo(Head.EMPTY);
    }

    @Test
    void anOutcomeThatOthersKeepGettingAheadOfFailsInTheEnd() {
        int[] ahead = {0};
        store.appends = stream -> {
            ahead[0]++;
            throw FailingStore.failure(StoreFailure.Kind.CONFLICT);
        };

        assertKind(StoreFailure.Kind.CONFLICT, () -> journal.record(List.of(JournalSamples.outcome("i-1"))));
        assertThat(ahead[0]).isGreaterThan(1);
        assertThat(seen).isEmpty();
    }

    @Test
    void aStoreThatCannotBeReachedIsNotAskedAgain() {
        int[] asked = {0};
        store.appends = stream -> {
            asked[0]++;
            throw FailingStore.failure(StoreFailure.Kind.UNAVAILABLE);
        };

        assertKind(StoreFailure.Kind.UNAVAILABLE, () -> journal.record(List.of(JournalSamples.outcome("i-1"))));
        assertThat(asked[0]).isEqualTo(1);
    }

    @Test
    void aWriteThatWasNotAnsweredAndWhoseLineIsAnothersLostTheRace() throws StoreFailure {
        Entry other = JournalSamples.outcome("other");
        AccountJournal theirs = AccountJournal.open(store.inner, STREAM, entry -> {});
        store.appends = stream -> {
            if (seen.isEmpty() && theirs.head().sequence() == 0) {
                theirs.record(List.of(other));
                throw FailingStore.failure(StoreFailure.Kind.IN_DOUBT);
            }
        };

        assertKind(StoreFailure.Kind.CONFLICT, () -> journal.intend(lease, List.of(JournalSamples.intent("i-1"))));
        assertThat(seen).containsExactly(other);
    }

    @Test
    void aLineOfAnotherStreamIsFound() throws StoreFailure {
        write(1);
        Line other = EntryWriter.line("444455556666", Head.EMPTY, JournalSamples.outcome("i-1"));

        assertDamaged(
                line -> new Line(STREAM, 1, line.at(), other.text(), other.hash(), null, null),
                "it was moved here from line 1 of 444455556666");
    }

    @Test
    void aLineThatALaterVersionWroteIsNoDamage() throws StoreFailure {
        write(1);
        store.shown = line -> rehashed(line, line.text().replace("\"v\":1", "\"v\":2"));

        assertThatThrownBy(() -> AccountJournal.open(store, STREAM, entry -> {}))
                .isInstanceOfSatisfying(
                        StoreFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(StoreFailure.Kind.NEWER))
                .hasMessageContaining("update Keyturn");
    }

    @Test
    void aSingleLineIsReadOrItIsSaidWhyNot() throws StoreFailure {
        write(1);
        Line line = store.read(STREAM, 0, 1).getFirst();

        assertThat(Entries.of(line)).isEqualTo(seen.getFirst());
        assertThatThrownBy(() -> Entries.of(rehashed(line, "{}")))
                .hasMessage("could not read line 1 of the journal of " + STREAM
                        + ": it names no version; run `keyturn history verify`");
        assertThatThrownBy(() -> Entries.of(rehashed(line, line.text().replace("\"v\":1", "\"v\":2"))))
                .hasMessageEndingWith("this Keyturn knows 1; update Keyturn");
    }

    @Test
    void linesAreLookedForByStreamUserKeyAndTime() {
        Line line = EntryWriter.line(STREAM, Head.EMPTY, JournalSamples.outcome("i-1"));
        Line stop = EntryWriter.line(
                Streams.ORGANIZATION, Head.EMPTY, JournalSamples.decision(Entry.Decision.Kind.STOP, new Scope.All()));
        String user = JournalSamples.TARGET.user().value();
        Instant then = JournalSamples.NOON;

        assertThat(Query.ALL.matches(line)).isTrue();
        assertThat(Query.ALL.matches(stop)).isTrue();
        assertThat(new Query(STREAM, user, JournalSamples.KEY.value(), then).matches(line))
                .isTrue();
        assertThat(new Query(STREAM, null, null, null).matches(stop)).isFalse();
        assertThat(new Query(null, user, null, null).matches(stop)).isFalse();
        assertThat(new Query(null, null, JournalSamples.NEW_KEY.value(), null).matches(line))
                .isFalse();
        assertThat(new Query(null, null, null, then.plusMillis(1)).matches(line))
                .isFalse();
    }

    @Test
    void aCopyOfAStoreChangesApartFromIt() throws StoreFailure {
        write(1);
        MemoryJournalStore copy = store.inner.copy();
        AccountJournal.open(copy, STREAM, entry -> {}).record(List.of(JournalSamples.outcome("later")));
        copy.write("lease/account", 1, "you");

        List<Line> found = new ArrayList<>();
        store.inner.find(new Query(STREAM, null, null, null), found::add);
        assertThat(found).hasSize(1);
        assertThat(copy.head(STREAM).sequence()).isEqualTo(2);
        assertThat(store.inner.register("lease/account"))
                .hasValueSatisfying(register -> assertThat(register.value()).isEqualTo("me"));
    }

    @Test
    void whatIsNoDecisionOrMessageCannotBeWritten() {
        assertThatThrownBy(() -> new Entry.Closing(0, false)).hasMessage("a message is about at least one key");
        assertThatThrownBy(() -> new Entry.Decision(
                        JournalSamples.STAMP, "d", Entry.Decision.Kind.STOP, new Scope.All(), " ", "drill", null, null))
                .hasMessage("a decision names who decided");
    }
}
