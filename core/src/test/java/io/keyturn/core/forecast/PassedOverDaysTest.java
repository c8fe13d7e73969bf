package io.keyturn.core.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A forecast passes over the days on which nothing can change for a user, and comes to what every day alone comes to. */
class PassedOverDaysTest {
    private static final long WORLDS = Long.getLong("keyturn.worlds", 100);

    @Test
    void a_forecast_is_the_same_as_one_in_which_every_user_is_judged_every_day() {
        long judged = 0;
        long daily = 0;
        for (long seed : LongStream.range(0, WORLDS).toArray()) {
            GeneratedWorld world = new GeneratedWorld(seed);
            Forecast fast = world.forecast(false);
            judged += world.judged();
            Forecast plain = world.forecast(true);
            daily += world.judged();

            assertThat(fast).as("world %d", seed).isEqualTo(plain);
        }
        assertThat(judged).as("days are passed over at all").isLessThan(daily / 3);
    }
}
