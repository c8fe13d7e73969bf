package io.keyturn.engine.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.core.model.Problem;
import io.keyturn.engine.journal.MemoryJournalStore;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.StoreFailure;
import java.lang.reflect.Proxy;
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
}
