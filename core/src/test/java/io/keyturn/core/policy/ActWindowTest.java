package io.keyturn.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ActWindowTest {
    private static final Set<DayOfWeek> MONDAY = Set.of(DayOfWeek.MONDAY);

    @Test
    void midnight_is_the_end_of_the_day() {
        ActWindow window = new ActWindow(MONDAY, LocalTime.of(9, 0), LocalTime.MIDNIGHT, null, List.of());

        assertThat(window.endsAtMidnight()).isTrue();
    }

    @Test
    void a_window_that_could_never_open_does_not_exist() {
        LocalTime nine = LocalTime.of(9, 0);

        assertThatThrownBy(() -> new ActWindow(MONDAY, nine, nine, null, List.of()))
                .hasMessage("a window ends after it begins");
        assertThatThrownBy(() -> new ActWindow(Set.of(), nine, LocalTime.NOON, null, List.of()))
                .hasMessage("a window has at least one day");
        assertThatThrownBy(() -> new ActWindow.Freeze(LocalDate.of(2027, 1, 4), LocalDate.of(2026, 12, 18)))
                .hasMessage("a freeze ends before it begins");
    }
}
