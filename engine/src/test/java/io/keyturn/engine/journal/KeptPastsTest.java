package io.keyturn.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.engine.port.JournalStore.Head;
import io.keyturn.engine.port.StoreFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeptPastsTest {
    private static final String STREAM = Streams.of(JournalSamples.ACCOUNT);
    private static final String OTHER = "444455556666";

    private final FailingStore store = new FailingStore();
    private final List<String> reads = new ArrayList<>();
    private final KeptPasts pasts = new KeptPasts(store, Set.of());

    KeptPastsTest() {
        store.reads = reads::add;
    }

    private void begin(String... intents) throws StoreFailure {
        AccountJournal journal = AccountJournal.open(store.inner, STREAM, entry -> {});
        for (String intent : intents) {
            journal.record(List.of(JournalSamples.intent(intent)));
        }
    }

    private static List<String> unresolved(KeptPasts from) throws StoreFailure {
        try (KeptPasts.Open open = from.open(STREAM)) {
            return open.past().unresolved().stream().map(Entry.Intent::id).toList();
        }
    }

    @Test
    void whatWasReadIsReadOnFromThere() throws StoreFailure {
        begin("i-1");
        assertThat(unresolved(pasts)).containsExactly("i-1");
        assertThat(unresolved(pasts)).containsExactly("i-1");
        assertThat(reads).hasSize(1);

        begin("i-2");

        assertThat(unresolved(pasts)).containsExactly("i-1", "i-2");
        assertThat(reads).hasSize(2);
    }

    @Test
    void whatIsWrittenThroughItIsKnownToo() throws StoreFailure {
        try (KeptPasts.Open open = pasts.open(STREAM)) {
            open.journal().record(List.of(JournalSamples.intent("i-1")));
            assertThat(open.past().unresolved()).hasSize(1);
        }

        assertThat(unresolved(pasts)).containsExactly("i-1");
        assertThat(reads).isEmpty();
    }

    @Test
    void whatOthersWriteWhileItIsReadIsReadTooAndNoHarm() throws StoreFailure {
        begin("i-1");
        assertThat(unresolved(pasts)).containsExactly("i-1");
        begin("i-2");
        store.reads = stream -> {
            store.reads = any -> {};
            begin("i-3", "i-4");
        };

        assertThat(unresolved(pasts)).containsExactly("i-1", "i-2", "i-3", "i-4");
    }

    @Test
    void aPastIsInOneHandAtATime() throws StoreFailure {
        begin("i-1");
        try (KeptPasts.Open first = pasts.open(STREAM);
                KeptPasts.Open second = pasts.open(STREAM)) {
            assertThat(second.past()).isNotSameAs(first.past());
            assertThat(second.past().unresolved()).hasSize(1);
            first.journal().record(List.of(JournalSamples.outcome("i-1")));
            assertThat(second.past().unresolved()).hasSize(1);
        }

        assertThat(unresolved(pasts)).isEmpty();
    }

    @Test
    void aJournalThatWasCutShortSinceIsRefusedAndThenReadFromItsBeginning() throws StoreFailure {
        begin("i-1", "i-2");
        assertThat(unresolved(pasts)).hasSize(2);
        String first = store.inner.read(STREAM, 0, 1).getFirst().hash();
        store.head = head -> new Head(1, first);

        assertThatThrownBy(() -> pasts.open(STREAM))
                .isInstanceOfSatisfying(
                        StoreFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(StoreFailure.Kind.DAMAGED))
                .hasMessageContaining("the journal ends at line 2, and its head names line 1");
        store.head = head -> head;
        assertThat(unresolved(pasts)).hasSize(2);
    }

    @Test
    void anotherLastLineThanTheOneThatWasReadIsRefused() throws StoreFailure {
        begin("i-1");
        assertThat(unresolved(pasts)).hasSize(1);
        store.head = head -> new Head(head.sequence(), "f".repeat(64));

        assertThatThrownBy(() -> pasts.open(STREAM)).hasMessageContaining("the journal ends at line 1");
    }

    @Test
    void newLinesThatDoNotFollowTheOneThatWasReadAreRefused() throws StoreFailure {
        begin("i-1");
        assertThat(unresolved(pasts)).hasSize(1);
        begin("i-2");
        MemoryJournalStore another = new MemoryJournalStore();
        AccountJournal.open(another, STREAM, entry -> {})
                .record(List.of(JournalSamples.intent("i-x"), JournalSamples.intent("i-2")));
        store.shown = line -> another.read(STREAM, line.sequence() - 1, 1).getFirst();
        Head head = another.head(STREAM);
        store.head = any -> head;

        assertThatThrownBy(() -> pasts.open(STREAM))
                .hasMessageContaining("it does not follow line 1 as that one now stands");
    }

    @Test
    void onlySoManyEntriesAreKept() throws StoreFailure {
        KeptPasts few = new KeptPasts(store, Set.of(), 2);
        begin("i-1", "i-2");
        assertThat(unresolved(few)).hasSize(2);
        try (KeptPasts.Open empty = few.open(OTHER)) {
            assertThat(empty.past().unresolved()).isEmpty();
        }
        assertThat(unresolved(few)).hasSize(2);
        assertThat(reads).hasSize(1);

        begin("i-3");

        assertThat(unresolved(few)).hasSize(3);
        assertThat(unresolved(few)).hasSize(3);
        assertThat(reads).containsExactly(STREAM, STREAM, STREAM);
    }

    @Test
    void theEldestIsLetGoFirst() throws StoreFailure {
        KeptPasts one = new KeptPasts(store, Set.of(), 1);
        begin("i-1");
        assertThat(unresolved(one)).hasSize(1);
        AccountJournal.open(store.inner, Streams.ORGANIZATION, entry -> {})
                .record(List.of(JournalSamples.decision(Entry.Decision.Kind.STOP, new Scope.All())));
        one.open(Streams.ORGANIZATION).close();
        reads.clear();

        one.open(Streams.ORGANIZATION).close();
        assertThat(reads).isEmpty();
        assertThat(unresolved(one)).hasSize(1);
        assertThat(reads).containsExactly(STREAM);
    }
}
