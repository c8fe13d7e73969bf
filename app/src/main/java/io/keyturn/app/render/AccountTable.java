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
            lines.add(line(row, name, max, ages).stripTrailing());
        }
        return lines;
    }

    private String line(AccountRow row, int width, int max, boolean ages) {
        String name = KeyTable.pad(paint.safe(row.name()), width);
        boolean counted = row.state() == AccountRow.State.WHOLE || row.state() == AccountRow.State.PARTLY;
        String users = screen.width() >= NARROW ? number(row.users(), 6, counted) : "";
        String numbers = users + number(row.keys(), 6, counted) + number(row.healthy(), 9, counted) + "  ";
        return paint.bold(name) + numbers + (ages ? ages(row, max, counted) : "") + read(row);
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
