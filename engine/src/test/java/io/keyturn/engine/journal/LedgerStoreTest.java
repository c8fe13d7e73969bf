package io.keyturn.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.core.model.Account;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.Partition;
import io.keyturn.core.model.Problem;
import io.keyturn.core.model.ReadVia;
import io.keyturn.core.model.Reading;
import io.keyturn.core.model.Snapshot;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.JournalStore.Line;
import io.keyturn.engine.port.StoreFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LedgerStoreTest {
    private static final String STREAM = JournalSamples.ACCOUNT.value();
    private static final Snapshot SNAPSHOT = new Snapshot(
            new Account(JournalSamples.ACCOUNT, "production", Partition.AWS, Fact.notRead(), Fact.notRead(), false),
            ReadVia.LIVE,
            JournalSamples.NOON,
            Reading.COMPLETE,
            List.of(),
            Fact.notRead(),
            List.of());

    private final List<Entry> past = new ArrayList<>();
    private final List<Entry> taken = new ArrayList<>();
    private final List<Line> logged = new ArrayList<>();
    private @Nullable Problem broken;
    private final LedgerStore store = new LedgerStore(
            new Ledger() {
                @Override
                public List<Entry> recall(Snapshot snapshot) {
                    return past;
                }

                @Override
                public void take(List<Entry> entries) throws StoreFailure {
                    if (broken != null) {
                        throw new StoreFailure(StoreFailure.Kind.UNAVAILABLE, broken);
                    }
                    taken.addAll(entries);
                }
            },
            logged::add);

    private Lease lease() throws StoreFailure {
        return new Lease("account", store.write("lease/account", 0, "me"), JournalSamples.NOON);
    }

    private AccountJournal journal() throws StoreFailure {
        return AccountJournal.open(store, STREAM, entry -> {});
    }

    @Test
    void theRunBeginsWithWhatTheLedgerSaysAndNothingOfItIsTakenAgain() throws StoreFailure {
        past.add(JournalSamples.outcome("i-0"));

        JournalMemory memory = new JournalMemory(store, Set.of(), store::recall);
        memory.seen(SNAPSHOT);

        List<Entry> read = new ArrayList<>();
        AccountJournal.open(store, STREAM, read::add);
        assertThat(read).isEqualTo(past);
        assertThat(taken).isEmpty();
        assertThat(logged).isEmpty();
    }

    @Test
    void everyEntryIsTakenDownBeforeItCountsAndLoggedAfter() throws StoreFailure {
        Entry.Intent intent = JournalSamples.intent("i-1");
        journal().intend(lease(), List.of(intent));

        assertThat(taken).containsExactly(intent);
        assertThat(logged).hasSize(1).first().extracting(Line::text).asString().contains("\"i-1\"");
    }

    @Test
    void whatTheLedgerDoesNotTakeIsNotIntended() throws StoreFailure {
        AccountJournal journal = journal();
        Lease lease = lease();
        broken = new Problem("write", "the table", "access denied", "grant it");

        assertThatThrownBy(() -> journal.intend(lease, List.of(JournalSamples.intent("i-1"))))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("access denied");

        assertThat(store.head(STREAM).sequence()).isZero();
        assertThat(logged).isEmpty();
        broken = null;
        journal.intend(lease, List.of(JournalSamples.intent("i-1")));
        assertThat(taken).hasSize(1);
    }

    @Test
    void whatTheJournalRefusesNeverReachesTheLedger() throws StoreFailure {
        AccountJournal behind = journal();
        Lease lease = lease();
        journal().record(List.of(JournalSamples.outcome("i-0")));
        taken.clear();

        assertThatThrownBy(() -> behind.intend(lease, List.of(JournalSamples.intent("i-1"))))
                .isInstanceOf(StoreFailure.class);

        assertThat(taken).isEmpty();
    }

    @Test
    void withoutALedgerNothingIsRecalledAndEverythingTaken() throws StoreFailure {
        LedgerStore none = new LedgerStore(Ledger.NONE, line -> {});
        none.recall(SNAPSHOT);
        AccountJournal.open(none, STREAM, entry -> {}).record(List.of(JournalSamples.outcome("i-1")));

        assertThat(none.head(STREAM).sequence()).isEqualTo(1);
        assertThat(none.streams()).containsExactly(STREAM);
        assertThat(none.place()).isEqualTo("this run");
    }

    @Test
    void whatIsInItIsFoundAndOneThatEndsEndsItsLedger() throws StoreFailure {
        List<String> ended = new ArrayList<>();
        LedgerStore closing = new LedgerStore(
                new Ledger() {
                    @Override
                    public List<Entry> recall(Snapshot snapshot) {
                        return List.of();
                    }

                    @Override
                    public void take(List<Entry> entries) {}

                    @Override
                    public void close() {
                        ended.add("ledger");
                    }
                },
                line -> {});
        AccountJournal.open(closing, STREAM, entry -> {}).record(List.of(JournalSamples.outcome("i-1")));
        closing.write("lease/account", 0, "me");

        List<Line> found = new ArrayList<>();
        closing.find(JournalStore.Query.ALL, found::add);
        assertThat(found).hasSize(1);
        assertThat(closing.register("lease/account")).isPresent();
        assertThat(closing.register("lease/other")).isEmpty();
        closing.close();
        assertThat(ended).containsExactly("ledger");
    }

    @Test
    void aLineThatNoLedgerCanTakeDownIsNotWritten() {
        Line line = new Line(STREAM, 1, JournalSamples.NOON, "{}", EntryWriter.hash("{}"), null, null);

        assertThatThrownBy(() -> store.append(STREAM, JournalStore.Head.EMPTY, null, List.of(line)))
                .isInstanceOfSatisfying(
                        StoreFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(StoreFailure.Kind.DAMAGED))
                .hasMessageContaining("could not take down of line 1 of " + STREAM + ": it names no version");
        assertThat(store.streams()).isEmpty();
    }
}
