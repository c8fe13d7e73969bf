package io.keyturn.adapters.aws.journal;

import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** What must be true of an item for a write to count. */
sealed interface Condition {
    /** There is no such item. */
    record Absent() implements Condition {}

    /** These attributes have these values. */
    record Equal(Map<String, AttributeValue> attributes) implements Condition {
        public Equal {
            attributes = Map.copyOf(attributes);
        }
    }

    Condition ABSENT = new Absent();

    /** The register stands at a version, 0 where it was never written. */
    static Condition version(long version) {
        return version == 0 ? ABSENT : new Equal(Map.of("version", Items.number(version)));
    }

    /** As a part of a transaction: checks the item of that key. */
    default TransactWriteItem check(String table, Map<String, AttributeValue> key) {
        ConditionCheck.Builder check = ConditionCheck.builder().tableName(table).key(key);
        check.conditionExpression(expression());
        if (this instanceof Equal) {
            check.expressionAttributeNames(names()).expressionAttributeValues(values());
        }
        return TransactWriteItem.builder().conditionCheck(check.build()).build();
    }

    /** As a part of a transaction: writes the item. */
    default TransactWriteItem put(String table, Map<String, AttributeValue> item) {
        Put.Builder put = Put.builder().tableName(table).item(item);
        put.conditionExpression(expression());
        if (this instanceof Equal) {
            put.expressionAttributeNames(names()).expressionAttributeValues(values());
        }
        return TransactWriteItem.builder().put(put.build()).build();
    }

    /** By itself: writes the item, or says which one stands in its place. */
    default PutItemRequest request(String table, Map<String, AttributeValue> item) {
        PutItemRequest.Builder put = PutItemRequest.builder()
                .tableName(table)
                .item(item)
                .conditionExpression(expression())
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
        if (this instanceof Equal) {
            put.expressionAttributeNames(names()).expressionAttributeValues(values());
        }
        return put.build();
    }

    private String expression() {
        return switch (this) {
            case Absent absent -> "attribute_not_exists(" + Items.PARTITION + ")";
            case Equal(Map<String, AttributeValue> attributes) ->
                String.join(
                        " AND ",
                        attributes.keySet().stream()
                                .sorted()
                                .map(name -> "#" + name + " = :" + name)
                                .toList());
        };
    }

    /** Many a word is reserved in an expression; behind a {@code #} none is. */
    private Map<String, String> names() {
        Map<String, String> names = new HashMap<>();
        values().keySet().forEach(name -> names.put("#" + name.substring(1), name.substring(1)));
        return names;
    }

    private Map<String, AttributeValue> values() {
        Map<String, AttributeValue> values = new HashMap<>();
        if (this instanceof Equal(Map<String, AttributeValue> attributes)) {
            attributes.forEach((name, value) -> values.put(":" + name, value));
        }
        return values;
    }
}
