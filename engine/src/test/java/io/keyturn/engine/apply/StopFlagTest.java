package io.keyturn.engine.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Problem;
import io.keyturn.core.policy.Capped;
import io.keyturn.core.policy.Caps;
import io.keyturn.engine.journal.FailingStore;
import io.keyturn.engine.journal.MemoryJournalStore;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.StoreFailure;
import io.keyturn.engine.tell.RaisedAlarms;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class StopFlagTest {
    private final MemoryJournalStore store = new MemoryJournalStore();

    @Test
    void itIsDownUntilItIsRaised() throws StoreFailure {
        StopFlag flag = new StopFlag(store);
        assertThat(flag.raised()).isEmpty();

        flag.raise("alice: drill");
        flag.raise("bob: for real");
        assertThat(new StopFlag(store).raised()).contains("bob: for real");

        flag.lower();
        assertThat(flag.raised()).isEmpty();
    }

    @Test
    void aWorkerWithAReasonOfItsOwnStopsAlone() throws StoreFailure {
        AtomicReference<Optional<String>> own = new AtomicReference<>(Optional.empty());
        StopFlag flag = new StopFlag(store, 0, own::get);
        assertThat(flag.raised()).isEmpty();

        own.set(Optional.of("its time is up"));
        assertThat(flag.raised()).contains("its time is up");
        assertThat(new StopFlag(store).raised()).isEmpty();

        own.set(Optional.empty());
        new StopFlag(store).raise("alice: drill");
        assertThat(flag.raised()).contains("alice: drill");
    }

    @Test
    void aStopWithoutAReasonIsNone() {
        assertThatThrownBy(() -> new StopFlag(store).raise(" ")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void oneThatCannotBeReadCountsAsRaised() {
        JournalStore unreachable = (JournalStore) Proxy.newProxyInstance(
                JournalStore.class.getClassLoader(),
                new Class<?>[] {JournalStore.class},
                (proxy, method, arguments) -> {
                    throw new StoreFailure(
                            StoreFailure.Kind.UNAVAILABLE,
                            new Problem("read", "the journal", "it does not answer", "try again"));
                });

        assertThat(new StopFlag(unreachable).raised())
                .contains("the stop flag cannot be read: could not read of the journal: it does not answer; try again");
    }

    @Test
    void aStageThatWasLoweredSinceStopsWhoJudgesByTheOldOnes() throws StoreFailure {
        StageMark mark = new StageMark(store);
        StopFlag flag = new StopFlag(store, mark.now());
        assertThat(flag.raised()).isEmpty();

        mark.move("alice: lower");
        assertThat(flag.raised()).contains("a stage was lowered since this was planned; the next run judges by it");
        assertThat(new StopFlag(store, mark.now()).raised()).isEmpty();
        assertThat(new StopFlag(store).raised()).isEmpty();

        flag.raise("bob: drill");
        assertThat(flag.raised()).contains("bob: drill");
    }

    /** What several workers may change at the same instant. */
    private interface Change {
        void of(JournalStore store) throws StoreFailure;
    }

    @Test
    void whoLosesARaceChangesItOnTopAndWhoCannotReachTheStoreSaysSo() throws StoreFailure {
        List<Change> changes = List.of(
                some -> new StopFlag(some).raise("alice: drill"),
                some -> new StageMark(some).move("alice: lower"),
                some -> new RaisedAlarms(some).raised("AKIA"),
                some -> new CapLedger(
                                some,
                                () -> Instant.EPOCH,
                                Map.of(Capped.DEACTIVATE, new Caps(new Caps.Cap(1, Duration.ofDays(1)), null, null)))
                        .claim(
                                List.of(new CapLedger.Wish(Capped.DEACTIVATE, new AccountId("000000000001"), 1, 1)),
                                Instant.EPOCH));
        for (Change change : changes) {
            FailingStore racing = new FailingStore();
            List<String> written = new ArrayList<>();
            FailingStore.Before conflict = FailingStore.failing(StoreFailure.Kind.CONFLICT, 2);
            racing.writes = name -> {
                written.add(name);
                conflict.call(name);
            };
            change.of(racing);
            assertThat(racing.register(written.getLast())).isPresent();

            FailingStore gone = new FailingStore();
            gone.writes = FailingStore.failing(StoreFailure.Kind.UNAVAILABLE);
            assertThatThrownBy(() -> change.of(gone))
                    .isInstanceOfSatisfying(
                            StoreFailure.class,
                            failure -> assertThat(failure.kind()).isEqualTo(StoreFailure.Kind.UNAVAILABLE));
        }
    }
}
