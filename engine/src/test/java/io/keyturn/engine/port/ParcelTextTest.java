package io.keyturn.engine.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.core.model.KeyId;
import io.keyturn.engine.port.SecretSink.Parcel;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParcelTextTest {
    private static final Instant MADE = Instant.parse("2026-11-23T08:00:00Z");

    private static Parcel parcel(Map<String, Secret> derived) {
        return new Parcel(new KeyId("AKIAEXAMPLE000000000"), new Secret("a/b"), derived, MADE, MADE.plusSeconds(1));
    }

    @Test
    void one_parcel_has_one_text_with_what_is_derived_in_order() {
        assertThat(ParcelText.of(parcel(Map.of("z", new Secret("2"), "m", new Secret("1")))))
                .isEqualTo("{\"accessKeyId\":\"AKIAEXAMPLE000000000\",\"secretAccessKey\":\"a/b\","
                        + "\"created\":\"2026-11-23T08:00:00Z\",\"m\":\"1\",\"z\":\"2\"}");
    }

    @Test
    void what_is_derived_cannot_hide_the_key() {
        assertThatThrownBy(() -> ParcelText.of(parcel(Map.of("accessKeyId", new Secret("2")))))
                .hasMessage("what is derived from a secret cannot be called accessKeyId");
    }

    @Test
    void a_message_that_echoes_a_secret_is_cleaned_however_its_slashes_are_written() {
        Parcel parcel = parcel(Map.of("m", new Secret("from-it")));

        assertThat(ParcelText.without(ParcelText.unsaid(parcel), "got a/b, \"a\\/b\" and from-it"))
                .isEqualTo("got (secret), \"(secret)\" and (secret)");
        assertThat(parcel.toString()).doesNotContain("a/b", "from-it");
    }
}
