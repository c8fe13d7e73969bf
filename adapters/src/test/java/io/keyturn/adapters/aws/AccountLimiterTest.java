package io.keyturn.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The limiter on virtual time, against a bucket of tokens such as IAM's. */
class AccountLimiterTest {
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1000 * MILLI;

    /** A server that grants {@code rate} calls a second and a burst, and callers that try again at once. */
    private static final class Simulation {
        final AccountLimiter limiter;
        final double rate;
        final double burst;
        final PriorityQueue<long[]> ending = new PriorityQueue<>((a, b) -> Long.compare(a[0], b[0]));
        double tokens;
        long now = 5 * SECOND;
        int served;
        int refused;

        Simulation(AccountLimiter limiter, double rate, double burst) {
            this.limiter = limiter;
            this.rate = rate;
            this.burst = burst;
            this.tokens = burst;
        }

        void runFor(long nanos) {
            long end = now + nanos;
            while (now < end) {
                while (limiter.take(now) == 0) {
                    boolean granted = tokens >= 1;
                    tokens -= granted ? 1 : 0;
                    ending.add(new long[] {now + 30 * MILLI, now, granted ? 1 : 0});
                }
                now += MILLI;
                tokens = Math.min(burst, tokens + rate / 1000);
                while (!ending.isEmpty() && ending.peek()[0] <= now) {
                    long[] call = ending.poll();
                    if (call[2] == 1) {
                        served++;
                        limiter.succeeded(call[1], now);
                    } else {
                        refused++;
                        limiter.throttled(call[1], now);
                    }
                }
            }
        }
    }

    @Test
    void withoutThrottling64CallsAreInFlight() {
        Simulation simulation = new Simulation(new AccountLimiter(false), 1e6, 1e6);
        simulation.runFor(3 * SECOND);
        assertThat(simulation.refused).isZero();
        assertThat(simulation.served).isBetween(64 * 95, 64 * 101);
    }

    @Test
    void afterAThrottleItSettlesAtHalfOfTheRateItLearnt() {
        Simulation simulation = new Simulation(new AccountLimiter(false), 50, 100);
        simulation.runFor(4 * SECOND);
        int before = simulation.served;
        int refusedBefore = simulation.refused;
        simulation.runFor(20 * SECOND);
        assertThat((simulation.served - before) / 20.0).isBetween(15.0, 27.0);
        assertThat(simulation.refused).isEqualTo(refusedBefore);
    }

    @Test
    void fastUsesAtLeast85PercentOfTheRate() {
        Simulation simulation = new Simulation(new AccountLimiter(true), 50, 100);
        simulation.runFor(4 * SECOND);
        int before = simulation.served;
        simulation.runFor(60 * SECOND);
        assertThat((simulation.served - before) / 60.0).isGreaterThanOrEqualTo(0.85 * 50);
    }

    @Test
    void itGivesWayWithinTwoSecondsWhenANeighbourDrainsTheQuota() {
        Random seeds = new Random(11);
        for (int round = 0; round < 10; round++) {
            Simulation simulation = new Simulation(new AccountLimiter(false), 40 + seeds.nextInt(60), 100);
            simulation.runFor(10 * SECOND);
            double before = simulation.limiter.pace();
            Simulation drained = new Simulation(simulation.limiter, 0, 0);
            drained.now = simulation.now;
            drained.ending.addAll(simulation.ending);
            drained.runFor(2 * SECOND);
            assertThat(drained.limiter.pace()).isLessThan(before / 2);
        }
    }

    @Test
    void itNeverStopsAltogether() {
        Simulation simulation = new Simulation(new AccountLimiter(false), 0, 0);
        simulation.runFor(30 * SECOND);
        int refused = simulation.refused;
        simulation.runFor(10 * SECOND);
        assertThat(simulation.refused - refused).isGreaterThanOrEqualTo(5);
    }
}
