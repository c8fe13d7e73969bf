package io.keyturn.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.engine.journal.FailingStore;
import io.keyturn.engine.journal.MemoryJournalStore;
import io.keyturn.engine.port.StoreFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class TimetableTest {
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

    private static final Duration APART = Duration.ofHours(6);

    private final MemoryJournalStore store = new MemoryJournalStore();
    private Instant now = NOW;

    private Timetable server() {
        InstantSource clock = () -> now;
        return new Timetable(store, clock, began -> began.plus(APART), NOW);
    }

    @Test
    void of_two_servers_one_takes_a_run_and_the_other_waits_for_the_next() throws Exception {
        assertThat(server().next()).isEqualTo(NOW);
        assertThat(server().take()).isTrue();
        now = NOW.plusSeconds(1);
        assertThat(server().take()).isFalse();
        assertThat(server().next()).isEqualTo(NOW.plus(Duration.ofHours(6)));
        now = NOW.plus(Duration.ofHours(6));
        assertThat(server().take()).isTrue();
        assertThat(server().take()).isFalse();
    }

    @Test
    void what_nobody_can_read_and_a_begin_that_is_to_come_hold_up_no_run() throws Exception {
        store.write("timetable", 0, "yesterday or so");
        assertThat(server().take()).isTrue();
        store.write("timetable", 2, NOW.plusSeconds(60).toString());
        assertThat(server().next()).isEqualTo(NOW);
        assertThat(server().take()).isTrue();
    }

    @Test
    void where_none_was_ever_taken_the_first_run_waits_for_its_time() throws Exception {
        Instant first = NOW.plusSeconds(90);
        Timetable server = new Timetable(store, () -> now, began -> began.plus(APART), first);

        assertThat(server.next()).isEqualTo(first);
        assertThat(server.take()).isFalse();
        now = first;
        assertThat(server.take()).isTrue();
        assertThat(server.next()).isEqualTo(first.plus(APART));
    }

    @Test
    void of_two_servers_at_the_same_instant_one_takes_the_run_and_a_store_that_fails_is_said() {
        FailingStore failing = new FailingStore();
        Timetable timetable = new Timetable(failing, () -> Instant.EPOCH, began -> began, Instant.EPOCH);
        failing.writes = FailingStore.failing(StoreFailure.Kind.CONFLICT, 1);
        assertThatCode(() -> assertThat(timetable.take()).isFalse()).doesNotThrowAnyException();
        assertThatCode(() -> assertThat(timetable.take()).isTrue()).doesNotThrowAnyException();

        FailingStore gone = new FailingStore();
        gone.writes = FailingStore.failing(StoreFailure.Kind.UNAVAILABLE);
        assertThatThrownBy(() -> new Timetable(gone, () -> Instant.EPOCH, began -> began, Instant.EPOCH).take())
                .isInstanceOf(StoreFailure.class);
    }
}
