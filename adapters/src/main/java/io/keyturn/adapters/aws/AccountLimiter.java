package io.keyturn.adapters.aws;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Lets the calls of one account through at its {@link Pace}. Safe for use by several threads. */
final class AccountLimiter {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Pace pace;
    private int inFlight;
    private boolean someoneWaitsForTheSlot;

    /** A limiter for an account that was not called yet; {@code fast} takes nearly all of what AWS grants. */
    AccountLimiter(boolean fast) {
        this.pace = new Pace(fast);
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
                long wait = inFlight >= pace.inFlightLimit() ? Long.MAX_VALUE : pace.take(now);
                if (wait == 0) {
                    inFlight++;
                    return true;
                }
                await(wait, deadline - now);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Only one thread waits for the next slot, and wakes the next one: else all of them would wake for each slot. */
    private void await(long wait, long left) throws InterruptedException {
        if (wait == Long.MAX_VALUE || someoneWaitsForTheSlot) {
            long ignored = changed.awaitNanos(left);
            return;
        }
        someoneWaitsForTheSlot = true;
        try {
            long ignored = changed.awaitNanos(Math.min(wait, left));
        } finally {
            someoneWaitsForTheSlot = false;
            changed.signal();
        }
    }

    /** The call sent at {@code sent} was answered, with whatever result. */
    void succeeded(long sent, long now) {
        lock.lock();
        try {
            pace.answered(sent, now);
            giveBack();
        } finally {
            lock.unlock();
        }
    }

    /** AWS throttled the call that was sent at {@code sent}. */
    void throttled(long sent, long now) {
        lock.lock();
        try {
            pace.throttled(sent, now, inFlight);
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

    private void giveBack() {
        inFlight--;
        // An answer may let more than the one in its place go, while the limit grows.
        changed.signal();
        changed.signal();
    }
}
