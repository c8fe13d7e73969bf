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

    private final Screen screen;
    private final Paint paint;

    AccountTable(Screen screen, Paint paint) {
        this.screen = screen;
        this.paint = paint;
    }

    List<String> lines(List<AccountRow> rows) {
        int name = 12;
        int max = 0;
        for (AccountRow row : rows) {
            name = Math.max(name, paint.safe(row.name()).length());
            for (int count : row.ages()) {
                max = Math.max(max, count);
            }
        }
        boolean ages = screen.width() >= WITHOUT_AGES;
        String histogram = ages ? KeyTable.pad("ages, 30 d a bar, to 450 d", AGES + 1) : "";
        List<String> lines = new ArrayList<>();
        String numbers = screen.width() >= NARROW ? " users  keys  healthy  " : "  keys  healthy  ";
        lines.add(paint.dim(KeyTable.pad("account", name) + numbers + histogram + "read"));
        for (AccountRow row : rows) {
            add(row, name, max, ages, lines);
        }
        return lines;
    }

    /** Why an account is left out can be long: what does not fit goes under its row, whole. */
    private void add(AccountRow row, int width, int max, boolean ages, List<String> lines) {
        int taken = width + (screen.width() >= NARROW ? 6 : 0) + 17 + (ages ? AGES + 1 : 0);
        String read = read(row);
        if (row.state() != AccountRow.State.SKIPPED || taken + read.length() <= screen.width()) {
            lines.add((line(row, width, max, ages) + read).stripTrailing());
            return;
        }
        lines.add(line(row, width, max, ages).stripTrailing());
        lines.addAll(Wrapped.lines("  ", 2, read, screen.width()));
    }

    private String line(AccountRow row, int width, int max, boolean ages) {
        String name = KeyTable.pad(paint.safe(row.name()), width);
        boolean counted = row.state() == AccountRow.State.WHOLE || row.state() == AccountRow.State.PARTLY;
        String users = screen.width() >= NARROW ? number(row.users(), 6, counted) : "";
        String numbers = users + number(row.keys(), 6, counted) + number(row.healthy(), 9, counted) + "  ";
        return paint.bold(name) + numbers + (ages ? ages(row, max, counted) : "");
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
            case PARTLY -> paint.mark(Standing.UNKNOWN) + " partly, see below";
            case FAILED -> paint.mark(Standing.UNKNOWN) + " not read, see below";
            case SKIPPED -> "left out: " + paint.safe(row.read());
        };
    }
}
