package io.keyturn.app.render.html;

import io.keyturn.core.forecast.Forecast;
import io.keyturn.core.forecast.Forecast.Week;
import io.keyturn.core.forecast.Forecast.What;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What happens by week: a strip for each kind, a bar a week, on one scale; the other rules' bars are hollow. */
final class ForecastPlot {
    private static final double WIDTH = 680;
    private static final double STRIP = 84;
    private static final double HIGHEST = 48;
    private static final int LABELS = 6;
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("MM-dd", Locale.ROOT);

    /** What a strip shows. */
    private record Kind(String look, String word, ToIntFunction<Week> count) {}

    private static final List<Kind> KINDS = List.of(
            new Kind("notice", "messages to owners", Week::messages),
            new Kind("rotate", "rotations", week -> week.count(What.ROTATE)),
            new Kind("off", "deactivations", week -> week.count(What.DEACTIVATE)),
            new Kind("del", "deletions", week -> week.count(What.DELETE)),
            new Kind(
                    "healthy",
                    "replaced or put to use by owners",
                    week -> week.count(What.REPLACE) + week.count(What.INSTALL)));

    private final List<Kind> kinds;
    private final List<Week> weeks;
    private final @Nullable Forecast others;
    private final String called;
    private final double unit;
    private final double week;

    ForecastPlot(Forecast forecast, @Nullable Forecast others, String called) {
        this.weeks = forecast.weeks();
        this.others = others;
        this.called = called;
        this.kinds = KINDS.stream()
                .filter(kind -> most(kind, weeks) > 0 || (others != null && most(kind, others.weeks()) > 0))
                .toList();
        int most = 5;
        for (Kind kind : kinds) {
            most = Math.max(most, most(kind, weeks));
            most = others == null ? most : Math.max(most, most(kind, others.weeks()));
        }
        this.unit = HIGHEST / most;
        this.week = WIDTH / weeks.size();
    }

    private static int most(Kind kind, List<Week> weeks) {
        return weeks.stream().mapToInt(kind.count()).max().orElse(0);
    }

    /** What never happens, as a sentence; empty where everything does. */
    String still() {
        List<String> words = KINDS.stream()
                .filter(kind -> !kinds.contains(kind))
                .map(kind -> "no " + kind.word())
                .toList();
        return words.isEmpty() ? "" : Look.capital(String.join(", ", words)) + ".";
    }

    /** The picture; empty where nothing happens. */
    String draw() {
        if (kinds.isEmpty()) {
            return "";
        }
        double height = kinds.size() * STRIP;
        Svg svg = new Svg(
                "class",
                "plot strip",
                "viewBox",
                "0 0 680 " + Svg.number(height + 24),
                "role",
                "img",
                "aria-label",
                "What happens by week, a row each: "
                        + kinds.stream().map(Kind::word).collect(Collectors.joining(", "))
                        + ". The table below has the numbers.");
        for (int i = 0; i < kinds.size(); i++) {
            strip(svg, kinds.get(i), (i + 1) * STRIP - 8.5);
        }
        int every = Math.max(1, (weeks.size() + LABELS - 1) / LABELS);
        for (int i = 0; i < weeks.size(); i += every) {
            String date = DATE.format(ReportDates.day(weeks.get(i).first()));
            svg.empty("path", "class", "axis", "d", "M" + Svg.number(i * week + 0.5) + " " + Svg.number(height) + "v6");
            svg.element("text", date, "x", i * week + 4, "y", height + 12);
        }
        return svg.end();
    }

    private void strip(Svg svg, Kind kind, double base) {
        svg.empty("path", "class", "axis", "d", "M0 " + Svg.number(base) + "H680");
        svg.open("g", "class", kind.look())
                .mark(kind.look(), 7, base - HIGHEST - 14, 10)
                .close();
        int sum = weeks.stream().mapToInt(kind.count()).sum();
        svg.open("text", "class", "strong", "x", 20, "y", base - HIGHEST - 10).text(sum + " " + kind.word());
        int most = most(kind, weeks);
        if (most > 0) {
            svg.element("tspan", ", at most " + most + " a week", "class", "soft-t wide");
        }
        svg.close().open("g", "class", kind.look());
        double width = others == null ? week - 1.9 : (week - 1.9) / 2;
        for (int i = 0; i < weeks.size(); i++) {
            int count = kind.count().applyAsInt(weeks.get(i));
            bar(svg, "f", i * week + 1, width, base, count, words(kind, i, count, ""));
            if (others != null) {
                int then = kind.count().applyAsInt(others.weeks().get(i));
                String title = words(kind, i, then, " by " + called);
                bar(svg, "hollow", i * week + 1 + width, width, base, then, title);
            }
        }
        svg.close();
    }

    private String words(Kind kind, int number, int count, String by) {
        return "week of " + ReportDates.day(weeks.get(number).first()) + ": " + count + " " + kind.word() + by;
    }

    private void bar(Svg svg, String look, double x, double width, double base, int count, String title) {
        if (count > 0) {
            double height = count * unit;
            svg.open("rect", "class", look, "x", x, "y", base - 0.5 - height, "width", width, "height", height)
                    .element("title", title)
                    .close();
        }
    }
}
