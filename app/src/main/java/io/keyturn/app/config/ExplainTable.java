package io.keyturn.app.config;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Lays the explained configuration out in three columns, indented as the file is. */
final class ExplainTable {
    /** Values longer than this push only their own origin aside. */
    private static final int WIDEST = 48;

    private final List<String[]> rows = new ArrayList<>();

    private ExplainTable() {}

    static List<String> of(ObjectNode tree) {
        ExplainTable table = new ExplainTable();
        table.rows.add(new String[] {"key", "value", "from"});
        table.section(tree, "", "");
        int key = table.width(0);
        int value = table.width(1);
        return table.rows.stream()
                .map(row -> (pad(row[0], key) + "  " + pad(row[1], value) + "  " + row[2]).stripTrailing())
                .toList();
    }

    private int width(int column) {
        return rows.stream()
                .mapToInt(row -> row[column].length())
                .filter(length -> length <= WIDEST)
                .max()
                .orElse(0);
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    /** {@code first} is what the first key is indented with: the dash of a list's entry. */
    private void section(JsonNode section, String first, String indent) {
        String lead = first;
        for (var entry : section.properties()) {
            JsonNode value = entry.getValue();
            if (value.has(Explained.VALUE)) {
                rows.add(new String[] {
                    lead + entry.getKey(),
                    text(value.get(Explained.VALUE)),
                    value.get(Explained.FROM).asString()
                });
            } else {
                rows.add(new String[] {lead + entry.getKey(), "", ""});
                if (value.isArray()) {
                    value.forEach(item -> section(item, indent + "  - ", indent + "    "));
                } else {
                    section(value, indent + "  ", indent + "  ");
                }
            }
            lead = indent;
        }
    }

    private static String text(JsonNode value) {
        if (value.isArray()) {
            return value.isEmpty()
                    ? "none"
                    : value.valueStream().map(JsonNode::asString).collect(Collectors.joining(", "));
        }
        return value.isNull() ? "none" : value.asString();
    }
}
