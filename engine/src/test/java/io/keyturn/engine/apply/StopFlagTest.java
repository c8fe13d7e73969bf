package io.keyturn.engine.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.core.model.Problem;
import io.keyturn.engine.journal.MemoryJournalStore;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.StoreFailure;
import java.lang.reflect.Proxy;
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
