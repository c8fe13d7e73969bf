package io.keyturn.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pace on virtual time, against buckets of tokens such as IAM's, with callers that always have more to ask. */
class PaceTest {
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1000 * MILLI;

    /** An account that grants {@code rate} calls a second, after a burst, and answers in 20 to 60 ms. */
    private static final class Account {
        final Random random;
        final Pace pace;
        final PriorityQueue<long[]> ending = new PriorityQueue<>((a, b) -> Long.compare(a[0], b[0]));
        double rate;
        double burst;
        double neighbour;
        double tokens;
        long now = 5 * SECOND;
        int inFlight;
        int served;
        int refused;

        Account(long seed, boolean fast, double rate, double burst) {
            random = new Random(seed);
            pace = new Pace(fast);
            this.rate = rate;
            this.burst = burst;
            tokens = burst;
        }

        Account runFor(double seconds) {
            served = 0;
            refused = 0;
            for (long end = now + (long) (seconds * SECOND); now < end; now += MILLI) {
                tokens = Math.max(0, Math.min(burst, tokens + (rate - neighbour) / 1000));
                while (!ending.isEmpty() && ending.peek()[0] <= now) {
                    end(ending.poll());
                }
                while (inFlight < pace.inFlightLimit() && pace.take(now) == 0) {
                    inFlight++;
                    boolean granted = tokens >= 1;
                    tokens -= granted ? 1 : 0;
                    ending.add(new long[] {now + (20 + random.nextInt(40)) * MILLI, now, granted ? 1 : 0});
                }
            }
            return this;
        }

        private void end(long[] call) {
            if (call[2] == 1) {
                served++;
                pace.answered(call[1], now);
            } else {
                refused++;
                pace.throttled(call[1], now, inFlight);
            }
            inFlight--;
        }

        double refusedShare() {
            return refused / (double) Math.max(1, served + refused);
        }
    }

    @Test
    void anAccountThatNeverThrottlesHas64CallsInFlightAfterAFewRoundTrips() {
        Account account = new Account(1, false, 1e6, 1e6).runFor(0.25);
        assertThat(account.inFlight).isEqualTo(64);
        assertThat(account.pace.rate()).isZero();
    }

    @ParameterizedTest
    @ValueSource(doubles = {5, 12, 50, 200, 900})
    void itSettlesAtHalfOfWhatTheAccountGrantsAndIsThrottledNoMore(double rate) {
        for (long seed = 0; seed < 10; seed++) {
            Account account = new Account(seed, false, rate, Math.max(rate, 5)).runFor(10);
            account.runFor(40);
            assertThat(account.served / 40.0).as("seed %d", seed).isBetween(0.42 * rate, 0.6 * rate);
            assertThat(account.refusedShare()).as("seed %d", seed).isLessThan(0.01);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {5, 12, 50, 200, 900})
    void fastUsesAtLeast85PercentAndFewerThan5PercentAreThrottled(double rate) {
        for (long seed = 0; seed < 10; seed++) {
            Account account = new Account(seed, true, rate, rate).runFor(10);
            account.runFor(120);
            assertThat(account.served / 120.0).as("seed %d", seed).isGreaterThanOrEqualTo(0.85 * rate);
            assertThat(account.refusedShare()).as("seed %d", seed).isLessThan(0.05);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {5, 50})
    void whatItCostsToLearnTheRateIsFewThrottledCalls(double rate) {
        for (long seed = 0; seed < 10; seed++) {
            Account account = new Account(seed, false, rate, rate).runFor(6);
            assertThat(account.refused).as("seed %d", seed).isLessThan((int) (60 + 2 * rate));
        }
    }

    @Test
    void itGivesWayWithinTwoSecondsToANeighbourWhoTakesEverything() {
        for (long seed = 0; seed < 20; seed++) {
            Account account = new Account(seed, seed % 2 == 0, 40 + seed * 5, 100).runFor(20);
            account.neighbour = account.rate;
            account.tokens = 0;
            double before = account.pace.rate();
            account.runFor(2);
            assertThat(account.pace.rate()).as("seed %d", seed).isLessThan(before / 2);
        }
    }

    @Test
    void besideANeighbourFewCallsAreThrottledAndSomeAreServed() {
        for (long seed = 0; seed < 10; seed++) {
            Account account = new Account(seed, false, 50, 50).runFor(20);
            account.neighbour = 40;
            account.runFor(5);
            account.runFor(50);
            assertThat(account.refusedShare()).as("seed %d", seed).isLessThan(0.08);
            assertThat(account.served / 50.0).as("seed %d", seed).isBetween(2.0, 10.0);
        }
    }

    @Test
    void whenTheNeighbourLeavesThePaceComesBack() {
        Account account = new Account(3, false, 50, 50).runFor(20);
        account.neighbour = 50;
        account.tokens = 0;
        account.runFor(20);
        account.neighbour = 0;
        account.runFor(40);
        account.runFor(10);
        assertThat(account.served / 10.0).isBetween(19.0, 32.0);
    }

    @Test
    void aRateLearntBesideANeighbourIsLearntAnewAfterAMinute() {
        Account account = new Account(4, false, 50, 50);
        account.neighbour = 45;
        account.runFor(30);
        assertThat(account.pace.rate()).isLessThan(6);
        account.neighbour = 0;
        account.runFor(100);
        // Long enough that learning anew once more, which takes seconds at the full rate, does not count for much.
        account.runFor(40);
        assertThat(account.served / 40.0).isBetween(19.0, 32.0);
    }

    @Test
    void itNeverStopsAltogether() {
        Account account = new Account(5, false, 0, 0).runFor(30);
        account.runFor(20);
        assertThat(account.refused).isGreaterThanOrEqualTo(5);
    }
}
