package io.keyturn.adapters.aws.keycheck;

import io.keyturn.adapters.aws.AwsEnvironment;
import io.keyturn.adapters.aws.CallFailure;
import io.keyturn.adapters.aws.CallPool;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Problem;
import io.keyturn.engine.port.StoreFailure;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** The rows of keycheck's table. Every call of it may be sent again: each says the same however often it arrives. */
final class PingRows implements AutoCloseable {
    static final String KEY = "iam_access_key_id";
    static final String TIME = "last_pinged_time";
    private static final String WRITE = "write down whom it is about to tell";
    private static final String READ = "read when owners were told";
    private static final int ENDING = 5;

    private final KeycheckSettings settings;
    private final AwsEnvironment aws;
    private final CallPool pool = new CallPool();
    private @Nullable SdkHttpClient http;
    private @Nullable DynamoDbClient client;
    private @Nullable PingTable table;

    PingRows(KeycheckSettings settings) {
        this.settings = settings;
        this.aws = new AwsEnvironment(settings.environment());
    }

    /** That somebody was told of a key. */
    record Row(KeyId key, Instant at) {
        Map<String, AttributeValue> item() {
            return Map.of(KEY, AttributeValue.fromS(key.value()), TIME, AttributeValue.fromS(PingTime.write(at)));
        }
    }

    /**
     * When it was last told of each of these keys, as it stands there; without those of which there is no row.
     *
     * @throws StoreFailure where a single one cannot be read: what is not known is not absent
     */
    Map<KeyId, LocalDateTime> newest(Collection<KeyId> keys) throws StoreFailure {
        Map<KeyId, LocalDateTime> newest = new HashMap<>();
        if (keys.isEmpty()) {
            return newest;
        }
        Optional<String> name = table().find();
        if (name.isEmpty()) {
            return newest;
        }
        DynamoDbClient rows = client();
        Function<KeyId, Optional<String>> ask = key -> rows
                .query(q -> q.tableName(name.get())
                        .keyConditionExpression("#k = :k")
                        .expressionAttributeNames(Map.of("#k", KEY))
                        .expressionAttributeValues(Map.of(":k", AttributeValue.fromS(key.value())))
                        .scanIndexForward(false)
                        .consistentRead(true)
                        .limit(1))
                .items()
                .stream()
                .findFirst()
                .map(item ->
                        item.containsKey(TIME) ? String.valueOf(item.get(TIME).s()) : "");
        for (Map.Entry<KeyId, Optional<String>> found : each(READ, keys, ask).entrySet()) {
            if (found.getValue().isPresent()) {
                newest.put(found.getKey(), time(found.getKey(), found.getValue().get()));
            }
        }
        return newest;
    }

    private LocalDateTime time(KeyId key, String text) throws StoreFailure {
        Optional<LocalDateTime> time = PingTime.parse(text);
        if (time.isEmpty()) {
            String why = "of the key ending in " + key.last(ENDING) + " it has " + TIME + " \"" + text
                    + "\", which is no time such as 2026-11-23 08:00:00";
            String advice = "correct or delete that row; nothing is sent or changed on its word";
            throw table().errors().of(StoreFailure.Kind.DAMAGED, READ, why, advice);
        }
        return time.get();
    }

    /** Writes rows, all of them or none; makes the table where there is none. */
    void put(Collection<Row> rows) throws StoreFailure {
        if (rows.isEmpty()) {
            return;
        }
        String name = table().findOrMake();
        DynamoDbClient to = client();
        try {
            each(WRITE, rows, row -> write(to, name, row.item()));
        } catch (StoreFailure e) {
            takeBack(rows, e);
            throw e;
        }
    }

    /** Keycheck itself is allowed to update items, which of an item without more says the same as to put it. */
    private static Object write(DynamoDbClient to, String table, Map<String, AttributeValue> item) {
        try {
            return to.putItem(p -> p.tableName(table).item(item));
        } catch (DynamoDbException e) {
            if (CallFailure.of(e).denied()) {
                return to.updateItem(u -> u.tableName(table).key(item));
            }
            throw e;
        }
    }

    /** What was written for messages that are not sent now would silence the next run. */
    private void takeBack(Collection<Row> rows, StoreFailure why) {
        try {
            remove(rows);
        } catch (StoreFailure e) {
            why.addSuppressed(e);
        }
    }

    /** Takes rows away. */
    void remove(Collection<Row> rows) throws StoreFailure {
        if (rows.isEmpty()) {
            return;
        }
        String name = table().findOrMake();
        DynamoDbClient from = client();
        each(
                "take back that an owner was told, as the message did not go out",
                rows,
                row -> from.deleteItem(d -> d.tableName(name).key(row.item())));
    }

    /** Asks for each, several at a time; the first failure is thrown when all have ended. */
    private <A, B> Map<A, B> each(String tried, Collection<A> all, Function<A, B> ask) throws StoreFailure {
        Map<A, Future<B>> asked = new LinkedHashMap<>();
        all.forEach(one -> asked.put(one, pool.submit(() -> ask.apply(one))));
        Map<A, B> answers = new LinkedHashMap<>();
        List<StoreFailure> failures = new ArrayList<>();
        for (Map.Entry<A, Future<B>> one : asked.entrySet()) {
            try {
                answers.put(one.getKey(), one.getValue().get());
            } catch (ExecutionException e) {
                failures.add(table().errors().of(tried, e.getCause() == null ? e : e.getCause()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                failures.add(table().errors().of(StoreFailure.Kind.UNAVAILABLE, tried, "the run was interrupted", ""));
                break;
            }
        }
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
        return answers;
    }

    private synchronized PingTable table() throws StoreFailure {
        client();
        if (table == null) {
            throw new IllegalStateException("a client has its table");
        }
        return table;
    }

    private synchronized DynamoDbClient client() throws StoreFailure {
        DynamoDbClient opened = client;
        if (opened != null) {
            return opened;
        }
        Optional<Problem> unknown = aws.unknownProfile(settings.profile());
        if (unknown.isPresent()) {
            throw new StoreFailure(StoreFailure.Kind.UNAVAILABLE, unknown.get());
        }
        String region = settings.region() != null
                ? settings.region()
                : aws.regionOrProfiles(settings.profile()).orElse("");
        PingErrors errors = new PingErrors(region);
        if (region.isEmpty()) {
            throw errors.of(
                    StoreFailure.Kind.UNAVAILABLE,
                    "find the table",
                    "no Region is named",
                    "name its Region in aws_dynamodb_region");
        }
        SdkHttpClient connections = AwsEnvironment.connections();
        opened = aws.configureToLook(DynamoDbClient.builder(), "DYNAMODB", Region.of(region), connections)
                .credentialsProvider(aws.credentials(settings.profile()))
                .build();
        http = connections;
        client = opened;
        table = new PingTable(opened, errors);
        return opened;
    }

    @Override
    public synchronized void close() {
        pool.close();
        if (client != null) {
            client.close();
        }
        if (http != null) {
            http.close();
        }
    }
}
