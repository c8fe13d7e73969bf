package io.keyturn.app.render;

import io.keyturn.app.render.ForecastFigures.Column;
import io.keyturn.core.forecast.Forecast;
import io.keyturn.core.forecast.Forecast.Event;
import io.keyturn.core.forecast.Forecast.Week;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A forecast on a screen: a line a week, what limits hold up, and who has most to expect. */
public final class ForecastText {
    private static final int WEEK = 12;
    private static final int OWNERS = 8;
    private static final int NAME = 28;

    private final PrintWriter out;
    private final Screen screen;
    private final Paint paint;

    public ForecastText(PrintWriter out, Screen screen) {
        this.out = out;
        this.screen = screen;
        this.paint = new Paint(screen);
    }

    /**
     * Prints it.
     *
     * @param assumed what owners are taken to do, in words
     * @param others the forecast by the rules that are compared, and how they are called; null where there are none
     * @param all whether every step is listed
     */
    public void print(Forecast forecast, String assumed, @Nullable Forecast others, String called, boolean all) {
        out.println(paint.bold("forecast") + "   " + day(forecast.from()) + paint.either(" → ", " to ")
                + LocalDate.ofInstant(forecast.from(), screen.zone()).plusDays(forecast.days())
                + paint.dot() + counted(forecast.days(), "run") + paint.dot()
                + counted(forecast.keys(), "key") + paint.dot() + assumed);
        if (others != null) {
            out.println(paint.dim("each figure: by the rules that are" + paint.either(" → ", " > ") + "by "
                    + paint.safe(called) + ", where they differ"));
        }
        weeks(forecast, others);
        limits(forecast);
        owners(forecast);
        if (all) {
            events(forecast);
        }
        out.flush();
    }

    private void weeks(Forecast forecast, @Nullable Forecast others) {
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < forecast.weeks().size(); i++) {
            Week week = forecast.weeks().get(i);
            Week other = others == null ? week : others.weeks().get(i);
            List<String> cells = new ArrayList<>();
            cells.add(day(week.first()));
            ForecastFigures.COLUMNS.forEach(column ->
                    cells.add(cell(column.of().applyAsInt(week), column.of().applyAsInt(other))));
            rows.add(cells);
        }
        List<String> totals = new ArrayList<>(List.of("in all"));
        for (Column column : ForecastFigures.COLUMNS) {
            totals.add(cell(column.total(forecast), column.total(others == null ? forecast : others)));
        }
        int[] widths = ForecastFigures.COLUMNS.stream()
                .mapToInt(column -> Math.max(
                        column.name().length(), longest(rows, totals, 1 + ForecastFigures.COLUMNS.indexOf(column))))
                .toArray();
        out.println(paint.dim(line(
                "week of", ForecastFigures.COLUMNS.stream().map(Column::name).toList(), widths)));
        rows.forEach(row -> out.println(line(row.getFirst(), row.subList(1, row.size()), widths)));
        out.println(paint.bold(line(totals.getFirst(), totals.subList(1, totals.size()), widths)));
    }

    private static int longest(List<List<String>> rows, List<String> totals, int column) {
        int longest = totals.get(column).length();
        for (List<String> row : rows) {
            longest = Math.max(longest, row.get(column).length());
        }
        return longest;
    }

    private String cell(int value, int other) {
        return value == other ? number(value) : number(value) + paint.either("→", ">") + number(other);
    }

    private String number(int value) {
        return value == 0 ? paint.either("–", "-") : Integer.toString(value);
    }

    private static String line(String first, List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder(KeyTable.pad(first, WEEK));
        for (int i = 0; i < cells.size(); i++) {
            line.append("  ")
                    .append(" ".repeat(Math.max(0, widths[i] - cells.get(i).length())))
                    .append(cells.get(i));
        }
        return line.toString();
    }

    private void limits(Forecast forecast) {
        for (ForecastFigures.Met met : ForecastFigures.met(forecast)) {
            out.println("limit met    " + met.cap() + ": from the week of " + day(met.since()) + ", up to "
                    + counted(met.most(), "step") + (met.most() == 1 ? " waits" : " wait"));
        }
    }

    private void owners(Forecast forecast) {
        List<ForecastFigures.Concerned> owners = ForecastFigures.owners(forecast);
        if (owners.isEmpty()) {
            return;
        }
        out.println();
        out.println(paint.dim("whose keys change most"));
        owners.stream().limit(OWNERS).forEach(owner -> {
            String name = owner.name() == null ? "nobody known" : owner.name();
            out.println("  " + KeyTable.pad(paint.safe(name), NAME) + "  " + counted(owner.keys(), "key")
                    + ", first on " + day(owner.first().at()) + ": "
                    + owner.first().what().label() + " "
                    + paint.safe(owner.first().user().value()));
        });
        if (owners.size() > OWNERS) {
            out.println(paint.dim("  and " + counted(owners.size() - OWNERS, "other owner")));
        }
    }

    private void events(Forecast forecast) {
        out.println();
        out.println(paint.dim("every step"));
        for (Event event : forecast.events()) {
            out.println(
                    "  " + day(event.at()) + "  " + KeyTable.pad(event.what().label(), 10) + "  "
                            + paint.safe(event.accountName()) + paint.dot()
                            + paint.safe(event.user().value())
                            + (event.lastFour() == null ? "" : paint.dot() + paint.either("…", "..") + event.lastFour())
                            + (event.owner() == null ? "" : paint.dot() + paint.safe(event.owner())));
        }
    }

    private String day(java.time.Instant at) {
        return LocalDate.ofInstant(at, screen.zone()).toString();
    }

    private static String counted(int count, String word) {
        return count + " " + (count == 1 ? word : word + "s");
    }
}
