package io.keyturn.app.render;

import io.keyturn.core.forecast.Forecast;
import io.keyturn.core.forecast.Forecast.Event;
import io.keyturn.core.forecast.Forecast.Week;
import io.keyturn.core.forecast.Forecast.What;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
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

    private record Column(String name, ToIntFunction<Week> of, boolean sums) {}

    private static final List<Column> COLUMNS = List.of(
            new Column("messages", Week::messages, true),
            new Column("tickets", week -> week.count(What.TICKET), true),
            new Column("rotated", week -> week.count(What.ROTATE), true),
            new Column("switched off", week -> week.count(What.DEACTIVATE), true),
            new Column("deleted", week -> week.count(What.DELETE), true),
            new Column("by hand", week -> week.count(What.REPLACE) + week.count(What.INSTALL), true),
            new Column("overdue", Week::overdue, false));

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
            COLUMNS.forEach(column ->
                    cells.add(cell(column.of().applyAsInt(week), column.of().applyAsInt(other))));
            rows.add(cells);
        }
        List<String> totals = new ArrayList<>(List.of("in all"));
        for (Column column : COLUMNS) {
            totals.add(cell(total(column, forecast), others == null ? total(column, forecast) : total(column, others)));
        }
        int[] widths = COLUMNS.stream()
                .mapToInt(
                        column -> Math.max(column.name().length(), longest(rows, totals, 1 + COLUMNS.indexOf(column))))
                .toArray();
        out.println(paint.dim(line("week of", COLUMNS.stream().map(Column::name).toList(), widths)));
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

    /** Those that are no sum stand as they are at the end. */
    private static int total(Column column, Forecast forecast) {
        return column.sums() ? forecast.weeks().stream().mapToInt(column.of()).sum() : forecast.overdueAtEnd();
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
        Map<String, Integer> most = new TreeMap<>();
        Map<String, LocalDate> since = new TreeMap<>();
        for (Week week : forecast.weeks()) {
            week.deferred().forEach((cap, count) -> {
                most.merge(cap, count, Math::max);
                since.putIfAbsent(cap, LocalDate.ofInstant(week.first(), screen.zone()));
            });
        }
        most.forEach((cap, count) -> out.println("limit met    " + cap + ": from the week of " + since.get(cap)
                + ", up to " + counted(count, "step") + (count == 1 ? " waits" : " wait")));
    }

    private void owners(Forecast forecast) {
        Map<String, Set<String>> keys = new LinkedHashMap<>();
        Map<String, Event> first = new LinkedHashMap<>();
        for (Event event : forecast.events()) {
            if (event.what() == What.DEACTIVATE || event.what() == What.DELETE || event.what() == What.ROTATE) {
                String owner = event.owner() == null ? "nobody known" : event.owner();
                keys.computeIfAbsent(owner, any -> new LinkedHashSet<>())
                        .add(event.account() + "/" + event.user() + "/" + event.created());
                first.putIfAbsent(owner, event);
            }
        }
        if (keys.isEmpty()) {
            return;
        }
        List<String> names = keys.keySet().stream()
                .sorted(Comparator.comparing((String owner) ->
                                -keys.getOrDefault(owner, Set.of()).size())
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        out.println();
        out.println(paint.dim("whose keys change most"));
        names.stream().limit(OWNERS).forEach(owner -> {
            Event event = first.get(owner);
            out.println("  " + KeyTable.pad(paint.safe(owner), NAME) + "  "
                    + counted(keys.getOrDefault(owner, Set.of()).size(), "key")
                    + (event == null
                            ? ""
                            : ", first on " + day(event.at()) + ": "
                                    + event.what().label() + " "
                                    + paint.safe(event.user().value())));
        });
        if (names.size() > OWNERS) {
            out.println(paint.dim("  and " + counted(names.size() - OWNERS, "other owner")));
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
