package io.keyturn.adapters.aws.keycheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PingTimeTest {
    private static Instant read(String written, String zone, String now) {
        return PingTime.read(PingTime.parse(written).orElseThrow(), ZoneId.of(zone), Instant.parse(now));
    }

    @Test
    void it_is_written_in_utc_to_the_second() {
        assertThat(PingTime.write(Instant.parse("2026-11-23T08:12:59.999Z"))).isEqualTo("2026-11-23 08:12:59");
    }

    @ParameterizedTest(name = "{1} at {2}")
    @CsvSource({
        // Where the machine goes by UTC there is nothing to find out.
        "2026-11-23 08:00:00, UTC, 2026-11-23T09:00:00Z, 2026-11-23T08:00:00Z",
        // Eight hours behind: what keycheck wrote at 16:00 UTC must silence until 16:00 of the next day.
        "2026-11-23 08:00:00, America/Los_Angeles, 2026-11-23T17:00:00Z, 2026-11-23T16:00:00Z",
        // What Keyturn wrote an hour ago cannot have been written in seven hours.
        "2026-11-23 08:00:00, America/Los_Angeles, 2026-11-23T09:00:00Z, 2026-11-23T08:00:00Z",
        // Nine hours ahead: what keycheck wrote an hour ago looks like the future in UTC.
        "2026-11-23 18:00:00, Asia/Tokyo, 2026-11-23T10:00:00Z, 2026-11-23T09:00:00Z",
        "2026-11-23 08:00:00, Asia/Tokyo, 2026-11-23T10:00:00Z, 2026-11-23T08:00:00Z",
        // A clock that was wrong: the sooner of two futures.
        "2026-12-01 08:00:00, Asia/Tokyo, 2026-11-23T10:00:00Z, 2026-11-30T23:00:00Z"
    })
    void the_later_of_utc_and_the_machines_zone_that_is_over_counts(
            String written, String zone, String now, String read) {
        assertThat(read(written, zone, now)).isEqualTo(Instant.parse(read));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "2026-11-23", "2026-11-23T08:00:00", "2026-02-30 08:00:00", "2026-11-23 8:00:00", "now"})
    void what_is_no_time_is_none(String text) {
        assertThat(PingTime.parse(text)).isEmpty();
    }
}
