package io.keyturn.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.sandbox.world.ServiceError;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A body in signed pieces. */
class AwsChunksTest {
    private static String whole(String body) {
        return new String(AwsChunks.whole(body.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    @Test
    void pieces_become_one_without_their_signatures_and_trailers() {
        assertThat(whole(
                        "5;chunk-signature=ab\r\nhe\r\no\r\nA;chunk-signature=cd\r\n, somebody\r\n0;chunk-signature=ef\r\n"
                                + "x-amz-checksum-crc32:AAAAAA==\r\n\r\n"))
                .isEqualTo("he\r\no, somebody");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "z\r\nhello\r\n", "-1\r\n", "6\r\nhello", "5\r\nhello\r\n"})
    void pieces_that_end_early_are_refused(String body) {
        assertThatThrownBy(() -> whole(body))
                .isInstanceOfSatisfying(
                        ServiceError.class, error -> assertThat(error.code()).isEqualTo("IncompleteBody"));
    }
}
