package io.keyturn.app.render;

import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Owner;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.report.Attention;
import io.keyturn.core.report.Words;
import java.util.ArrayList;
import java.util.List;

/** The list of keys: one line each, on a narrow screen with fewer columns, and nothing is ever cut. */
final class KeyTable {
    private static final int WITHOUT_WHY = 100;
    private static final int WITHOUT_LAST_USED = 80;
    private static final int TWO_LINES = 60;
    private static final int WIDEST_OWNER = 24;

    private final Screen screen;
    private final Paint paint;
    private final Dates dates;

    KeyTable(Screen screen, Paint paint, Dates dates) {
        this.screen = screen;
        this.paint = paint;
        this.dates = dates;
    }

    private enum Column {
        OWNER("owner", 9),
        AGE("age", 5),
        LAST_USED("last used", 9),
        WHY("why", 18),
        NEXT("next", 10),
        BY("by", 9);

        private final String head;
        private final int width;

        Column(String head, int width) {
            this.head = head;
            this.width = width;
        }
    }

    /** A row before it is laid out; {@code user} is the part of the key's name that is shown bold. */
    private record Row(String mark, String user, String rest, boolean noOwner, List<String> cells) {
        String key() {
            return user + rest;
        }
    }

    List<String> lines(List<Attention> keys) {
        List<Column> columns = columns();
        List<Row> rows = keys.stream().map(key -> row(key, columns)).toList();
        int longest = rows.stream().mapToInt(row -> row.key().length()).max().orElse(0);
        int[] widths = widths(columns, rows, false);
        if (keyWidth(columns, widths) < longest) {
            widths = widths(columns, rows, true);
        }
        int keyWidth = keyWidth(columns, widths);
        List<String> lines = new ArrayList<>();
        lines.add(head(columns, widths, keyWidth));
        for (Row row : rows) {
            add(row, columns, widths, keyWidth, lines);
        }
        return lines;
    }

    /** How wide each column is: as drawn, or where that leaves too little for names, as what stands in it. */
    private static int[] widths(List<Column> columns, List<Row> rows, boolean narrow) {
        int[] widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            Column column = columns.get(i);
            widths[i] = narrow ? column.head.length() : column.width;
            for (Row row : rows) {
                int length = row.cells().get(i).length();
                int limit = column == Column.OWNER ? WIDEST_OWNER : Integer.MAX_VALUE;
                widths[i] = length <= limit ? Math.max(widths[i], length) : widths[i];
            }
        }
        return widths;
    }

    private int keyWidth(List<Column> columns, int[] widths) {
        // The mark with its space, and the space after the key; age has one more after it, the last column none.
        int taken = 2 + (columns.contains(Column.AGE) ? 1 : 0);
        for (int width : widths) {
            taken += width + 1;
        }
        return Math.max(screen.width() - taken, 3);
    }

    private List<Column> columns() {
        List<Column> columns = new ArrayList<>(List.of(Column.values()));
        if (screen.width() < WITHOUT_WHY) {
            columns.remove(Column.WHY);
        }
        if (screen.width() < WITHOUT_LAST_USED) {
            columns.remove(Column.LAST_USED);
        }
        return columns;
    }

    private String head(List<Column> columns, int[] widths, int keyWidth) {
        List<String> heads = columns.stream().map(column -> column.head).toList();
        String cells = cells(heads, columns, widths, false);
        String key = screen.width() < TWO_LINES ? "  " : "  " + pad("key", keyWidth) + " ";
        return paint.dim((key + cells).stripTrailing());
    }

    private void add(Row row, List<Column> columns, int[] widths, int keyWidth, List<String> lines) {
        String name = paint.bold(row.user()) + row.rest();
        String cells = cells(row.cells(), columns, widths, row.noOwner());
        // An owner too long for its column begins further left, so that the others stay below their heads.
        int over = Math.max(0, row.cells().getFirst().length() - widths[0]);
        int space = keyWidth - row.key().length() + 1 - over;
        if (screen.width() >= TWO_LINES && space > 0) {
            lines.add((row.mark() + " " + name + " ".repeat(space) + cells).stripTrailing());
        } else {
            lines.add(row.mark() + " " + name);
            int indent = screen.width() < TWO_LINES ? 2 : Math.max(2, keyWidth + 3 - over);
            lines.add((" ".repeat(indent) + cells).stripTrailing());
        }
    }

    private String cells(List<String> texts, List<Column> columns, int[] widths, boolean noOwner) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String text = texts.get(i);
            boolean age = columns.get(i) == Column.AGE;
            String padded = age ? padLeft(text, widths[i]) + " " : pad(text, widths[i]);
            boolean bold = (noOwner && columns.get(i) == Column.OWNER) || text.equals("today") && isBy(columns, i);
            line.append(bold ? paint.bold(text) + padded.substring(text.length()) : padded)
                    .append(' ');
        }
        return line.toString();
    }

    private static boolean isBy(List<Column> columns, int i) {
        return columns.get(i) == Column.BY;
    }

    private Row row(Attention key, List<Column> columns) {
        Finding finding = key.finding();
        boolean noOwner = !(finding.owner() instanceof Fact.Known<Owner>);
        List<String> cells =
                columns.stream().map(column -> cell(key, column, noOwner)).toList();
        String user = paint.safe(finding.credential().principal().display());
        KeyId id = finding.credential().keyId();
        String four = id == null ? paint.either("····", "----") : id.lastFour();
        String rest = paint.dot() + four + paint.dot() + paint.safe(key.account());
        return new Row(paint.mark(finding.standing()), user, rest, noOwner, cells);
    }

    private String cell(Attention key, Column column, boolean noOwner) {
        Finding finding = key.finding();
        return switch (column) {
            case OWNER ->
                noOwner
                        ? "no owner"
                        : paint.safe(finding.owner().map(Owner::name).orElse(""));
            case AGE -> finding.ageDays() == null ? paint.own("–") : finding.ageDays() + " d";
            case LAST_USED -> dates.ago(finding.lastUse());
            case WHY -> paint.own(Words.brief(finding));
            case NEXT -> paint.own(key.todo());
            case BY -> paint.own(dates.by(key.at()));
        };
    }

    static String pad(String text, int width) {
        return text.length() >= width ? text : text + " ".repeat(width - text.length());
    }

    static String padLeft(String text, int width) {
        return text.length() >= width ? text : " ".repeat(width - text.length()) + text;
    }
}
