package io.keyturn.core.policy;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What could mean nothing does not exist. */
class CapsAndRotationTest {
    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void a_cap_is_a_count_in_some_time_or_a_share_of_at_most_all() {
        assertThatThrownBy(() -> new Caps.Cap(-1, DAY)).hasMessage("a cap is not negative");
        assertThatThrownBy(() -> new Caps.Cap(1, Duration.ZERO)).hasMessage("a cap counts in some time");
        assertThatThrownBy(() -> new Caps(null, null, 101)).hasMessage("a percentage is from 0 to 100");
    }

    @Test
    void a_rotation_never_goes_back_in_time() {
        assertThatThrownBy(() -> new Rotation(List.of(), false, DAY, DAY, DAY.negated()))
                .hasMessage("a rotation never goes back in time");
    }
}
