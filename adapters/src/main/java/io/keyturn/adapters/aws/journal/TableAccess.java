package io.keyturn.adapters.aws.journal;

import io.keyturn.engine.port.StoreFailure;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The way to one table. */
record TableAccess(DynamoDbClient client, DynamoCalls calls, DynamoErrors errors, String table) {
    /** An item as it is now, empty where there is none. */
    Map<String, AttributeValue> item(String tried, Map<String, AttributeValue> key) throws StoreFailure {
        return calls.repeatable(
                tried,
                () -> client.getItem(g -> g.tableName(table).key(key).consistentRead(true))
                        .item());
    }
}
