package io.keyturn.adapters.aws.journal;

import io.keyturn.engine.port.JournalStore.Head;
import io.keyturn.engine.port.JournalStore.Line;
import io.keyturn.engine.port.StoreFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** Reads streams, always strongly consistent. */
final class DynamoLines {
    /** Sort key of a stream's head. */
    static final String HEAD = "head";

    private static final int LOOKS = 8;

    private final TableAccess at;

    DynamoLines(TableAccess at) {
        this.at = at;
    }

    static String partition(String stream) {
        return "stream/" + stream;
    }

    /** A head as it stands in its item. */
    static Map<String, AttributeValue> attributes(Head head) {
        return Map.of("seq", Items.number(head.sequence()), "hash", Items.text(head.hash()));
    }

    Head head(String stream) throws StoreFailure {
        Map<String, AttributeValue> item = at.item("read the head", Items.key(partition(stream), HEAD));
        if (item.isEmpty()) {
            return Head.EMPTY;
        }
        try {
            return new Head(Items.integer(item, "seq"), Items.string(item, "hash"));
        } catch (Items.Unreadable e) {
            throw at.errors().damaged("read the head", String.valueOf(e.getMessage()));
        }
    }

    /**
     * Lines up to the head as it is now. Of a transaction that another worker commits at this moment, a query may show
     * one item and not yet the other: where lines that the head covers are missing, it looks again. What is missing
     * then as well is not there, and whoever follows the chain names it.
     */
    List<Line> read(String stream, long after, int limit) throws StoreFailure {
        long end = head(stream).sequence();
        long last = end - after > limit ? after + limit : end;
        if (last <= after) {
            return List.of();
        }
        List<Line> lines = List.of();
        for (int look = 0; look < LOOKS; look++) {
            if (look > 0) {
                at.calls().wait("read the lines", Duration.ofMillis(200));
            }
            lines = between(stream, partition(stream), after, last, end);
            if (lines.size() == last - after) {
                break;
            }
        }
        return lines;
    }

    /** The items to look through end with the one of line {@code end}; lines after {@code last} are left out. */
    private List<Line> between(String stream, String partition, long after, long last, long end) throws StoreFailure {
        // Every item has a line at least.
        int items = (int) Math.min(1_000, last - after);
        QueryRequest request = query(
                        "pk = :pk AND sk BETWEEN :from AND :to",
                        Map.of(
                                ":pk", Items.text(partition),
                                ":from", Items.text(Items.lineKey(after + 1)),
                                ":to", Items.text(Items.lineKey(end))))
                .limit(items)
                .build();
        List<Line> lines = new ArrayList<>();
        each("read the lines", request, item -> {
            for (Line line : lines(stream, partition, item, after, last, end)) {
                if (line.sequence() > after && line.sequence() <= last) {
                    lines.add(line);
                }
            }
            return lines.isEmpty() || lines.getLast().sequence() < last;
        });
        return lines;
    }

    /** The lines of an item, or those of the partition it names; of such a partition no item names a further one. */
    private List<Line> lines(
            String stream, String partition, Map<String, AttributeValue> item, long after, long last, long end)
            throws StoreFailure, Items.Unreadable {
        return item.containsKey(Items.ELSEWHERE) && partition.equals(partition(stream))
                ? between(stream, Items.string(item, Items.ELSEWHERE), after, last, end)
                : Items.lines(stream, item);
    }

    /** Every sort key of a partition. */
    List<String> sortKeys(String tried, String partition) throws StoreFailure {
        QueryRequest request =
                query("pk = :pk", Map.of(":pk", Items.text(partition))).build();
        List<String> keys = new ArrayList<>();
        each(tried, request, item -> keys.add(Items.string(item, Items.SORT)));
        return keys;
    }

    private QueryRequest.Builder query(String condition, Map<String, AttributeValue> values) {
        return QueryRequest.builder()
                .tableName(at.table())
                .consistentRead(true)
                .keyConditionExpression(condition)
                .expressionAttributeValues(values);
    }

    /** Takes items one by one. */
    private interface Reader {
        /** Whether more are wanted. */
        boolean read(Map<String, AttributeValue> item) throws StoreFailure, Items.Unreadable;
    }

    private void each(String tried, QueryRequest query, Reader reader) throws StoreFailure {
        QueryRequest next = query;
        while (true) {
            QueryRequest request = next;
            QueryResponse page = at.calls().repeatable(tried, () -> at.client().query(request));
            for (Map<String, AttributeValue> item : page.items()) {
                try {
                    if (!reader.read(item)) {
                        return;
                    }
                } catch (Items.Unreadable e) {
                    throw at.errors().damaged(tried, String.valueOf(e.getMessage()));
                }
            }
            if (page.lastEvaluatedKey().isEmpty()) {
                return;
            }
            next = query.toBuilder().exclusiveStartKey(page.lastEvaluatedKey()).build();
        }
    }
}
