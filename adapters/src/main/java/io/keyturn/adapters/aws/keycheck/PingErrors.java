package io.keyturn.adapters.aws.keycheck;

import io.keyturn.adapters.aws.CallFailure;
import io.keyturn.core.model.Problem;
import io.keyturn.engine.port.StoreFailure;

/** What goes wrong with keycheck's table, in words. */
final class PingErrors {
    private static final String PERMISSIONS = "dynamodb:ListTables, dynamodb:Query, dynamodb:PutItem and"
            + " dynamodb:DeleteItem, and where there is no table yet dynamodb:CreateTable and dynamodb:DescribeTable";

    private final String place;

    PingErrors(String region) {
        this.place = "the DynamoDB table " + PingTable.NAME + (region.isEmpty() ? "" : " (" + region + ")");
    }

    StoreFailure of(String tried, Throwable thrown) {
        CallFailure failure = CallFailure.of(thrown);
        String advice = switch (failure.code()) {
            case "ValidationException" ->
                "the table is of another shape: keycheck's has the partition key " + PingRows.KEY + " and the sort key "
                        + PingRows.TIME + ", both strings; rename the other one";
            case "ResourceNotFoundException" -> "run again; where it is missing it is made";
            default -> failure.denied() ? "allow these credentials " + PERMISSIONS : failure.advice();
        };
        return new StoreFailure(
                StoreFailure.Kind.UNAVAILABLE, new Problem(tried, place, failure.why(), advice), failure);
    }

    StoreFailure of(StoreFailure.Kind kind, String tried, String why, String advice) {
        return new StoreFailure(kind, new Problem(tried, place, why, advice));
    }
}
