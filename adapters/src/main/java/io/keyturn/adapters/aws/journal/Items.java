package io.keyturn.adapters.aws.journal;

import io.keyturn.engine.port.JournalStore.Line;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * How lines stand in items of the table. An item holds lines that follow each other and were written together; its sort
 * key names the last of them, so that "every item after line n" is one range of keys.
 */
final class Items {
    /** Partition key and sort key of the table. */
    static final String PARTITION = "pk";

    static final String SORT = "sk";

    /** In an item without lines of its own: the partition in which they are. */
    static final String ELSEWHERE = "elsewhere";

    /**
     * Bytes of lines put into one item, and bytes that one line may have: DynamoDB takes 400 KB, names included.
     * Both leave room for what surrounds the lines.
     */
    static final int FULL = 350_000;

    static final int LONGEST = 400_000;

    /** Names of the attributes of a line, and DynamoDB's own bytes for a map of them. */
    private static final int AROUND_A_LINE = 64;

    private static final String FIRST = "first";
    private static final String LINES = "lines";

    private Items() {}

    /** An item holds something that cannot be lines. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }
    }

    /** Lines in groups that fit into one item each. */
    static List<List<Line>> grouped(List<Line> lines) {
        List<List<Line>> groups = new ArrayList<>();
        int size = 0;
        for (Line line : lines) {
            int more = size(line);
            if (groups.isEmpty() || size + more > FULL) {
                groups.add(new ArrayList<>());
                size = 0;
            }
            groups.getLast().add(line);
            size += more;
        }
        return groups;
    }

    /** Bytes that a line takes in an item, a little too many rather than too few. */
    static int size(Line line) {
        return bytes(line.text()) + bytes(line.hash()) + bytes(line.user()) + bytes(line.key()) + AROUND_A_LINE;
    }

    private static int bytes(@Nullable String text) {
        return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** The item of a group of lines. */
    static Map<String, AttributeValue> of(String partition, List<Line> lines) {
        Map<String, AttributeValue> item =
                key(partition, lineKey(lines.getLast().sequence()));
        item.put(FIRST, number(lines.getFirst().sequence()));
        item.put(LINES, AttributeValue.fromL(lines.stream().map(Items::map).toList()));
        return item;
    }

    private static AttributeValue map(Line line) {
        Map<String, AttributeValue> map = new HashMap<>();
        map.put("text", text(line.text()));
        map.put("hash", text(line.hash()));
        map.put("at", number(line.at().toEpochMilli()));
        if (line.user() != null) {
            map.put("user", text(line.user()));
        }
        if (line.key() != null) {
            map.put("key", text(line.key()));
        }
        return AttributeValue.fromM(map);
    }

    /** The lines of an item. */
    static List<Line> lines(String stream, Map<String, AttributeValue> item) throws Unreadable {
        long sequence = integer(item, FIRST);
        AttributeValue packed = item.get(LINES);
        if (packed == null || !packed.hasL()) {
            throw new Unreadable("line " + sequence + " is missing from its item");
        }
        List<Line> lines = new ArrayList<>();
        for (AttributeValue value : packed.l()) {
            lines.add(line(stream, sequence++, value.m()));
        }
        return lines;
    }

    private static Line line(String stream, long sequence, Map<String, AttributeValue> map) throws Unreadable {
        try {
            AttributeValue user = map.get("user");
            AttributeValue key = map.get("key");
            return new Line(
                    stream,
                    sequence,
                    Instant.ofEpochMilli(integer(map, "at")),
                    string(map, "text"),
                    string(map, "hash"),
                    user == null ? null : user.s(),
                    key == null ? null : key.s());
        } catch (Unreadable e) {
            throw new Unreadable("line " + sequence + " cannot be read: " + e.getMessage());
        }
    }

    /** A text that must be there. */
    static String string(Map<String, AttributeValue> item, String name) throws Unreadable {
        AttributeValue value = item.get(name);
        if (value == null || value.s() == null) {
            throw new Unreadable("\"" + name + "\" is missing or no text");
        }
        return value.s();
    }

    /** A number that must be there. */
    static long integer(Map<String, AttributeValue> item, String name) throws Unreadable {
        AttributeValue value = item.get(name);
        try {
            if (value != null && value.n() != null) {
                return Long.parseLong(value.n());
            }
        } catch (NumberFormatException e) {
            throw new Unreadable("\"" + name + "\" is \"" + value.n() + "\"");
        }
        throw new Unreadable("\"" + name + "\" is missing or no number");
    }

    /** Sort keys of lines are in the order of the lines. */
    static String lineKey(long sequence) {
        return "line/%019d".formatted(sequence);
    }

    static Map<String, AttributeValue> key(String partition, String sort) {
        Map<String, AttributeValue> key = new HashMap<>();
        key.put(PARTITION, text(partition));
        key.put(SORT, text(sort));
        return key;
    }

    static AttributeValue text(String text) {
        return AttributeValue.fromS(text);
    }

    static AttributeValue number(long number) {
        return AttributeValue.fromN(Long.toString(number));
    }
}
