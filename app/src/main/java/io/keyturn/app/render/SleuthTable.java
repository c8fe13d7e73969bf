package io.keyturn.app.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Every key with its state, as aws-iam-sleuth prints it where it is debugged. */
public final class SleuthTable {
    private static final List<String> HEAD =
            List.of("UserName", "Slack ID", "Key ID", "AutoExpire", "Status", "Age in Days", "Last Access Age");

    private static final String UNKNOWN = "?";

    private SleuthTable() {}

    /** The lines of the table. */
    public static List<String> lines(SleuthReport report) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        report.keys().forEach(key -> rows.add(row(key)));
        int[] widths = new int[HEAD.size()];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        List<String> rules = new ArrayList<>();
        for (int width : widths) {
            rules.add("-".repeat(width));
        }
        rows.add(1, rules);
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static List<String> row(SleuthKey key) {
        return List.of(
                Safe.text(key.user().name().value()),
                tag(key, "Slack", key.user().name().value()),
                key.id() == null ? UNKNOWN : key.id().value(),
                expires(key),
                key.state().label(),
                days(key.ageDays()),
                days(key.idleDays()));
    }

    /** Exempt is {@code FALSE}, however its tag writes that. */
    private static String expires(SleuthKey key) {
        String said = tag(key, "KeyAutoExpire", "True");
        return said.equalsIgnoreCase("false") ? "FALSE" : said;
    }

    /** What is read by columns has something in each of them. */
    private static String tag(SleuthKey key, String name, String fallback) {
        String value = key.tag(name).strip();
        return !key.knowsTags() ? UNKNOWN : Safe.text(value.isEmpty() ? fallback : value);
    }

    private static String days(@Nullable Long days) {
        return days == null ? UNKNOWN : Objects.toString(days);
    }

    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = cells.get(i);
            String space = " ".repeat(widths[i] - cell.length());
            boolean number = i >= widths.length - 2;
            line.append(i == 0 ? "" : "  ").append(number ? space + cell : cell + space);
        }
        return line.toString().stripTrailing();
    }
}
