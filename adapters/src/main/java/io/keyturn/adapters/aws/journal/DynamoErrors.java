package io.keyturn.adapters.aws.journal;

import io.keyturn.adapters.aws.CallFailure;
import io.keyturn.core.model.Problem;
import io.keyturn.engine.port.StoreFailure;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** What DynamoDB's refusals mean for a journal, and what to do about them. */
final class DynamoErrors {
    private static final Pattern ACTION = Pattern.compile("perform: ([a-z0-9-]+:[A-Za-z]+)");

    private final String place;

    /** @param place the table, for people */
    DynamoErrors(String place) {
        this.place = place;
    }

    StoreFailure failure(StoreFailure.Kind kind, String tried, Throwable thrown) {
        return new StoreFailure(kind, problem(tried, why(thrown), advice(thrown)), thrown);
    }

    /** After the last attempt of a call. */
    StoreFailure exhausted(StoreFailure.Kind kind, String tried, int attempts, Throwable last) {
        String why = why(last) + ", at the last of " + attempts + " attempts";
        return new StoreFailure(kind, problem(tried, why, advice(last)), last);
    }

    StoreFailure failure(StoreFailure.Kind kind, String tried, String why, String advice) {
        return new StoreFailure(kind, problem(tried, why, advice));
    }

    /** The table holds something that no Keyturn wrote so. */
    StoreFailure damaged(String tried, String why) {
        return failure(
                StoreFailure.Kind.DAMAGED,
                tried,
                why,
                "nothing is changed on its word; restore the table to a point in time before, or name another one:"
                        + " every key is then announced anew before anything happens to it");
    }

    private Problem problem(String tried, String why, String advice) {
        return new Problem(tried, "the journal in " + place, why, advice);
    }

    private static String why(Throwable thrown) {
        return switch (thrown) {
            case TimeoutException late -> "DynamoDB did not answer in time";
            case InterruptedException stopped -> "this process was asked to stop";
            case TransactionCanceledException cancelled ->
                "DynamoDB cancelled the transaction (" + String.join(", ", new TreeSet<>(reasons(cancelled))) + ")";
            default -> CallFailure.of(thrown).why();
        };
    }

    /** The codes of what stood against a transaction. */
    static Set<String> reasons(TransactionCanceledException cancelled) {
        Set<String> codes = new HashSet<>();
        for (CancellationReason reason : cancelled.cancellationReasons()) {
            if (reason.code() != null && !reason.code().equals("None")) {
                codes.add(reason.code());
            }
        }
        return codes;
    }

    private String advice(Throwable thrown) {
        if (thrown instanceof TimeoutException || thrown instanceof InterruptedException) {
            return "run again";
        }
        CallFailure failure = CallFailure.of(thrown);
        if (failure.denied()) {
            Matcher action = ACTION.matcher(failure.why());
            return (action.find() ? "allow " + action.group(1) : "allow what is missing")
                    + " to the credentials in use;" + " a journal needs "
                    + String.join(", ", new TreeSet<>(DynamoJournal.PERMISSIONS)) + " on its table";
        }
        return switch (failure.code()) {
            case "ResourceNotFoundException" ->
                "the table was deleted or is in another Region: restore it, or begin a new one with: keyturn store create";
            case "ThrottlingException",
                    "ProvisionedThroughputExceededException",
                    "RequestLimitExceeded",
                    "TransactionConflictException",
                    "TransactionCanceledException" ->
                "run again when " + place + " is less busy, or raise its throughput";
            default -> failure.advice();
        };
    }
}
