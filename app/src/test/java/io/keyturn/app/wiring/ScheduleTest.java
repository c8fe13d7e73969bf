package io.keyturn.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.app.config.Cron;
import io.keyturn.app.config.Rhythm;
import io.keyturn.engine.journal.MemoryJournalStore;
import io.keyturn.engine.port.JournalStore;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Runs that a server begins by itself, on a clock that goes on only where the schedule waits. */
class ScheduleTest {
    private static final Instant START = Instant.parse("2026-11-23T08:10:00Z");

    private final MemoryJournalStore store = new MemoryJournalStore();

    /** A server that writes down what its schedule does, and ends it after some waits. */
    private final class Server implements Schedule.Runs {
        private final List<Instant> begun = new ArrayList<>();
        private final CountDownLatch ended = new CountDownLatch(1);
        private Instant now;
        private int waits;

        Server(Instant start, int waits) {
            this.now = start;
            this.waits = waits;
        }

        List<Instant> run(Rhythm rhythm) throws InterruptedException {
            try (Schedule schedule = new Schedule(this, rhythm, () -> now, said -> {}, this::pass)) {
                assertThat(schedule).isNotNull();
                assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
            }
            return begun;
        }

        private void pass(Duration time) throws InterruptedException {
            if (waits-- == 0) {
                throw new InterruptedException();
            }
            now = now.plus(time);
        }

        @Override
        public JournalStore store() {
            return store;
        }

        @Override
        public Optional<String> begin(boolean acts, @Nullable String by) {
            assertThat(acts).isTrue();
            assertThat(by).isNull();
            begun.add(now);
            return Optional.empty();
        }

        @Override
        public void schedule(@Nullable Instant at) {
            if (at == null) {
                ended.countDown();
            }
        }
    }

    @Test
    void by_the_time_between_a_run_begins_at_once_and_each_a_little_late() throws Exception {
        List<Instant> begun = new Server(START, 3).run(new Rhythm.Every(Duration.ofHours(1)));

        assertThat(begun).hasSize(4).first().isEqualTo(START);
        for (int i = 1; i < begun.size(); i++) {
            assertThat(begun.get(i))
                    .isBetween(
                            begun.get(i - 1).plus(Duration.ofHours(1)),
                            begun.get(i - 1).plus(Duration.ofMinutes(63)));
        }
    }

    @Test
    void by_cron_a_run_begins_when_its_time_has_come_and_at_most_five_minutes_later() throws Exception {
        List<Instant> begun = new Server(START, 2).run(Cron.of("0 9 * * *", ZoneOffset.UTC));

        assertThat(begun).hasSize(2);
        assertThat(begun.getFirst())
                .isBetween(Instant.parse("2026-11-23T09:00:00Z"), Instant.parse("2026-11-23T09:05:00Z"));
        assertThat(begun.getLast())
                .isBetween(Instant.parse("2026-11-24T09:00:00Z"), Instant.parse("2026-11-24T09:05:00Z"));
    }

    @Test
    void of_two_servers_one_begins_a_run_and_what_was_missed_is_made_up_for_once() throws Exception {
        Cron morning = Cron.of("0 9 * * *", ZoneOffset.UTC);
        assertThat(new Server(START, 1).run(morning)).hasSize(1);

        // The other wakes after the first has begun it, and sleeps on.
        assertThat(new Server(Instant.parse("2026-11-23T09:05:01Z"), 0).run(morning))
                .isEmpty();
        // No server was there on the next day at nine.
        Instant late = Instant.parse("2026-11-24T11:00:00Z");
        assertThat(new Server(late, 0).run(morning)).containsExactly(late);
    }
}
