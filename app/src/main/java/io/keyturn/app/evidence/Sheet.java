package io.keyturn.app.evidence;

import io.keyturn.app.render.CsvTable;
import io.keyturn.app.render.Safe;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A table of the archive: for people's spreadsheets as CSV, and for programs as lines of JSON. An empty cell is nothing. */
final class Sheet {
    private final List<String> head;
    private final List<List<String>> rows = new ArrayList<>();

    Sheet(String... head) {
        this.head = List.of(head);
    }

    void row(String... cells) {
        if (cells.length != head.size()) {
            throw new IllegalArgumentException(cells.length + " cells under " + head.size() + " names");
        }
        rows.add(List.of(cells));
    }

    int rows() {
        return rows.size();
    }

    /** How many rows have that cell under that name. */
    long count(String name, String cell) {
        int column = head.indexOf(name);
        return rows.stream().filter(row -> row.get(column).equals(cell)).count();
    }

    /** As CSV, harmless to a spreadsheet and to a terminal. */
    EvidenceFile csv(String name) {
        return EvidenceFile.of(name, pen -> {
            try (CsvTable table = new CsvTable(pen, head)) {
                for (List<String> row : rows) {
                    table.row(row.stream().map(Safe::text).toList());
                }
            }
        });
    }

    /** As an object a line, the texts as they were given. */
    EvidenceFile jsonLines(String name) {
        JsonMapper json = JsonMapper.shared();
        return EvidenceFile.of(name, pen -> {
            for (List<String> row : rows) {
                ObjectNode object = json.createObjectNode();
                for (int i = 0; i < row.size(); i++) {
                    String cell = row.get(i);
                    object.put(head.get(i), cell.isEmpty() ? null : cell);
                }
                pen.write(json.writeValueAsString(object));
                pen.write('\n');
            }
        });
    }
}
