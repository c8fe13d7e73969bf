package io.keyturn.adapters.aws.keycheck;

import io.keyturn.engine.port.StoreFailure;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Which table of an account is keycheck's, and the making of it. */
final class PingTable {
    /** The name in keycheck's code. */
    static final String NAME = "iam_access_key_alert";
    /** The name in keycheck's manual: whoever made the table by hand may have written that. */
    static final String AS_DOCUMENTED = "iam-access-key-alert";

    private static final String MAKE = "make the table";

    private final DynamoDbClient client;
    private final PingErrors errors;
    private @Nullable String found;

    PingTable(DynamoDbClient client, PingErrors errors) {
        this.client = client;
        this.errors = errors;
    }

    PingErrors errors() {
        return errors;
    }

    /** Its name; empty where there is none. */
    synchronized Optional<String> find() throws StoreFailure {
        if (found == null) {
            try {
                List<String> names = client.listTablesPaginator().tableNames().stream()
                        .filter(name -> name.equals(NAME) || name.equals(AS_DOCUMENTED))
                        .toList();
                found = names.isEmpty() ? null : names.contains(NAME) ? NAME : AS_DOCUMENTED;
            } catch (SdkException e) {
                throw errors.of("look for the table", e);
            }
        }
        return Optional.ofNullable(found);
    }

    synchronized String findOrMake() throws StoreFailure {
        Optional<String> there = find();
        if (there.isEmpty()) {
            make();
            found = NAME;
        }
        return there.orElse(NAME);
    }

    private void make() throws StoreFailure {
        try {
            client.createTable(c -> c.tableName(NAME)
                    .attributeDefinitions(
                            a -> a.attributeName(PingRows.KEY).attributeType(ScalarAttributeType.S),
                            a -> a.attributeName(PingRows.TIME).attributeType(ScalarAttributeType.S))
                    .keySchema(
                            k -> k.attributeName(PingRows.KEY).keyType(KeyType.HASH),
                            k -> k.attributeName(PingRows.TIME).keyType(KeyType.RANGE))
                    .billingMode(BillingMode.PAY_PER_REQUEST));
        } catch (ResourceInUseException e) {
            // Another run makes it at this moment: it is waited for like one's own.
            found = null;
        } catch (SdkException e) {
            throw errors.of(MAKE, e);
        }
        try {
            client.waiter().waitUntilTableExists(d -> d.tableName(NAME));
        } catch (SdkException e) {
            throw errors.of(MAKE, e);
        }
    }
}
