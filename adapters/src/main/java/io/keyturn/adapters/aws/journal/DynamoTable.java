package io.keyturn.adapters.aws.journal;

import io.keyturn.engine.port.StoreFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ContinuousBackupsUnavailableException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/** Finds the table of a journal, or makes it where that is asked for, and refuses one that is another's or a newer Keyturn's. */
final class DynamoTable {
    /** The version of the items. A later one migrates them and raises it; an older Keyturn then refuses the table. */
    static final int VERSION = 1;

    private static final Map<String, AttributeValue> VERSION_KEY = Items.key("schema", "version");
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    /** AWS makes a table in seconds; where this does not suffice it will be there at the next start. */
    private static final int LOOKS = 120;

    private final DynamoDbClient client;
    private final DynamoCalls calls;
    private final DynamoErrors errors;
    private final String table;
    private final TableAccess at;

    DynamoTable(TableAccess at) {
        this.at = at;
        this.client = at.client();
        this.calls = at.calls();
        this.errors = at.errors();
        this.table = at.table();
    }

    /**
     * Prepares the table.
     *
     * @param makes whether a missing one is made
     * @return what a person should know of it, or null
     */
    @Nullable
    String prepare(boolean makes) throws StoreFailure {
        Optional<TableDescription> found = describe();
        String warning = null;
        if (found.isEmpty() && !makes) {
            throw errors.failure(
                    StoreFailure.Kind.UNAVAILABLE,
                    "use the table",
                    "there is no such table in this Region and account",
                    "make it with: keyturn store create; or correct its name or Region");
        }
        if (found.isEmpty()) {
            create();
            found = awaitActive();
            warning = protect();
        } else if (found.get().tableStatus() == TableStatus.CREATING) {
            found = awaitActive();
        }
        refuseAnothers(found.orElseThrow());
        refuseNewer();
        return warning;
    }

    private Optional<TableDescription> describe() throws StoreFailure {
        return calls.repeatable("look at the table", () -> {
            try {
                return Optional.of(client.describeTable(d -> d.tableName(table)).table());
            } catch (ResourceNotFoundException e) {
                return Optional.empty();
            }
        });
    }

    private void create() throws StoreFailure {
        calls.repeatable("make the table", () -> {
            try {
                client.createTable(c -> c.tableName(table)
                        .attributeDefinitions(definition(Items.PARTITION), definition(Items.SORT))
                        .keySchema(keys())
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .deletionProtectionEnabled(true));
                return table;
            } catch (ResourceInUseException e) {
                // Another worker makes it at this moment.
                return table;
            }
        });
    }

    private static AttributeDefinition definition(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static List<KeySchemaElement> keys() {
        return List.of(
                KeySchemaElement.builder()
                        .attributeName(Items.PARTITION)
                        .keyType(KeyType.HASH)
                        .build(),
                KeySchemaElement.builder()
                        .attributeName(Items.SORT)
                        .keyType(KeyType.RANGE)
                        .build());
    }

    private Optional<TableDescription> awaitActive() throws StoreFailure {
        for (int look = 0; look < LOOKS; look++) {
            Optional<TableDescription> found = describe();
            if (found.isPresent() && found.get().tableStatus() == TableStatus.ACTIVE) {
                return found;
            }
            calls.wait("make the table", LOOK_AGAIN);
        }
        throw errors.failure(
                StoreFailure.Kind.UNAVAILABLE,
                "make the table",
                "AWS has begun it and it is not ready yet",
                "run again in a minute");
    }

    /** Point-in-time recovery is worth having and not worth failing for. */
    private @Nullable String protect() throws StoreFailure {
        for (int look = 0; ; look++) {
            try {
                client.updateContinuousBackups(u ->
                        u.tableName(table).pointInTimeRecoverySpecification(p -> p.pointInTimeRecoveryEnabled(true)));
                return null;
            } catch (ContinuousBackupsUnavailableException e) {
                // So it is for a moment after the table was made.
                if (look == LOOKS) {
                    return unprotected(e);
                }
                calls.wait("make the table", LOOK_AGAIN);
            } catch (SdkException e) {
                return unprotected(e);
            }
        }
    }

    private String unprotected(SdkException e) {
        return errors.failure(StoreFailure.Kind.UNAVAILABLE, "switch on the point-in-time recovery", e)
                .problem()
                .sentence();
    }

    private void refuseAnothers(TableDescription found) throws StoreFailure {
        if (!found.keySchema().equals(keys())
                || !found.attributeDefinitions().contains(definition(Items.PARTITION))
                || !found.attributeDefinitions().contains(definition(Items.SORT))) {
            throw errors.failure(
                    StoreFailure.Kind.DAMAGED,
                    "use the table",
                    "it was made for something else: a journal has the partition key \"pk\" and the sort key \"sk\","
                            + " both strings",
                    "name another table, and make it with: keyturn store create");
        }
    }

    private void refuseNewer() throws StoreFailure {
        Map<String, AttributeValue> item = version();
        if (item.isEmpty()) {
            Map<String, AttributeValue> mine = Items.key("schema", "version");
            mine.put("version", Items.number(VERSION));
            // Whether it was this worker or another one that wrote it, it is read again.
            calls.conditional("write the version", () -> client.putItem(Condition.ABSENT.request(table, mine)));
            item = version();
        }
        long version;
        try {
            version = Items.integer(item, "version");
        } catch (Items.Unreadable e) {
            throw errors.damaged("read the version", String.valueOf(e.getMessage()));
        }
        if (version > VERSION) {
            throw errors.failure(
                    StoreFailure.Kind.NEWER,
                    "use the table",
                    "a newer Keyturn wrote it: its items are of version " + version + ", this one knows " + VERSION,
                    "update Keyturn");
        }
    }

    private Map<String, AttributeValue> version() throws StoreFailure {
        return at.item("read the version", VERSION_KEY);
    }
}
