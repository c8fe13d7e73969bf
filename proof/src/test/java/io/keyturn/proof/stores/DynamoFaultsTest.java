package io.keyturn.proof.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.adapters.aws.journal.DynamoJournal;
import io.keyturn.adapters.aws.journal.DynamoSettings;
import io.keyturn.engine.journal.AccountJournal;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.JournalStore.Head;
import io.keyturn.engine.port.JournalStore.Line;
import io.keyturn.engine.port.JournalStore.Query;
import io.keyturn.engine.port.JournalStore.Register;
import io.keyturn.engine.port.StoreFailure;
import io.keyturn.proof.stores.FaultyProxy.Fault;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The journal in DynamoDB where answers get lost, workers die and appends are larger than DynamoDB likes. */
class DynamoFaultsTest {
    private static final String TRANSACTION = "TransactWriteItems";
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    /** With this many lines of this length an append takes several items. */
    private static final int MANY = 40;

    private static final int LONG = 40_000;

    private final String table = "journal-" + UUID.randomUUID();
    private FaultyProxy network;
    private DynamoJournal store;

    @BeforeEach
    void openStore() throws Exception {
        network = new FaultyProxy(DynamoDbLocal.endpoint());
        store = open(network.endpoint());
    }

    @AfterEach
    void closeStore() {
        store.close();
        network.close();
    }

    private DynamoJournal open(URI endpoint) throws StoreFailure {
        return DynamoJournal.make(new DynamoSettings(table, null, DynamoDbLocal.environment(endpoint)));
    }

    @Test
    void anAppendWhoseAnswerIsLostIsSentAgainAndCountsOnce() throws StoreFailure {
        network.next(TRANSACTION, Fault.ANSWER_LOST, Fault.LOST);

        store.append("a", Head.EMPTY, null, lines(0, 3, 10));

        assertThat(store.read("a", 0, 10)).hasSize(3);
    }

    @Test
    void anAppendThatAnotherWriterOvertookBetweenTwoAttemptsIsRefused() throws StoreFailure {
        store.append("a", Head.EMPTY, null, lines(0, 1, 10));
        Head seen = store.head("a");
        try (DynamoJournal other = open(DynamoDbLocal.endpoint())) {
            other.append("a", seen, null, lines(1, 1, 20));
        }
        network.next(TRANSACTION, Fault.LOST);

        assertThatThrownBy(() -> store.append("a", seen, null, lines(1, 1, 10)))
                .isInstanceOfSatisfying(
                        StoreFailure.class, e -> assertThat(e.kind()).isEqualTo(StoreFailure.Kind.CONFLICT));
    }

    @Test
    void whereNoAnswerComesAtAllTheJournalLooksAndFindsItsLines() throws StoreFailure {
        List<Entry> seen = new ArrayList<>();
        AccountJournal journal = AccountJournal.open(store, Intents.STREAM, seen::add);
        network.next(TRANSACTION, Fault.ANSWER_LOST, Fault.LOST, Fault.LOST);

        journal.record(Intents.batch("doubted", 3));

        assertThat(seen).hasSize(3);
        assertThat(AccountJournal.open(store, Intents.STREAM, e -> {}).head()).isEqualTo(journal.head());
    }

    @Test
    void whereNoAnswerComesAtAllAndNothingWasWrittenTheJournalSaysSo() throws StoreFailure {
        AccountJournal journal = AccountJournal.open(store, Intents.STREAM, e -> {});
        network.next(TRANSACTION, Fault.LOST, Fault.LOST, Fault.LOST);

        assertThatThrownBy(() -> journal.record(Intents.batch("lost", 3)))
                .isInstanceOfSatisfying(
                        StoreFailure.class, e -> assertThat(e.kind()).isEqualTo(StoreFailure.Kind.UNAVAILABLE))
                .hasMessageContaining("no usable answer came from AWS (")
                .hasMessageContaining(
                        "; the lines are not there, and nothing was done on their behalf; check the network");
        assertThat(store.head(Intents.STREAM)).isEqualTo(Head.EMPTY);
    }

    @Test
    void withoutAnyAnswerAnAppendIsInDoubt() {
        network.next(TRANSACTION, Fault.ANSWER_LOST, Fault.LOST, Fault.LOST);

        assertThatThrownBy(() -> store.append("a", Head.EMPTY, null, lines(0, 1, 10)))
                .isInstanceOfSatisfying(
                        StoreFailure.class, e -> assertThat(e.kind()).isEqualTo(StoreFailure.Kind.IN_DOUBT))
                .hasMessageStartingWith("could not write the lines for a of the journal in the DynamoDB table " + table
                        + " (eu-west-1): no usable answer came from AWS (")
                .hasMessageEndingWith("), at the last of 3 attempts; check the network, the proxy and the endpoint");
    }

    @Test
    void aRegisterWhoseAnswerIsLostIsKnownAgainAsOwn() throws StoreFailure {
        network.next("PutItem", Fault.ANSWER_LOST);

        assertThat(store.write("flag", 0, "up")).isEqualTo(new Register("flag", 1, "up"));
        assertThat(store.register("flag")).contains(new Register("flag", 1, "up"));
    }

    @Test
    void readsAreRepeatedUntilAnAnswerComes() throws StoreFailure {
        store.append("a", Head.EMPTY, null, lines(0, 2, 10));
        network.next("GetItem", Fault.LOST, Fault.ANSWER_LOST);
        network.next("Query", Fault.LOST);

        assertThat(store.read("a", 0, 10)).hasSize(2);
    }

    @Test
    void twoHundredAndFiftyLinesAreOneTransaction() throws StoreFailure {
        store.append("a", Head.EMPTY, null, lines(0, 250, 600));

        assertThat(store.read("a", 0, 1_000)).isEqualTo(lines(0, 250, 600));
        assertThat(store.read("a", 120, 2)).isEqualTo(lines(120, 2, 600));
    }

    @Test
    void linesOfManyItemsComeBackFromAnyPlace() throws StoreFailure {
        store.append("a", Head.EMPTY, null, lines(0, 3, 10));
        store.append("a", store.head("a"), null, lines(3, MANY, LONG));
        store.append("a", store.head("a"), null, lines(3 + MANY, 3, 10));

        assertThat(store.read("a", 0, 1_000)).extracting(Line::sequence).hasSize(MANY + 6);
        assertThat(store.read("a", 20, 5)).isEqualTo(lines(20, 5, LONG));
        assertThat(store.read("a", 2 + MANY, 2)).extracting(Line::sequence).containsExactly(3L + MANY, 4L + MANY);
        List<Line> found = new ArrayList<>();
        store.find(new Query(null, "user-1", null, null), found::add);
        assertThat(found).hasSize((MANY + 6) / 2);
    }

    @Test
    void aWorkerThatDiesBeforeTheTransactionOfALargeAppendLeavesNothingToReadersAndWriters() throws StoreFailure {
        network.next(TRANSACTION, Fault.LOST, Fault.LOST, Fault.LOST);
        assertThatThrownBy(() -> store.append("a", Head.EMPTY, null, lines(0, MANY, LONG)))
                .isInstanceOf(StoreFailure.class);

        assertThat(store.head("a")).isEqualTo(Head.EMPTY);
        assertThat(store.streams()).isEmpty();
        store.append("a", Head.EMPTY, null, lines(0, MANY - 7, LONG));
        store.append("a", store.head("a"), null, lines(MANY - 7, 20, 10));
        assertThat(store.read("a", 0, 1_000))
                .extracting(Line::sequence)
                .hasSize(MANY + 13)
                .isSorted();
    }

    @Test
    void aLargeAppendOfAWriterWhoSawAnOlderHeadIsRefused() throws StoreFailure {
        store.append("a", Head.EMPTY, null, lines(0, 1, 10));

        assertThatThrownBy(() -> store.append("a", Head.EMPTY, null, lines(0, MANY, LONG)))
                .isInstanceOfSatisfying(
                        StoreFailure.class, e -> assertThat(e.kind()).isEqualTo(StoreFailure.Kind.CONFLICT))
                .hasMessage("could not write the lines for a of the journal in the DynamoDB table " + table
                        + " (eu-west-1): it has new lines; look again and decide anew");
    }

    @Test
    void aLineOfNearlyFourHundredKilobytesFits() throws StoreFailure {
        store.append("a", Head.EMPTY, null, lines(0, 2, 399_000));

        assertThat(store.read("a", 0, 10)).isEqualTo(lines(0, 2, 399_000));
    }

    @Test
    void aLineThatNoItemHoldsIsRefusedBeforeAnythingIsWritten() throws StoreFailure {
        List<Line> lines = new ArrayList<>(lines(0, 1, 10));
        lines.addAll(lines(1, 1, 410_000));

        assertThatThrownBy(() -> store.append("a", Head.EMPTY, null, lines))
                .isInstanceOf(StoreFailure.class)
                .hasMessage("could not write line 2 for a of the journal in the DynamoDB table " + table
                        + " (eu-west-1): it has 410137 bytes, and DynamoDB takes 400000; say it in fewer words");
        assertThat(store.head("a")).isEqualTo(Head.EMPTY);
    }

    @Test
    void twoWorkersAtOnceOnOneStreamLeaveAChainThatVerifies() throws Exception {
        List<Callable<Void>> workers = List.of(() -> record("one"), () -> record("two"));
        try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
            for (Future<Void> done : pool.invokeAll(workers)) {
                done.get();
            }
        }
        List<Entry> seen = new ArrayList<>();
        AccountJournal.open(store, Intents.STREAM, seen::add);
        assertThat(seen).hasSize(2 * 10 * 3).doesNotHaveDuplicates();
    }

    private Void record(String worker) throws StoreFailure {
        try (JournalStore mine = open(DynamoDbLocal.endpoint())) {
            AccountJournal journal = AccountJournal.open(mine, Intents.STREAM, e -> {});
            for (int i = 0; i < 10; i++) {
                journal.record(Intents.batch(worker + "-" + i, 3));
            }
        }
        return null;
    }

    private static List<Line> lines(long after, int count, int length) {
        List<Line> lines = new ArrayList<>();
        for (long sequence = after + 1; sequence <= after + count; sequence++) {
            String text = "x".repeat(length);
            lines.add(new Line(
                    "a", sequence, NOON, text, "%064x".formatted(sequence * length), "user-" + sequence % 2, "key"));
        }
        return lines;
    }
}
