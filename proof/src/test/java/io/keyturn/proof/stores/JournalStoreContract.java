package io.keyturn.proof.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.JournalStore.Head;
import io.keyturn.engine.port.JournalStore.Line;
import io.keyturn.engine.port.JournalStore.Query;
import io.keyturn.engine.port.JournalStore.Register;
import io.keyturn.engine.port.StoreFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of journals must do; each store passes it through a subclass. */
abstract class JournalStoreContract {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private JournalStore store;

    /** Opens the store under test; a second call sees what the first one wrote. */
    abstract JournalStore open() throws Exception;

    @BeforeEach
    void openStore() throws Exception {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void anEmptyStreamHasTheEmptyHead() throws StoreFailure {
        assertThat(store.head("a")).isEqualTo(Head.EMPTY);
        assertThat(store.read("a", 0, 10)).isEmpty();
        assertThat(store.streams()).isEmpty();
    }

    @Test
    void linesComeBackInOrderAndToTheByte() throws StoreFailure {
        append("a", 3);

        assertThat(store.read("a", 0, 10)).containsExactly(line("a", 1), line("a", 2), line("a", 3));
        assertThat(store.read("a", 1, 1)).containsExactly(line("a", 2));
        assertThat(store.head("a")).isEqualTo(new Head(3, line("a", 3).hash()));
    }

    @Test
    void aReaderPagesThroughMoreLinesThanOneAnswerHolds() throws StoreFailure {
        for (int i = 0; i < 12; i++) {
            appendAfter("a", i * 90, 90);
        }

        List<Line> all = new ArrayList<>();
        while (store.read("a", all.size(), 400) instanceof List<Line> page && !page.isEmpty()) {
            all.addAll(page);
        }
        assertThat(all).extracting(Line::sequence).hasSize(1080).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aWriterWhoSawAnOlderHeadIsRefusedAndWritesNothing() throws StoreFailure {
        append("a", 2);

        assertKind(StoreFailure.Kind.CONFLICT, () -> store.append("a", Head.EMPTY, null, lines("a", 0, 2)));
        assertKind(
                StoreFailure.Kind.CONFLICT,
                () -> store.append("a", new Head(2, "f".repeat(64)), null, lines("a", 2, 1)));
        assertThat(store.read("a", 0, 10)).hasSize(2);
    }

    @Test
    void streamsAreApart() throws StoreFailure {
        append("b", 1);
        append("a", 2);

        assertThat(store.streams()).containsExactly("a", "b");
        assertThat(store.head("b").sequence()).isEqualTo(1);
    }

    @Test
    void aRegisterChangesOnlyFromTheVersionThatWasSeen() throws StoreFailure {
        assertThat(store.register("flag")).isEmpty();

        Register first = store.write("flag", 0, "up");
        assertThat(first).isEqualTo(new Register("flag", 1, "up"));
        assertKind(StoreFailure.Kind.CONFLICT, () -> store.write("flag", 0, "down"));
        assertKind(StoreFailure.Kind.CONFLICT, () -> store.write("flag", 2, "down"));
        assertThat(store.register("flag")).contains(first);
        assertThat(store.write("flag", 1, "")).isEqualTo(new Register("flag", 2, ""));
        assertThat(store.register("flag")).contains(new Register("flag", 2, ""));
    }

    @Test
    void aWriterWhoseLeasePassedOnIsFenced() throws StoreFailure {
        Register mine = store.write("lease/a", 0, "me");
        store.append("a", Head.EMPTY, mine, lines("a", 0, 1));
        store.write("lease/a", 1, "you");

        assertKind(StoreFailure.Kind.FENCED, () -> store.append("a", store.head("a"), mine, lines("a", 1, 1)));
        assertKind(
                StoreFailure.Kind.FENCED,
                () -> store.append("a", store.head("a"), new Register("lease/none", 1, ""), lines("a", 1, 1)));
        assertThat(store.head("a").sequence()).isEqualTo(1);
    }

    @Test
    void linesAreFoundByUserKeyAndTime() throws StoreFailure {
        append("a", 4);
        append("b", 4);

        assertThat(found(new Query(null, "user-1", null, null)))
                .containsExactly(line("a", 1), line("a", 3), line("b", 1), line("b", 3));
        assertThat(found(new Query("b", null, "key-2", null))).containsExactly(line("b", 2));
        assertThat(found(new Query("a", null, null, NOON.plusSeconds(3)))).containsExactly(line("a", 3), line("a", 4));
        assertThat(found(Query.ALL)).hasSize(8);
    }

    @Test
    void linesAboutNobodyAreKeptToo() throws StoreFailure {
        Line line = new Line("a", 1, NOON, "{}", "e".repeat(64), null, null);
        store.append("a", Head.EMPTY, null, List.of(line));

        assertThat(store.read("a", 0, 1)).containsExactly(line);
    }

    @Test
    void whatIsWrittenIsThereForTheNextWorker() throws Exception {
        append("a", 2);
        Register register = store.write("flag", 0, "up");

        try (JournalStore other = open()) {
            assertThat(other.read("a", 0, 10)).hasSize(2);
            assertThat(other.register("flag")).contains(register);
        }
    }

    @Test
    void ofManyWritersAtOnceExactlyOneWinsEachPlace() throws Exception {
        List<Callable<Integer>> writers = new ArrayList<>();
        for (int writer = 0; writer < 4; writer++) {
            writers.add(this::appendTwentyFive);
        }
        try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
            int refused = 0;
            for (Future<Integer> done : pool.invokeAll(writers)) {
                refused += done.get();
            }
            assertThat(store.head("a").sequence()).isEqualTo(100);
            assertThat(store.read("a", 0, 200))
                    .extracting(Line::sequence)
                    .hasSize(100)
                    .isSorted();
            assertThat(refused).isNotNegative();
        }
    }

    /** Appends 25 lines, each after whatever is there; the number of times that another writer was first. */
    private int appendTwentyFive() throws Exception {
        int refused = 0;
        int done = 0;
        try (JournalStore mine = open()) {
            while (done < 25) {
                Head head = mine.head("a");
                try {
                    mine.append("a", head, null, lines("a", head.sequence(), 1));
                    done++;
                } catch (StoreFailure e) {
                    assertThat(e.kind()).isEqualTo(StoreFailure.Kind.CONFLICT);
                    refused++;
                }
            }
        }
        return refused;
    }

    private void append(String stream, int count) throws StoreFailure {
        appendAfter(stream, 0, count);
    }

    private void appendAfter(String stream, long sequence, int count) throws StoreFailure {
        store.append(stream, store.head(stream), null, lines(stream, sequence, count));
    }

    private List<Line> found(Query query) throws StoreFailure {
        List<Line> found = new ArrayList<>();
        store.find(query, found::add);
        return found;
    }

    static List<Line> lines(String stream, long after, int count) {
        List<Line> lines = new ArrayList<>();
        for (long sequence = after + 1; sequence <= after + count; sequence++) {
            lines.add(line(stream, sequence));
        }
        return lines;
    }

    /** Text with quotes, a control character and letters of more than one byte, as names of users have them. */
    private static Line line(String stream, long sequence) {
        return new Line(
                stream,
                sequence,
                NOON.plusSeconds(sequence),
                "{\"seq\":" + sequence + ",\"user\":\"o'Brien \\\" \u0007 Zo\u00eb \uD83D\uDD11\"}",
                String.format("%064x", sequence),
                "user-" + sequence % 2,
                "key-" + sequence);
    }

    private static void assertKind(StoreFailure.@Nullable Kind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StoreFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(kind));
    }
}
