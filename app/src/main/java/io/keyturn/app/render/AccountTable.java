package io.keyturn.app.render;

import io.keyturn.core.model.Standing;
import io.keyturn.core.report.AccountRow;
import java.util.ArrayList;
import java.util.List;

/** Accounts with their keys by age, and how well each was read. */
final class AccountTable {
    private static final int AGES = 27;
    private static final int WITHOUT_AGES = 80;
    private static final int NARROW = 60;

    /** The least room for names, and for what is said of the reading. */
    private static final int NAME = 12;

    private static final int READ = 21;
    private static final String PARTLY = " partly, see below";
    private static final String FAILED = " not read, see below";

    private final Screen screen;
    private final Paint paint;

    AccountTable(Screen screen, Paint paint) {
        this.screen = screen;
        this.paint = paint;
    }

    List<String> lines(List<AccountRow> rows) {
        boolean ages = screen.width() >= WITHOUT_AGES;
        int name = NAME;
        int max = 0;
        for (AccountRow row : rows) {
            name = Math.max(name, paint.safe(row.name()).length());
            for (int count : row.ages()) {
                max = Math.max(max, count);
            }
        }
        name = Math.max(NAME, Math.min(name, screen.width() - numbers() - (ages ? AGES + 1 : 0) - READ));
        String histogram = ages ? KeyTable.pad("ages, 30 d a bar, to 450 d", AGES + 1) : "";
        List<String> lines = new ArrayList<>();
        String numbers = screen.width() >= NARROW ? " users  keys  healthy  " : "  keys  healthy  ";
        lines.add(paint.dim(KeyTable.pad("account", name) + numbers + histogram + "read"));
        for (AccountRow row : rows) {
            add(row, name, max, ages, lines);
        }
        return lines;
    }

    private int numbers() {
        return (screen.width() >= NARROW ? 6 : 0) + 17;
    }

    /** What does not fit is never cut: a name gets a line of its own, and what is said of the reading goes below. */
    private void add(AccountRow row, int width, int max, boolean ages, List<String> lines) {
        String name = paint.safe(row.name());
        if (name.length() > width) {
            lines.add(paint.bold(name));
            name = "";
        }
        String line = paint.bold(KeyTable.pad(name, width)) + line(row, max, ages);
        int taken = width + numbers() + (ages ? AGES + 1 : 0);
        String read = read(row);
        if (taken + length(row, read) <= screen.width()) {
            lines.add((line + read).stripTrailing());
            return;
        }
        lines.add(line.stripTrailing());
        lines.addAll(Wrapped.lines("  ", 2, read, screen.width()));
    }

    /** Its length on the screen: a mark is one letter, coloured or not. */
    private static int length(AccountRow row, String read) {
        return switch (row.state()) {
            case WHOLE, SKIPPED -> read.length();
            case PARTLY -> 1 + PARTLY.length();
            case FAILED -> 1 + FAILED.length();
        };
    }

    private String line(AccountRow row, int max, boolean ages) {
        boolean counted = row.state() == AccountRow.State.WHOLE || row.state() == AccountRow.State.PARTLY;
        String users = screen.width() >= NARROW ? number(row.users(), 6, counted) : "";
        String numbers = users + number(row.keys(), 6, counted) + number(row.healthy(), 9, counted) + "  ";
        return numbers + (ages ? ages(row, max, counted) : "");
    }

    private String number(int count, int width, boolean counted) {
        return KeyTable.padLeft(counted ? Integer.toString(count) : paint.own("–"), width);
    }

    private String ages(AccountRow row, int max, boolean counted) {
        if (!counted) {
            return " ".repeat(AGES + 1);
        }
        String bars = paint.bars(row.ages().subList(0, AccountRow.BARS), max, "")
                + paint.either("│", "|")
                + paint.bars(row.ages().subList(AccountRow.BARS, AccountRow.BARS + 1), max, "");
        return paint.green(bars) + " ".repeat(AGES + 1 - bars.length());
    }

    private String read(AccountRow row) {
        return switch (row.state()) {
            case WHOLE -> row.read();
            case PARTLY -> paint.mark(Standing.UNKNOWN) + PARTLY;
            case FAILED -> paint.mark(Standing.UNKNOWN) + FAILED;
            case SKIPPED -> "left out: " + paint.safe(row.read());
        };
    }
}
