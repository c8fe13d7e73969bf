package io.keyturn.engine.tell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.engine.journal.FailingStore;
import io.keyturn.engine.port.JournalStore.Register;
import io.keyturn.engine.port.StoreFailure;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class RaisedAlarmsTest {
    private final FailingStore store = new FailingStore();
    private final RaisedAlarms alarms = new RaisedAlarms(store);

    private Optional<Long> version() throws StoreFailure {
        return store.register("alarms").map(Register::version);
    }

    @Test
    void an_alarm_stands_until_it_ends() throws Exception {
        assertThat(alarms.all()).isEmpty();
        alarms.raised("b");
        alarms.raised("a");
        assertThat(alarms.all()).containsExactly("a", "b");
        alarms.ended("b");
        assertThat(alarms.all()).containsExactly("a");
        alarms.ended("a");
        assertThat(alarms.all()).isEmpty();
    }

    @Test
    void what_changes_nothing_is_not_written() throws Exception {
        alarms.ended("a");
        assertThat(version()).isEmpty();
        alarms.raised("a");
        Optional<Long> once = version();
        alarms.raised("a");
        alarms.ended("b");
        assertThat(version()).isEqualTo(once);
    }

    @Test
    void what_another_worker_raised_at_the_same_instant_stays() throws Exception {
        AtomicBoolean once = new AtomicBoolean();
        store.writes = name -> {
            if (once.compareAndSet(false, true)) {
                new RaisedAlarms(store).raised("b");
            }
        };
        alarms.raised("a");
        assertThat(alarms.all()).containsExactly("a", "b");

        store.writes = FailingStore.failing(StoreFailure.Kind.UNAVAILABLE);
        assertThatThrownBy(() -> alarms.raised("c")).isInstanceOf(StoreFailure.class);
    }
}
