package io.keyturn.engine.port;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where credstash keeps its credentials.
 *
 * @param table its table in DynamoDB
 * @param region of the table; null where the profile or the environment names it
 * @param kmsRegion of the key; null for that of the table
 * @param profile the AWS profile that may read it; null for the default credentials
 * @param context the encryption context that its credentials were stored with
 */
public record CredentialStore(
        String table,
        @Nullable String region,
        @Nullable String kmsRegion,
        @Nullable String profile,
        Map<String, String> context) {
    /** The table where none is named, as credstash has it. */
    public static final String TABLE = "credential-store";

    /** As credstash looks for it by itself. */
    public static final CredentialStore USUAL = new CredentialStore(TABLE, null, null, null, Map.of());

    public CredentialStore {
        context = Map.copyOf(context);
    }
}
