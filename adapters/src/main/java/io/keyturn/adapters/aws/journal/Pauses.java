package io.keyturn.adapters.aws.journal;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** How to wait between two attempts. */
interface Pauses {
    /** Waits at most so long; workers that failed together do not come back together. */
    Pauses REAL = longest -> {
        long nanos = longest.toNanos();
        TimeUnit.NANOSECONDS.sleep(ThreadLocalRandom.current().nextLong(nanos / 4, nanos));
    };

    void pause(Duration longest) throws InterruptedException;

    /** The pause after the n-th attempt, which doubles from 50 ms to 2 s. */
    default void after(int attempt) throws InterruptedException {
        pause(Duration.ofMillis(Math.min(2_000, 25L << Math.min(attempt, 7))));
    }
}
