package io.keyturn.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static final Instant NOW = Door.NOW;

    @Test
    void a_seconds_worth_is_there_at_once_and_then_as_much_as_time_brings() {
        TokenBucket bucket = new TokenBucket(4, NOW);

        assertThat(taken(bucket, NOW)).isEqualTo(4);
        assertThat(taken(bucket, NOW.plusMillis(500))).isEqualTo(2);
        assertThat(taken(bucket, NOW.plusSeconds(60))).isEqualTo(4);
    }

    @Test
    void a_clock_set_back_fills_nothing() {
        TokenBucket bucket = new TokenBucket(2, NOW);

        assertThat(taken(bucket, NOW)).isEqualTo(2);
        assertThat(taken(bucket, NOW.minusSeconds(3600))).isZero();
    }

    @Test
    void less_than_a_call_a_second_still_lets_one_through() {
        TokenBucket bucket = new TokenBucket(0.5, NOW);

        assertThat(taken(bucket, NOW)).isOne();
        assertThat(taken(bucket, NOW.plusSeconds(1))).isZero();
        assertThat(taken(bucket, NOW.plusSeconds(2))).isOne();
    }

    @Test
    void one_account_throttled_leaves_the_others_and_other_services_alone() throws IOException {
        try (Door door = Door.prompt(new DoorOptions(0, Duration.ZERO, Duration.ZERO, 3, true))) {
            Client member = door.client.as(Door.role(Door.MEMBER, "keyturn-read"));
            for (int i = 0; i < 3; i++) {
                assertThat(door.client.iam("ListUsers").status()).isEqualTo(200);
            }

            Client.Answer fourth = door.client.iam("ListUsers");

            assertThat(fourth.status()).isEqualTo(400);
            assertThat(fourth.code()).isEqualTo("Throttling");
            assertThat(member.iam("ListUsers").status()).isEqualTo(200);
            assertThat(door.client.query("sts", "GetCallerIdentity").status()).isEqualTo(200);
            door.wall.move(Duration.ofMillis(334));
            assertThat(door.client.iam("ListUsers").status()).isEqualTo(200);
        }
    }

    private static int taken(TokenBucket bucket, Instant now) {
        int taken = 0;
        while (bucket.take(now)) {
            taken++;
        }
        return taken;
    }
}
