package io.keyturn.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InfluxLineTest {
    @Test
    void aLineHasItsTagsThenItsFieldsThenItsInstantInNanoseconds() {
        assertThat(new InfluxLine("m")
                        .tag("a", "b")
                        .field("n", 3)
                        .field("whole", false)
                        .field("unknown", null)
                        .text(Instant.parse("2026-11-23T08:00:00.5Z")))
                .isEqualTo("m,a=b n=3,whole=false 1795420800500000000\n");
    }

    @ParameterizedTest
    @CsvSource({
        "a\\b, a\\b",
        "a\\, a\\u005c",
        "a\\\\, a\\\\u005c",
        "a\\=b, a\\u005c\\=b",
        "🔑, 🔑",
        "'say \"hi\"', 'say\\ \"hi\"'",
        "\u202Edesrever, \\u202edesrever"
    })
    void aTagIsReadAsOneValueWhateverItHolds(String value, String written) {
        assertThat(new InfluxLine("m").tag("t", value).field("n", 1).text()).isEqualTo("m,t=" + written + " n=1\n");
    }

    @Test
    void aTagAfterAFieldIsRefused() {
        InfluxLine line = new InfluxLine("m").field("n", 1);

        assertThatThrownBy(() -> line.tag("t", "v")).hasMessage("the tag t comes after a field");
    }
}
