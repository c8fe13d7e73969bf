package io.keyturn.adapters.aws;

import io.keyturn.core.model.Problem;
import io.keyturn.engine.port.Leave;
import io.keyturn.engine.port.Meter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** The calls of one account: limited, repeated where that helps, and over when the account's deadline is. */
final class Calls {
    private static final int ATTEMPTS = 5;
    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(2);
    /** How long a change may wait for its turn: well within the least of a lease that a change begins with. */
    private static final long TRUSTED = TimeUnit.SECONDS.toNanos(10);
    /** Repeats after faults other than throttling that one account may cause in all. */
    private static final int BUDGET = 200;

    private final CallPool pool;
    private final AccountLimiter limiter;
    private final Meter meter;
    private final AtomicInteger budget = new AtomicInteger(BUDGET);
    private final AtomicLong deadline;
    private volatile long remaining;

    Calls(CallPool pool, AccountLimiter limiter, Meter meter, Duration within) {
        this.pool = pool;
        this.limiter = limiter;
        this.meter = meter;
        this.remaining = within.toNanos();
        this.deadline = new AtomicLong(System.nanoTime() + remaining);
    }

    /** Stops the deadline's clock while the account waits for its turn. */
    void pause() {
        remaining = deadline.get() - System.nanoTime();
    }

    /** Lets the deadline's clock go on from where it was paused. */
    void resume() {
        deadline.set(System.nanoTime() + remaining);
    }

    /** Nanoseconds left; not positive once the deadline passed. */
    long left() {
        return deadline.get() - System.nanoTime();
    }

    /** Waits outside of any permit. */
    void sleep(long nanos) throws CallFailure, InterruptedException {
        TimeUnit.NANOSECONDS.sleep(Math.max(0, Math.min(nanos, left())));
        if (left() <= 0) {
            throw deadlinePassed(null);
        }
    }

    /** Makes the call, again after throttling until the deadline, and a few times after faults on the way. */
    <T> T call(Callable<T> request) throws CallFailure, InterruptedException {
        CallFailure last = null;
        for (int attempt = 0; ; attempt++) {
            if (attempt > 0) {
                backOff(attempt, deadline.get());
            }
            if (!limiter.acquire(deadline.get())) {
                throw deadlinePassed(last);
            }
            long sent = System.nanoTime();
            meter.calls.increment();
            Outcome<T> outcome = send(request, sent);
            switch (outcome) {
                case Answer<T>(T value) -> {
                    return value;
                }
                case Throttled<T>(CallFailure why) -> last = why;
                case Fault<T>(CallFailure why) -> {
                    last = why;
                    if (attempt + 1 >= ATTEMPTS || budget.decrementAndGet() < 0) {
                        throw why;
                    }
                }
                case Refused<T>(CallFailure why) ->
                    throw last != null && why.code().equals(CallFailure.DEADLINE) ? deadlinePassed(last) : why;
            }
        }
    }

    /**
     * Makes a call that must not have effect twice: again only where AWS throttled it, since it does nothing then, and
     * only for as long as what was looked at right before it may be trusted.
     *
     * @param leave asked each time right before it is sent, for what is waited for before that takes its time
     */
    <T> Once<T> once(Callable<T> request, Leave leave) throws InterruptedException {
        long until = Math.min(deadline.get(), System.nanoTime() + TRUSTED);
        CallFailure throttled = null;
        for (int attempt = 0; ; attempt++) {
            if (attempt > 0) {
                backOff(attempt, until);
            }
            if (!limiter.acquire(until)) {
                return new Once.Refused<>(throttled == null ? deadlinePassed(null) : throttled);
            }
            Optional<Problem> refused = leave.refused();
            if (refused.isPresent()) {
                limiter.failed();
                return new Once.Refused<>(CallFailure.noLeave(refused.get()));
            }
            meter.calls.increment();
            switch (send(request, System.nanoTime())) {
                case Answer<T>(T value) -> {
                    return new Once.Answered<>(value);
                }
                case Throttled<T>(CallFailure why) -> {
                    if (!hadNoEffect(why)) {
                        return new Once.Refused<>(why);
                    }
                    throttled = why;
                }
                case Fault<T>(CallFailure why) -> {
                    return hadNoEffect(why)
                            ? new Once.Refused<>(why)
                            : new Once.InDoubt<>(why, why.getCause() instanceof AwsServiceException);
                }
                case Refused<T>(CallFailure why) -> {
                    return hadNoEffect(why) ? new Once.Refused<>(why) : new Once.InDoubt<>(why, false);
                }
            }
        }
    }

    /** Longer from attempt to attempt, and never the same for two that were throttled together. */
    private static void backOff(int attempt, long until) throws InterruptedException {
        long most = Math.min(LONGEST_PAUSE, FIRST_PAUSE << Math.min(attempt, 6));
        long left = Math.max(0, until - System.nanoTime());
        TimeUnit.NANOSECONDS.sleep(Math.min(ThreadLocalRandom.current().nextLong(most / 4, most), left));
    }

    /** Only AWS itself, or the lack of anything to sign with, tells that a call had no effect. */
    private static boolean hadNoEffect(CallFailure why) {
        return why.code().equals(CallFailure.NO_CREDENTIALS)
                || (why.getCause() instanceof AwsServiceException refused && refused.statusCode() < 500);
    }

    private sealed interface Outcome<T> {}

    private record Answer<T>(T value) implements Outcome<T> {}

    private record Throttled<T>(CallFailure why) implements Outcome<T> {}

    private record Fault<T>(CallFailure why) implements Outcome<T> {}

    private record Refused<T>(CallFailure why) implements Outcome<T> {}

    private <T> Outcome<T> send(Callable<T> request, long sent) throws InterruptedException {
        Future<T> future = pool.submit(request);
        try {
            T value = future.get(Math.max(1, left()), TimeUnit.NANOSECONDS);
            limiter.succeeded(sent, System.nanoTime());
            return new Answer<>(value);
        } catch (InterruptedException e) {
            future.cancel(true);
            limiter.failed();
            throw e;
        } catch (TimeoutException e) {
            future.cancel(true);
            limiter.failed();
            return new Refused<>(deadlinePassed(null));
        } catch (ExecutionException e) {
            return judge(e.getCause() == null ? e : e.getCause(), sent);
        }
    }

    private <T> Outcome<T> judge(Throwable cause, long sent) {
        if (cause instanceof AwsServiceException refused) {
            CallFailure failure = CallFailure.of(refused);
            if (refused.isThrottlingException() || refused.statusCode() == 429) {
                meter.throttles.increment();
                limiter.throttled(sent, System.nanoTime());
                return new Throttled<>(failure);
            }
            limiter.succeeded(sent, System.nanoTime());
            // After a skewed clock the SDK knows the difference and signs the next try with it.
            return refused.statusCode() >= 500 || refused.isClockSkewException()
                    ? new Fault<>(failure)
                    : new Refused<>(failure);
        }
        limiter.failed();
        CallFailure failure = CallFailure.of(cause);
        return cause instanceof SdkException && CallFailure.causedByNetwork(cause)
                ? new Fault<>(failure)
                : new Refused<>(failure);
    }

    private static CallFailure deadlinePassed(@org.jspecify.annotations.Nullable CallFailure last) {
        String after = last == null ? "" : "; the last try failed because " + last.why();
        return new CallFailure(CallFailure.DEADLINE, "the account's deadline passed" + after);
    }
}
