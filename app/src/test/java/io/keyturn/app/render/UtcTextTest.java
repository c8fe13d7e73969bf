package io.keyturn.app.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UtcTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-23T08:00:00Z",
                "1969-12-31T23:59:59Z",
                "2026-11-23T08:00:00.001Z",
                "-0001-01-01T00:00:00Z",
                "0999-12-31T23:59:59Z",
                "9999-12-31T23:59:59Z",
                "+10000-01-01T00:00:00Z",
                "2024-02-29T00:00:00Z"
            })
    void everyInstantIsWrittenAsTheLibraryDoes(Instant instant) {
        assertThat(UtcText.of(instant)).isEqualTo(instant.toString());
    }

    @Test
    void soAreThoseThatNobodyChose() {
        Random random = new Random(5);
        for (int i = 0; i < 10_000; i++) {
            Instant instant = Instant.ofEpochSecond(random.nextLong(-70_000_000_000L, 300_000_000_000L));
            assertThat(UtcText.of(instant)).isEqualTo(instant.toString());
        }
    }
}
