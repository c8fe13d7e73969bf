package io.keyturn.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.app.config.Settings;
import io.keyturn.core.model.Needs;
import io.keyturn.core.model.Problem;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.UserId;
import io.keyturn.engine.port.AccountEntry;
import io.keyturn.engine.port.AccountReading;
import io.keyturn.engine.port.Held;
import io.keyturn.engine.port.ReadFailure;
import io.keyturn.sandbox.world.VirtualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TimeLimitTest {
    private static final Needs NEEDS =
            new Needs(EnumSet.noneOf(io.keyturn.core.model.FactName.class), Needs.Identify.NONE);

    private final VirtualClock clock = VirtualClock.standingAt(Instant.parse("2026-11-23T12:00:00Z"));
    private final TimeLimit limit = new TimeLimit(clock, Duration.ofMinutes(15));

    /** A reading that comes as far as its own method. */
    private static final class Reached implements AccountReading {
        @Override
        public void awaitReady() {}

        @Override
        public Snapshot read(Held held) throws ReadFailure {
            throw new ReadFailure(new Problem("get here", "a test", "it was read", "nothing"));
        }

        @Override
        public Snapshot identify(Snapshot snapshot, Set<UserId> users) {
            return snapshot;
        }
    }

    private AccountReading begun(TimeLimit within) throws Exception {
        List<AccountEntry> entries = new ArrayList<>();
        within.within(sink -> {
                    sink.accept(new AccountEntry.Skipped("old", "111122223335", "SUSPENDED"));
                    sink.accept(new AccountEntry.Readable("data", "111122223334", needs -> new Reached()));
                })
                .each(entries::add);
        assertThat(entries.getFirst()).isInstanceOf(AccountEntry.Skipped.class);
        return ((AccountEntry.Readable) entries.getLast()).reader().begin(NEEDS);
    }

    @Test
    void accounts_are_begun_in_the_first_half_and_later_ones_say_that_they_were_not() throws Exception {
        AccountReading reading = begun(limit);
        clock.move(Duration.ofSeconds(449));
        assertThatThrownBy(reading::read).hasMessageContaining("it was read");

        clock.move(Duration.ofSeconds(1));
        assertThatThrownBy(reading::read)
                .hasMessage("could not read the keys of data: half of the time of this run was over before its turn"
                        + " came; give the run more time, or each run fewer accounts with --shard");
    }

    @Test
    void no_account_takes_more_than_a_third_and_a_shorter_deadline_stays() {
        Settings usual = Settings.defaults(Path.of("keyturn.db"));

        assertThat(limit.within(usual).accountDeadline()).isEqualTo(Duration.ofMinutes(5));
        assertThat(limit.within(usual.readingWithin(Duration.ofSeconds(9))).accountDeadline())
                .isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void no_act_begins_in_the_last_tenth() {
        clock.move(Duration.ofSeconds(809));
        assertThat(limit.noMoreActs()).isEmpty();

        clock.move(Duration.ofSeconds(1));
        assertThat(limit.noMoreActs()).contains("the time of this run is up; the next one goes on");
    }

    @Test
    void without_a_limit_nothing_ends() throws Exception {
        TimeLimit none = new TimeLimit(clock, null);
        AccountReading reading = begun(none);
        clock.move(Duration.ofDays(30));

        assertThatThrownBy(reading::read).hasMessageContaining("it was read");
        assertThat(none.noMoreActs()).isEmpty();
        Settings usual = Settings.defaults(Path.of("keyturn.db"));
        assertThat(none.within(usual)).isSameAs(usual);
    }
}
