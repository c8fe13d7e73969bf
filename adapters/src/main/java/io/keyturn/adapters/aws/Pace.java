package io.keyturn.adapters.aws;

import java.util.concurrent.TimeUnit;

/**
 * How fast one account is called, as a pure state machine: time comes in as nanoseconds of any origin, and nothing waits.
 *
 * <p>IAM's quotas are unpublished buckets of tokens, shared with everything else in the account. Until AWS throttles,
 * only the calls in flight are bounded. From then on there is a rate. It is halved until AWS grants it, then doubled
 * for long enough to count what AWS grants with an empty bucket; what that was is the rate learnt. The pace settles at
 * half of it, so that others find the other half, or at nearly all where {@code fast}. A later throttle tells of a
 * neighbour: the pace is halved at once, and raised slowly again, never above where it settled. Each minute without a
 * throttle the rate is learnt anew, for the neighbour may have been there when it was learnt first.
 */
final class Pace {
    static final int MOST_IN_FLIGHT = 64;
    /** Doubles with each round trip, so 64 are in flight after three; enough to hide the latency of what comes first. */
    private static final int FIRST_IN_FLIGHT = 8;

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final double LEAST_RATE = 1;
    private static final int ENOUGH_TO_COUNT = 10;
    private static final long LONGEST_COUNT = 4 * SECOND;
    private static final long LEARNT_ANEW_AFTER = 60 * SECOND;
    private static final long CALM = 10 * SECOND;
    /** A thread that wakes late may make up for that much, lest lateness slow the pace. */
    private static final long CREDIT = 100 * MILLI;

    private enum Phase {
        /** Never throttled. */
        FREE,
        /** Halving the rate until AWS grants it. */
        SEARCHING,
        /** Driving at a rate above AWS's, and counting what it grants. */
        COUNTING,
        /** Keeping to the pace learnt. */
        PACED
    }

    private final boolean fast;
    private Phase phase = Phase.FREE;
    private double inFlightLimit = FIRST_IN_FLIGHT;
    private double rate;
    private double learnt;
    private long nextSlot;
    private long lastThrottle;
    private long lastCut;
    private long lastRaise;
    private long countFrom;
    private int counted;
    private long latency;
    private boolean emptied;

    Pace(boolean fast) {
        this.fast = fast;
    }

    /** How many calls may be in flight. */
    int inFlightLimit() {
        return (int) inFlightLimit;
    }

    /** Calls a second; 0 while AWS has not throttled. */
    double rate() {
        return phase == Phase.FREE ? 0 : rate;
    }

    /** Takes the next slot and answers 0, or tells after how many nanoseconds there is one. */
    long take(long now) {
        if (phase == Phase.FREE) {
            return 0;
        }
        advance(now);
        if (nextSlot - now > 0) {
            return nextSlot - now;
        }
        nextSlot = later(nextSlot, now - Math.min(CREDIT, interval())) + interval();
        return 0;
    }

    /** AWS answered the call sent at {@code sent}, with whatever but a throttle. */
    void answered(long sent, long now) {
        inFlightLimit = Math.min(MOST_IN_FLIGHT, inFlightLimit + 1);
        if (phase == Phase.COUNTING && sent - countFrom >= 0) {
            counted++;
            latency = now - sent;
        }
        advance(now);
    }

    /** AWS throttled the call sent at {@code sent}, while so many were in flight. */
    void throttled(long sent, long now, int inFlight) {
        // What was under way at the last cut tells nothing new.
        boolean fresh = phase == Phase.FREE || sent - lastCut >= 0;
        lastThrottle = now;
        if (fresh) {
            switch (phase) {
                case FREE -> {
                    phase = Phase.SEARCHING;
                    // So many in so long was the rate of a burst, far above what lasts.
                    cut(Math.max(1, inFlight) * (double) SECOND / Math.max(MILLI, now - sent) / 4, now);
                    nextSlot = now + interval();
                }
                case SEARCHING -> cut(rate / 2, now);
                case COUNTING -> {
                    if (!emptied) {
                        // Only now is the bucket empty: what was granted before came partly out of it.
                        emptied = true;
                        countFrom = now;
                        counted = 0;
                    }
                }
                case PACED -> cut(fast && rate > 0.9 * learnt ? rate * 0.9 : rate / 2, now);
            }
        }
        advance(now);
    }

    private void cut(double to, long now) {
        rate = Math.max(LEAST_RATE, to);
        lastCut = now;
        lastRaise = now;
    }

    private void advance(long now) {
        switch (phase) {
            case FREE -> {
                return;
            }
            case SEARCHING -> {
                if (now - lastCut >= Math.max(150 * MILLI, 3 * interval()) || rate <= LEAST_RATE) {
                    count(now);
                }
            }
            case COUNTING -> {
                long passed = now - countFrom;
                if (passed >= LONGEST_COUNT || (passed >= SECOND && counted >= ENOUGH_TO_COUNT)) {
                    settle(now, passed - Math.min(latency, passed / 2));
                }
            }
            case PACED -> {
                if (now - later(lastThrottle, countFrom) >= LEARNT_ANEW_AFTER) {
                    count(now);
                } else {
                    raise(now);
                }
            }
        }
    }

    private void count(long now) {
        phase = Phase.COUNTING;
        rate *= 2;
        countFrom = now;
        lastCut = now;
        counted = 0;
        emptied = false;
    }

    /** Ends a count; what was sent in the last round trip is not answered yet, and not counted in {@code passed}. */
    private void settle(long now, long passed) {
        double granted = Math.max(LEAST_RATE, counted * (double) SECOND / passed);
        if (!emptied && counted >= ENOUGH_TO_COUNT) {
            // AWS granted it all, so what it would grant at most is still not known.
            if (granted < rate / 2) {
                // There was too little to do to tell; that AWS grants more than this is all that was learnt.
                keep(Math.max(learnt, granted), now);
            } else {
                count(now);
            }
            return;
        }
        keep(granted, now);
    }

    private void keep(double granted, long now) {
        phase = Phase.PACED;
        learnt = granted;
        rate = settled();
        nextSlot = now + interval();
        lastCut = now;
        lastRaise = now;
        countFrom = now;
    }

    private double settled() {
        return Math.max(LEAST_RATE, learnt * (fast ? 0.95 : 0.5));
    }

    private void raise(long now) {
        if (now - lastRaise >= SECOND) {
            lastRaise = now;
            double most = fast ? learnt * 1.1 : settled();
            double by = rate < settled() / 2 && now - lastThrottle > CALM ? 1.5 : fast ? 1.02 : 1.1;
            rate = Math.max(rate, Math.min(most, rate * by));
        }
    }

    private long interval() {
        return (long) (SECOND / rate);
    }

    private static long later(long a, long b) {
        return a - b >= 0 ? a : b;
    }
}
