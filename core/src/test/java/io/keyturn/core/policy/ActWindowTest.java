package io.keyturn.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActWindowTest {
    private static final ActWindow OFFICE = new ActWindow(
            EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.THURSDAY),
            LocalTime.of(9, 0),
            LocalTime.of(15, 0),
            null,
            List.of(new ActWindow.Freeze(LocalDate.of(2026, 12, 18), LocalDate.of(2027, 1, 4))));

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T08:59:59Z, false",
        "2026-11-23T09:00:00Z, true",
        "2026-11-26T14:59:59Z, true",
        "2026-11-26T15:00:00Z, false",
        "2026-11-27T10:00:00Z, false",
        "2026-12-17T10:00:00Z, true",
        "2026-12-21T10:00:00Z, false",
        "2027-01-04T10:00:00Z, false",
        "2027-01-05T10:00:00Z, true"
    })
    void itIsOpenOnItsDaysAtItsHoursAndNotInAFreeze(Instant at, boolean open) {
        assertThat(OFFICE.isOpen(at, ZoneOffset.UTC)).isEqualTo(open);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T10:00:00Z, 2026-11-23T10:00:00Z",
        "2026-11-23T08:59:59Z, 2026-11-23T09:00:00Z",
        "2026-11-26T15:00:00Z, 2026-11-30T09:00:00Z",
        "2026-12-17T15:00:00Z, 2027-01-05T09:00:00Z"
    })
    void itOpensNextAtTheBeginningOfItsNextDayThatIsNoFreeze(Instant at, Instant opens) {
        assertThat(OFFICE.opening(at, ZoneOffset.UTC)).isEqualTo(opens);
    }

    /** In Berlin clocks are set from 02:00 to 03:00 on 2027-03-28, and from 03:00 to 02:00 on 2027-10-31. */
    @ParameterizedTest
    @CsvSource({
        "02:30, 05:00, 2027-03-28T00:59:59Z, 2027-03-28T01:00:00Z",
        "02:00, 03:00, 2027-03-28T00:59:59Z, 2027-03-29T00:00:00Z",
        "02:30, 05:00, 2027-10-31T00:00:00Z, 2027-10-31T00:30:00Z",
        "02:00, 03:00, 2027-10-31T01:30:00Z, 2027-10-31T01:30:00Z",
        "03:00, 05:00, 2027-10-31T01:30:00Z, 2027-10-31T02:00:00Z"
    })
    void anHourThatThereIsNotIsPassedOverAndOneThatThereIsTwiceCountsTwice(
            LocalTime from, LocalTime to, Instant at, Instant opens) {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        ActWindow night = new ActWindow(EnumSet.allOf(DayOfWeek.class), from, to, berlin, List.of());
        assertThat(night.opening(at, ZoneOffset.UTC)).isEqualTo(opens);
        assertThat(night.isOpen(opens, ZoneOffset.UTC)).isTrue();
        assertThat(night.isOpen(at, ZoneOffset.UTC)).isEqualTo(at.equals(opens));
    }

    @Test
    void aWindowThatIsFrozenForYearsNeverOpens() {
        ActWindow frozen = new ActWindow(
                Set.of(DayOfWeek.MONDAY),
                LocalTime.of(9, 0),
                LocalTime.of(15, 0),
                ZoneId.of("Europe/Berlin"),
                List.of(new ActWindow.Freeze(LocalDate.of(2026, 1, 1), LocalDate.of(2029, 1, 1))));
        assertThat(frozen.opening(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC))
                .isEqualTo(Instant.MAX);
    }

    @Test
    void aWindowByTheOwnersClockGoesByThatClock() {
        Instant at = Instant.parse("2026-11-23T08:30:00Z");

        assertThat(OFFICE.isOpen(at, ZoneId.of("Europe/Berlin"))).isTrue();
        assertThat(OFFICE.isOpen(at, ZoneId.of("America/New_York"))).isFalse();
    }

    @Test
    void aWindowToMidnightIncludesTheLastMinute() {
        ActWindow evening = new ActWindow(
                Set.of(DayOfWeek.MONDAY), LocalTime.of(18, 0), LocalTime.MIDNIGHT, ZoneOffset.UTC, List.of());

        assertThat(evening.isOpen(Instant.parse("2026-11-23T23:59:59Z"), ZoneOffset.UTC))
                .isTrue();
        assertThat(evening.isOpen(Instant.parse("2026-11-24T00:00:00Z"), ZoneOffset.UTC))
                .isFalse();
    }
}
