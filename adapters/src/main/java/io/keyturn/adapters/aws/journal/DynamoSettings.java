package io.keyturn.adapters.aws.journal;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a journal in DynamoDB is.
 *
 * @param table its table
 * @param region its Region; null takes the one of the environment or of its profile
 * @param environment the process environment: Region, endpoint ({@code AWS_ENDPOINT_URL_DYNAMODB}), profile and static
 *     credentials are taken from it
 */
public record DynamoSettings(String table, @Nullable String region, Map<String, String> environment) {
    /** The table where none is named. */
    public static final String TABLE = "keyturn-journal";

    public DynamoSettings {
        environment = Map.copyOf(environment);
    }
}
