package io.keyturn.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AwsTimeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-23T08:12:30Z",
                "2026-11-23T08:12:30+00:00",
                "2024-02-29T23:59:59+00:00",
                "1969-12-31T23:59:59Z",
                "2026-11-23T08:12:30.987Z",
                "2026-11-23T09:12:30+01:00",
                "2026-11-23T08:12Z"
            })
    void aTimeIsReadAsTheLibraryReadsIt(String text) {
        assertThat(AwsTime.parse(text))
                .isEqualTo(OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.SECONDS));
    }

    @Test
    void anyInstantComesBack() {
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            Instant at = Instant.ofEpochSecond(random.nextLong(0, 4_102_444_800L));
            assertThat(AwsTime.parse(at.toString())).isEqualTo(at);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "N/A",
                "2026-13-01T00:00:00Z",
                "2025-02-29T00:00:00Z",
                "2026-11-23T24:00:00Z",
                "2026-11-23T08:60:00Z",
                "2026-11-23T08:12:30",
                "2026-11-2\u0663T08:12:30Z"
            })
    void whatIsNoTimeIsRefused(String text) {
        assertThatThrownBy(() -> AwsTime.parse(text)).isInstanceOf(DateTimeException.class);
    }
}
