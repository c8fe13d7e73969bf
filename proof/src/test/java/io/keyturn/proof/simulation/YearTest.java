package io.keyturn.proof.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Long random life: every promise is held against the world after every step of whole years. */
@Tag("simulation")
class YearTest {
    /** {@code -Dkeyturn.years} asks for a number of them, as {@code bench/run simulation} does; a build lives a quarter. */
    private static final int YEARS =
            Integer.getInteger("keyturn.years", Boolean.getBoolean("keyturn.deep") ? 10_000 : 0);

    private static final int QUARTER = 91;

    @BeforeAll
    static void dieQuietly() {
        Deaths.hush();
    }

    @AfterAll
    static void dieAloud() {
        Deaths.unhush();
    }

    @Test
    void noPromiseIsBrokenInAnyYear() {
        if (YEARS == 0) {
            assertThat(Year.broken(1, QUARTER)).isEmpty();
            return;
        }
        List<String> broken = new ArrayList<>();
        Duration before = processor();
        long begun = System.nanoTime();
        long halfway = begun;
        for (long seed = 1; seed <= YEARS; seed++) {
            if (seed == YEARS / 2 + 1) {
                halfway = System.nanoTime();
            }
            broken.addAll(Year.broken(seed, Year.DAYS));
        }
        long ended = System.nanoTime();
        Duration taken = Duration.ofNanos(ended - begun);
        Duration later = Duration.ofNanos(ended - halfway);
        Duration used = processor().minus(before);
        System.out.printf(
                "life: %d account-years in %.1f s, %.1f s of the processor, %.1f a minute; later half %.1f a minute%n",
                YEARS,
                taken.toMillis() / 1000.0,
                used.toMillis() / 1000.0,
                YEARS * 60_000.0 / taken.toMillis(),
                (YEARS - YEARS / 2) * 60_000.0 / later.toMillis());
        assertThat(broken).isEmpty();
    }

    /** What this process has used of the processor, its compilers included. */
    private static Duration processor() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
