package io.keyturn.app.render.html;

import io.keyturn.core.model.Standing;
import io.keyturn.engine.catalog.DayTotal;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How overdue and due keys fared since the first run: two lines that begin at zero, with their numbers at the end. */
public final class TrendPlot {
    private static final double LEFT = 36;
    private static final double TOP = 30;
    private static final double BOTTOM = 204;
    /** For what stands beside the ends of the lines. */
    private static final double LABELS = 120;

    private static final int MOST_POINTS = 120;
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("MM-dd", Locale.ROOT);

    private final List<DayTotal> days;
    private final int width;
    private final double right;

    /** @param width of the picture, in its own units: text is as large in a narrow one as in a wide one */
    public TrendPlot(List<DayTotal> all, int width) {
        this.width = width;
        this.right = width - LABELS;
        int every = Math.max(1, (all.size() + MOST_POINTS - 1) / MOST_POINTS);
        List<DayTotal> kept = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            // Counted back from today, which is always drawn.
            if ((all.size() - 1 - i) % every == 0) {
                kept.add(all.get(i));
            }
        }
        this.days = kept;
    }

    /** The picture, what it says in a sentence, and its numbers; empty texts where there is but one day. */
    public Map<String, Object> values() {
        if (days.size() < 2) {
            return Map.of("picture", "", "words", "", "numbers", "");
        }
        DayTotal first = days.getFirst();
        DayTotal last = days.getLast();
        String words = "Overdue from " + first.count(Standing.EXPIRED) + " to " + last.count(Standing.EXPIRED)
                + " since "
                + first.day() + ", due soon from " + first.count(Standing.WARNED) + " to " + last.count(Standing.WARNED)
                + ".";
        return Map.of("picture", draw(words), "words", words, "numbers", numbers());
    }

    private String numbers() {
        return days.stream()
                .map(day -> day.day() + " " + day.count(Standing.EXPIRED) + ", " + day.count(Standing.WARNED))
                .collect(Collectors.joining("; "));
    }

    private String draw(String words) {
        int highest = days.stream()
                .mapToInt(day -> Math.max(day.count(Standing.EXPIRED), day.count(Standing.WARNED)))
                .max()
                .orElse(1);
        double most = Math.max(4, highest * 1.1);
        Svg svg = new Svg("class", "plot big", "viewBox", "0 0 " + width + " 230", "role", "img", "aria-label", words);
        int step = step(most);
        for (int count = 0; count < most; count += step) {
            double y = y(count, most);
            svg.empty(
                    "path",
                    "class",
                    count == 0 ? "axis" : "grid",
                    "d",
                    "M36 " + Svg.number(y) + "H" + Svg.number(right));
            svg.element("text", Integer.toString(count), "x", LEFT - 6, "y", y + 4, "text-anchor", "end");
        }
        svg.element("text", "↑ keys", "class", "strong", "x", 0, "y", 12);
        date(svg, days.getFirst().day(), "start");
        date(svg, days.getLast().day(), "end");
        double overdue = y(days.getLast().count(Standing.EXPIRED), most);
        double due = y(days.getLast().count(Standing.WARNED), most);
        line(svg, Standing.EXPIRED, "overdue", most);
        line(svg, Standing.WARNED, "due", most);
        boolean close = Math.abs(overdue - due) < 20;
        double apart = close ? (overdue <= due ? -8 : 8) : 0;
        label(svg, days.getLast().count(Standing.EXPIRED) + " overdue", overdue + apart);
        label(svg, days.getLast().count(Standing.WARNED) + " due soon", due - apart);
        return svg.end();
    }

    /** At most six lines, at numbers people count in: 1, 2, 5, 10, 20, … */
    private static int step(double most) {
        for (int ten = 1; ; ten *= 10) {
            for (int step : new int[] {ten, 2 * ten, 5 * ten}) {
                if (most / step <= 6) {
                    return step;
                }
            }
        }
    }

    private static double y(double count, double most) {
        return BOTTOM - count / most * (BOTTOM - TOP);
    }

    private double x(LocalDate day) {
        long from = days.getFirst().day().toEpochDay();
        long span = Math.max(1, days.getLast().day().toEpochDay() - from);
        return LEFT + (right - LEFT) * (day.toEpochDay() - from) / span;
    }

    private void date(Svg svg, LocalDate day, String anchor) {
        svg.element("text", DATE.format(day), "x", x(day), "y", 222, "text-anchor", anchor);
    }

    private void line(Svg svg, Standing standing, String look, double most) {
        String points = days.stream()
                .map(day -> Svg.number(x(day.day())) + "," + Svg.number(y(day.count(standing), most)))
                .collect(Collectors.joining(" "));
        svg.empty("path", "class", look + " ln", "d", "M" + points);
        svg.open("g", "class", look)
                .mark(look, right, y(days.getLast().count(standing), most), 12)
                .close();
    }

    private void label(Svg svg, String words, double y) {
        svg.element("text", words, "class", "strong", "x", right + 12, "y", y + 4);
    }
}
