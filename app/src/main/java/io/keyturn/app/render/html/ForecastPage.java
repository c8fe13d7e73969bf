package io.keyturn.app.render.html;

import io.keyturn.app.render.ForecastFigures;
import io.keyturn.app.render.Safe;
import io.keyturn.core.forecast.Forecast;
import io.keyturn.core.forecast.Forecast.Event;
import io.keyturn.core.forecast.Forecast.Week;
import io.keyturn.core.forecast.Forecast.What;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A forecast as one file: what will happen to whom and when, and what other rules would make of it. */
public final class ForecastPage {
    private static final int OWNERS = 12;
    private static final int STEPS = 1_000;

    private final Forecast forecast;
    private final @Nullable Forecast others;
    private final String called;

    /**
     * @param others by the rules that are compared; null where there are none
     * @param called how these are called
     */
    public ForecastPage(Forecast forecast, @Nullable Forecast others, String called) {
        this.forecast = forecast;
        this.others = others;
        this.called = Safe.text(called);
    }

    /** A figure; {@code then} is that of the other rules, empty where it is the same. */
    record Cell(String column, String now, String then) {
        /** Whether there is nothing to say. */
        public boolean isEmpty() {
            return now.equals("–") && then.isEmpty();
        }
    }

    /** A line of figures. */
    record Line(String label, List<Cell> cells) {}

    /** An owner and what comes first. */
    record Owner(String name, boolean nobody, int keys, String date, String step) {}

    /** One thing that happens. */
    record Step(String date, String look, String what, String user, String four, String account, String owner) {}

    /**
     * Writes it.
     *
     * @param assumed what owners are taken to do, in words
     * @param notes what else must be said, such as what could not be read
     */
    public void write(String assumed, List<String> notes, PrintWriter out) {
        Map<String, Object> values = new HashMap<>();
        values.put("title", "Keyturn forecast · " + ReportDates.day(forecast.from()));
        values.put("from", ReportDates.day(forecast.from()).toString());
        values.put(
                "to", ReportDates.day(forecast.from()).plusDays(forecast.days()).toString());
        values.put("days", forecast.days());
        values.put("keys", forecast.keys());
        values.put("assumed", assumed);
        values.put("changed", ForecastFigures.changed(forecast));
        values.put("messages", forecast.messages());
        values.put(
                "mostMessages",
                forecast.weeks().stream().mapToInt(Week::messages).max().orElse(0));
        values.put("off", forecast.total(What.DEACTIVATE));
        values.put("overdueNow", forecast.overdueNow());
        values.put("overdue", forecast.overdueAtEnd());
        values.put("called", called);
        values.put("compared", others != null);
        ForecastPlot plot = new ForecastPlot(forecast, others, called);
        values.put("strips", plot.draw());
        values.put("still", plot.still());
        values.put(
                "columns",
                ForecastFigures.COLUMNS.stream()
                        .map(ForecastFigures.Column::name)
                        .toList());
        values.put("weeks", weeks());
        values.put("met", met());
        values.put("owners", owners());
        values.put("ownersMore", Math.max(0, ForecastFigures.owners(forecast).size() - OWNERS));
        values.put(
                "steps",
                forecast.events().stream().limit(STEPS).map(ForecastPage::step).toList());
        values.put("stepsMore", Math.max(0, forecast.events().size() - STEPS));
        values.put("notes", notes.stream().map(Safe::text).toList());
        Page.write("forecast", values, out);
        out.flush();
    }

    private List<Line> weeks() {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < forecast.weeks().size(); i++) {
            Week week = forecast.weeks().get(i);
            Week other = others == null ? week : others.weeks().get(i);
            List<Cell> cells = new ArrayList<>();
            for (ForecastFigures.Column column : ForecastFigures.COLUMNS) {
                cells.add(cell(column, column.of().applyAsInt(week), column.of().applyAsInt(other)));
            }
            lines.add(new Line(ReportDates.day(week.first()).toString(), cells));
        }
        lines.add(new Line(
                "in all",
                ForecastFigures.COLUMNS.stream()
                        .map(column ->
                                cell(column, column.total(forecast), column.total(others == null ? forecast : others)))
                        .toList()));
        return lines;
    }

    private static Cell cell(ForecastFigures.Column column, int now, int then) {
        return new Cell(column.name(), number(now), now == then ? "" : number(then));
    }

    private static String number(int value) {
        return value == 0 ? "–" : Integer.toString(value);
    }

    private List<String> met() {
        return ForecastFigures.met(forecast).stream()
                .map(met -> met.cap() + ": from the week of " + ReportDates.day(met.since()) + ", up to " + met.most()
                        + (met.most() == 1 ? " step waits" : " steps wait"))
                .toList();
    }

    private List<Owner> owners() {
        return ForecastFigures.owners(forecast).stream()
                .limit(OWNERS)
                .map(owner -> new Owner(
                        owner.name() == null ? "no owner" : Safe.text(owner.name()),
                        owner.name() == null,
                        owner.keys(),
                        ReportDates.day(owner.first().at()).toString(),
                        owner.first().what().label() + " "
                                + Safe.text(owner.first().user().value())))
                .toList();
    }

    private static Step step(Event event) {
        return new Step(
                ReportDates.day(event.at()).toString(),
                look(event.what()),
                event.what().label(),
                Safe.text(event.user().value()),
                event.lastFour() == null ? "····" : event.lastFour(),
                Safe.text(event.accountName()),
                event.owner() == null ? "" : Safe.text(event.owner()));
    }

    static String look(What what) {
        return switch (what) {
            case NOTICE, TICKET -> "notice";
            case ROTATE -> "rotate";
            case INSTALL, REPLACE -> "healthy";
            case BROWNOUT, DEACTIVATE -> "off";
            case DELETE -> "del";
        };
    }
}
