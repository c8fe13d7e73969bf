package io.keyturn.adapters.aws.journal;

import io.keyturn.adapters.aws.CallFailure;
import io.keyturn.adapters.aws.CallPool;
import io.keyturn.engine.port.StoreFailure;
import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/**
 * Calls to DynamoDB and their repeats. A throttle, and a conflict with another transaction, wrote nothing: such a call
 * goes out again after a pause. A call that got no answer, or a fault of the server (5xx), may have had its effect: it
 * goes out again only because every write here either says the same however often it is sent, or stands on a condition
 * that it can meet only once and carries a token by which its author knows it again.
 */
final class DynamoCalls implements AutoCloseable {
    private static final int ATTEMPTS = 8;
    private static final int UNANSWERED = 3;
    /** DynamoDB answers within milliseconds; a lease lasts two minutes, and three of these must fit well into it. */
    private static final long PATIENCE_SECONDS = 10;

    /** Reasons of a cancelled transaction that are gone a moment later, from the reference of TransactWriteItems. */
    private static final Set<String> PASSING =
            Set.of("TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded", "RequestLimitExceeded");

    private static final Set<String> BUSY = Set.of(
            "TransactionConflictException",
            "ProvisionedThroughputExceededException",
            "ThrottlingException",
            "RequestLimitExceeded",
            "LimitExceededException");

    private final CallPool pool = new CallPool();
    private final DynamoErrors errors;
    private final Pauses pauses;

    DynamoCalls(DynamoErrors errors, Pauses pauses) {
        this.errors = errors;
        this.pauses = pauses;
    }

    /** What a conditional write came to. */
    sealed interface Result<T> {
        record Done<T>(T value) implements Result<T> {}

        /** @param doubt an earlier attempt got no answer: it may be the very one that changed what the condition sees */
        record Unmet<T>(AwsServiceException why, boolean doubt) implements Result<T> {}
    }

    /** Makes a call that changes nothing, or the same however often it is made. */
    <T> T repeatable(String tried, Callable<T> call) throws StoreFailure {
        return switch (send(tried, call, false)) {
            case Result.Done<T>(T value) -> value;
            case Result.Unmet<T>(AwsServiceException why, boolean doubt) ->
                throw errors.failure(StoreFailure.Kind.UNAVAILABLE, tried, why);
        };
    }

    /**
     * Makes a write whose condition no second attempt can meet after the first has.
     *
     * @throws StoreFailure {@code IN_DOUBT} where no attempt was answered as to what it did
     */
    <T> Result<T> conditional(String tried, Callable<T> call) throws StoreFailure {
        return send(tried, call, true);
    }

    private sealed interface Answer<T> {
        record Done<T>(T value) implements Answer<T> {}

        record Unmet<T>(AwsServiceException why) implements Answer<T> {}

        /** Nothing was written, and a moment later it may be. */
        record Busy<T>(Throwable why) implements Answer<T> {}

        /** @param sent the request may have arrived */
        record Lost<T>(Throwable why, boolean sent) implements Answer<T> {}

        record Refused<T>(Throwable why) implements Answer<T> {}
    }

    private <T> Result<T> send(String tried, Callable<T> call, boolean effect) throws StoreFailure {
        boolean doubt = false;
        int unanswered = 0;
        for (int attempt = 1; ; attempt++) {
            Throwable last;
            switch (once(call)) {
                case Answer.Done<T>(T value) -> {
                    return new Result.Done<>(value);
                }
                case Answer.Unmet<T>(AwsServiceException why) -> {
                    return new Result.Unmet<>(why, doubt);
                }
                case Answer.Refused<T>(Throwable why) -> throw errors.failure(unfinished(doubt), tried, why);
                case Answer.Busy<T>(Throwable why) -> last = why;
                case Answer.Lost<T>(Throwable why, boolean sent) -> {
                    last = why;
                    doubt |= effect && sent;
                    unanswered++;
                }
            }
            if (attempt == ATTEMPTS || unanswered == UNANSWERED) {
                throw errors.exhausted(unfinished(doubt), tried, attempt, last);
            }
            pause(tried, attempt, doubt);
        }
    }

    private static StoreFailure.Kind unfinished(boolean doubt) {
        return doubt ? StoreFailure.Kind.IN_DOUBT : StoreFailure.Kind.UNAVAILABLE;
    }

    private void pause(String tried, int attempt, boolean doubt) throws StoreFailure {
        try {
            pauses.after(attempt);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw errors.failure(unfinished(doubt), tried, e);
        }
    }

    private <T> Answer<T> once(Callable<T> call) {
        Future<T> future = pool.submit(call);
        try {
            return new Answer.Done<>(future.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            future.cancel(true);
            // Kept, so that the pause before the next attempt ends at once: this call is over, and in doubt.
            Thread.currentThread().interrupt();
            return new Answer.Lost<>(e, true);
        } catch (TimeoutException e) {
            future.cancel(true);
            return new Answer.Lost<>(e, true);
        } catch (ExecutionException e) {
            return judge(e.getCause() == null ? e : e.getCause());
        }
    }

    private static <T> Answer<T> judge(Throwable thrown) {
        return switch (thrown) {
            case TransactionCanceledException cancelled -> cancelled(cancelled);
            case ConditionalCheckFailedException unmet -> new Answer.Unmet<>(unmet);
            // An earlier attempt is still at work.
            case TransactionInProgressException working -> new Answer.Lost<>(working, true);
            case AwsServiceException refused -> refused(refused);
            default ->
                CallFailure.of(thrown).badCredentials()
                        ? new Answer.Refused<>(thrown)
                        : new Answer.Lost<>(thrown, !CallFailure.neverSent(thrown));
        };
    }

    /**
     * Beside a conflict a failed condition says little: of a transaction that is just being committed it may have seen
     * one item changed and another not yet. The next attempt sees all of it.
     */
    private static <T> Answer<T> cancelled(TransactionCanceledException cancelled) {
        Set<String> codes = DynamoErrors.reasons(cancelled);
        if (!Collections.disjoint(codes, PASSING)) {
            return new Answer.Busy<>(cancelled);
        }
        return codes.contains("ConditionalCheckFailed")
                ? new Answer.Unmet<>(cancelled)
                : new Answer.Refused<>(cancelled);
    }

    private static <T> Answer<T> refused(AwsServiceException refused) {
        String code = CallFailure.of(refused).code();
        // After a skewed clock the SDK knows the difference and signs the next try with it.
        if (BUSY.contains(code) || refused.isThrottlingException() || refused.isClockSkewException()) {
            return new Answer.Busy<>(refused);
        }
        return refused.statusCode() >= 500 ? new Answer.Lost<>(refused, true) : new Answer.Refused<>(refused);
    }

    /** Waits between two looks at something that becomes ready by itself. */
    void wait(String tried, Duration longest) throws StoreFailure {
        try {
            pauses.pause(longest);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw errors.failure(StoreFailure.Kind.UNAVAILABLE, tried, e);
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
