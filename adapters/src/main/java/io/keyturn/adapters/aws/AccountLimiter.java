package io.keyturn.adapters.aws;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many calls one account gets: additive increase and halving of the calls in flight, and, once AWS throttled,
 * a pace. After the first throttle it goes on for a second to learn the rate that AWS grants, then settles at half
 * of that, because IAM's quota is shared with everything else in the account; {@code fast} takes nearly all of it.
 * Time comes in as nanoseconds of any origin, so that it can be tested on virtual time.
 */
final class AccountLimiter {
    private static final double MOST = 64;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final double LEAST_RATE = 1;
    /** Below this rate a neighbour is likelier than AWS's own limit, so the pace may grow past what was learnt. */
    private static final double LIKELY_NEIGHBOUR = 20;

    private enum Phase {
        FREE,
        LEARNING,
        PACED
    }

    private final boolean fast;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Phase phase = Phase.FREE;
    private double limit = MOST;
    private int inFlight;
    private int waiting;
    private long lastCut = Long.MIN_VALUE;
    private long learnFrom;
    private int learntSuccesses;
    private double ceiling;
    private double rate;
    private long nextSlot;
    private long lastRaise;

    AccountLimiter(boolean fast) {
        this.fast = fast;
    }

    /**
     * Waits for a permit until {@code deadline}; {@code false} where that passed.
     * Every permit is given back by one of {@link #succeeded}, {@link #throttled} and {@link #failed}.
     */
    boolean acquire(long deadline) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                long now = System.nanoTime();
                if (now - deadline >= 0) {
                    return false;
                }
                long wait = take(now);
                if (wait == 0) {
                    return true;
                }
                waiting++;
                try {
                    long ignored = changed.awaitNanos(Math.min(wait, deadline - now));
                } finally {
                    waiting--;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes a permit and answers 0, or tells after how many nanoseconds to ask again. */
    long take(long now) {
        lock.lock();
        try {
            if (inFlight >= (int) limit) {
                return Long.MAX_VALUE;
            }
            if (phase == Phase.PACED) {
                if (nextSlot - now > 0) {
                    return nextSlot - now;
                }
                nextSlot = now + (long) (SECOND / rate);
            }
            inFlight++;
            return 0;
        } finally {
            lock.unlock();
        }
    }

    /** The call sent at {@code sent} was answered, with whatever result. */
    void succeeded(long sent, long now) {
        lock.lock();
        try {
            limit = Math.min(MOST, limit + 1 / limit);
            // What was sent before the first throttle was paid from the burst, and tells nothing of the rate.
            if (phase == Phase.LEARNING && sent - learnFrom >= 0) {
                learntSuccesses++;
            }
            settle(now);
            raise(now);
            giveBack();
        } finally {
            lock.unlock();
        }
    }

    /** AWS throttled the call that was sent at {@code sent}. */
    void throttled(long sent, long now) {
        lock.lock();
        try {
            // Calls that were already under way at the last cut say nothing new.
            if (lastCut == Long.MIN_VALUE || sent - lastCut >= 0) {
                limit = Math.max(1, limit / 2);
                lastCut = now;
                if (phase == Phase.PACED) {
                    rate = Math.max(LEAST_RATE, rate * (fast ? 0.9 : 0.7));
                    lastRaise = now;
                }
            }
            if (phase == Phase.FREE) {
                phase = Phase.LEARNING;
                learnFrom = now;
                learntSuccesses = 0;
            }
            settle(now);
            giveBack();
        } finally {
            lock.unlock();
        }
    }

    /** The call ended in a way that says nothing of the rate. */
    void failed() {
        lock.lock();
        try {
            giveBack();
        } finally {
            lock.unlock();
        }
    }

    /** Calls a second it keeps to; 0 while AWS has not throttled. */
    double pace() {
        return phase == Phase.PACED ? rate : 0;
    }

    private void settle(long now) {
        if (phase == Phase.LEARNING && now - learnFrom >= SECOND) {
            double learnt = Math.max(LEAST_RATE, learntSuccesses * (double) SECOND / (now - learnFrom));
            ceiling = learnt * (fast ? 1.15 : 0.5);
            rate = Math.max(LEAST_RATE, learnt * (fast ? 0.95 : 0.5));
            phase = Phase.PACED;
            nextSlot = now;
            lastRaise = now;
        }
    }

    private void raise(long now) {
        if (phase != Phase.PACED || now - lastRaise < SECOND) {
            return;
        }
        lastRaise = now;
        if (rate < ceiling) {
            rate = Math.min(ceiling, rate * (fast ? 1.03 : 1.1));
        } else if (rate < LIKELY_NEIGHBOUR && now - lastCut > 5 * SECOND) {
            rate *= 1.1;
        }
    }

    private void giveBack() {
        inFlight--;
        if (waiting > 0) {
            changed.signalAll();
        }
    }
}
