package io.keyturn.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a cron expression begins runs; in Berlin clocks skip 02:00 to 03:00 on 28 March 2027, and repeat it on 31 October. */
class CronTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    /** The next times after one, each as it would be after a run that began then. */
    private static List<String> times(String expression, ZoneId zone, String after, int count) {
        Cron cron = Cron.of(expression, zone);
        List<String> times = new ArrayList<>();
        Instant at = Instant.parse(after);
        for (int i = 0; i < count; i++) {
            at = cron.after(at);
            times.add(at.toString());
        }
        return times;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 6 * * Mon-Fri|2026-11-20T06:00:00Z 2026-11-23T06:00:00Z",
                "0 6 * * 1-5|2026-11-20T06:00:00Z 2026-11-23T06:00:00Z",
                "30 22 * * 7|2026-11-22T22:30:00Z 2026-11-29T22:30:00Z",
                "30 22 * * 0|2026-11-22T22:30:00Z 2026-11-29T22:30:00Z",
                "0 */8 * * *|2026-11-20T00:00:00Z 2026-11-20T08:00:00Z",
                "15,45 3 1 jan *|2027-01-01T03:15:00Z 2027-01-01T03:45:00Z",
                // Where both days are named, either will do.
                "0 6 21 * Mon|2026-11-21T06:00:00Z 2026-11-23T06:00:00Z",
                "0 6 29 2 *|2028-02-29T06:00:00Z 2032-02-29T06:00:00Z",
                "0  6  *  *  *|2026-11-20T06:00:00Z 2026-11-21T06:00:00Z"
            })
    void an_expression_is_read_as_cron_reads_it(String expression, String times) {
        assertThat(String.join(" ", times(expression, ZoneOffset.UTC, "2026-11-19T23:30:00Z", 2)))
                .isEqualTo(times);
    }

    @Test
    void it_goes_by_the_clock_of_its_zone_in_summer_and_winter() {
        assertThat(times("0 6 * * *", BERLIN, "2027-03-27T00:00:00Z", 2))
                .containsExactly("2027-03-27T05:00:00Z", "2027-03-28T04:00:00Z");
    }

    @Test
    void what_the_clock_skips_is_begun_once_as_soon_as_it_has() {
        assertThat(times("30 2 * * *", BERLIN, "2027-03-27T12:00:00Z", 2))
                .containsExactly("2027-03-28T01:00:00Z", "2027-03-29T00:30:00Z");
        // 02:00, 02:20, 02:40 and 03:00 are one instant on that day.
        assertThat(times("*/20 2-3 * * *", BERLIN, "2027-03-27T12:00:00Z", 4))
                .containsExactly(
                        "2027-03-28T01:00:00Z", "2027-03-28T01:20:00Z", "2027-03-28T01:40:00Z", "2027-03-29T00:00:00Z");
    }

    @Test
    void what_the_clock_shows_twice_is_begun_once() {
        assertThat(times("30 2 * * *", BERLIN, "2027-10-30T12:00:00Z", 2))
                .containsExactly("2027-10-31T00:30:00Z", "2027-11-01T01:30:00Z");
        assertThat(times("0 * * * *", BERLIN, "2027-10-30T23:30:00Z", 3))
                .containsExactly("2027-10-31T00:00:00Z", "2027-10-31T02:00:00Z", "2027-10-31T03:00:00Z");
        // A server that starts in the hour that is repeated has missed it.
        assertThat(times("30 2 * * *", BERLIN, "2027-10-31T01:10:00Z", 1)).containsExactly("2027-11-01T01:30:00Z");
    }

    @Test
    void the_first_run_waits_for_its_time_and_none_is_late_by_more_than_five_minutes() {
        Cron nightly = Cron.of("0 3 * * *", ZoneOffset.UTC);
        Instant now = Instant.parse("2026-11-23T08:00:00Z");
        assertThat(nightly.first(now)).isEqualTo("2026-11-24T03:00:00Z");
        assertThat(nightly.slack(nightly.first(now))).isEqualTo(Duration.ofMinutes(5));
        assertThat(Cron.of("*/20 * * * *", ZoneOffset.UTC).slack(now)).isEqualTo(Duration.ofMinutes(1));

        Rhythm.Every day = new Rhythm.Every(Duration.ofDays(1));
        assertThat(day.first(now)).isEqualTo(now);
        assertThat(day.slack(now)).isEqualTo(Duration.ofMinutes(72));
    }
}
