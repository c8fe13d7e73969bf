package io.keyturn.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AccountLimiterTest {
    private static final long HOUR = 3_600_000_000_000L;

    @Test
    void everyoneWhoWaitsGetsAPermitInTheEndHoweverManyAreThrottled() throws Exception {
        AccountLimiter limiter = new AccountLimiter(true);
        List<Future<?>> callers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 200; i++) {
                boolean throttled = i % 20 == 3;
                callers.add(threads.submit(() -> {
                    assertThat(limiter.acquire(System.nanoTime() + HOUR)).isTrue();
                    long sent = System.nanoTime();
                    if (throttled) {
                        limiter.throttled(sent, System.nanoTime());
                    } else {
                        limiter.succeeded(sent, System.nanoTime());
                    }
                    return null;
                }));
            }
            for (Future<?> caller : callers) {
                caller.get();
            }
        }
    }

    @Test
    void aPermitIsRefusedOnceTheDeadlinePassed() throws Exception {
        AccountLimiter limiter = new AccountLimiter(false);
        assertThat(limiter.acquire(System.nanoTime() - 1)).isFalse();
        while (limiter.acquire(System.nanoTime() + 50_000_000)) {
            // Takes them all, and gives none back.
        }
        assertThat(limiter.acquire(System.nanoTime() + 1_000_000)).isFalse();
    }

    @Test
    void aCallThatFailedGivesItsPermitBack() throws Exception {
        AccountLimiter limiter = new AccountLimiter(false);
        for (int i = 0; i < 100; i++) {
            assertThat(limiter.acquire(System.nanoTime() + HOUR)).isTrue();
            limiter.failed();
        }
    }
}
