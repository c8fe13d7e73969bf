package io.keyturn.app.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Every key with its state, as aws-iam-sleuth prints it where it is debugged. */
public final class SleuthTable {
    private static final List<String> HEAD =
            List.of("UserName", "Slack ID", "Key ID", "AutoExpire", "Status", "Age in Days", "Last Access Age");

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
        String expires = key.tag("KeyAutoExpire");
        return List.of(
                Safe.text(key.user().name().value()),
                Safe.text(key.tag("Slack")),
                key.id() == null ? "" : key.id().value(),
                expires.isEmpty() ? "True" : Safe.text(expires),
                key.state().label(),
                days(key.ageDays()),
                days(key.idleDays()));
    }

    private static String days(@Nullable Long days) {
        return days == null ? "" : Objects.toString(days);
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
