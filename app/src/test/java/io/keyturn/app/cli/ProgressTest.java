package io.keyturn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.engine.port.Meter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final Meter meter = new Meter();

    @Test
    void progress_says_how_much_is_done_and_what_is_left_at_that_pace() {
        meter.accountsSeen.add(3);
        meter.accounts.add(2);
        meter.usersSeen.add(204);
        meter.users.add(161);
        meter.calls.add(212);
        meter.throttles.add(3);

        assertThat(Progress.line(meter, Duration.ofSeconds(15)))
                .isEqualTo("reading  2 of 3 accounts  161 of 204 users  212 calls  3 throttled  4 s left");
    }

    @Test
    void no_time_is_told_where_nothing_tells_it() {
        meter.usersSeen.add(204);

        assertThat(Progress.line(meter, Duration.ofSeconds(15))).endsWith("0 throttled");
    }
}
