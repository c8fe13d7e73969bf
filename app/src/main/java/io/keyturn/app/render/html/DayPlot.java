package io.keyturn.app.render.html;

import io.keyturn.core.policy.Step;
import io.keyturn.core.report.Day;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;

/** The steps of the coming days in four strips, a bar a day, on one scale. */
final class DayPlot {
    private static final double WIDTH = 680;
    private static final double STRIP = 80;
    private static final double HIGHEST = 42;
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMM", Locale.ROOT);

    /** A kind of step: its words, and how many of it a day has. */
    enum Kind {
        NOTICES("notice", Step.REMIND, Day::notices),
        ROTATIONS("rotation", Step.ROTATE, Day::rotations),
        DEACTIVATIONS("deactivation", Step.DEACTIVATE, Day::deactivations),
        DELETIONS("deletion", Step.DELETE, Day::deletions);

        private final String word;
        private final Step step;
        private final ToIntFunction<Day> count;

        Kind(String word, Step step, ToIntFunction<Day> count) {
            this.word = word;
            this.step = step;
            this.count = count;
        }

        int of(Day day) {
            return count.applyAsInt(day);
        }

        String look() {
            return Look.of(step);
        }

        /** So many of it. */
        String words(int number) {
            return number + " " + word(number);
        }

        /** The word for so many of it. */
        String word(int number) {
            return number == 1 ? word : word + "s";
        }

        int sum(List<Day> days) {
            return days.stream().mapToInt(count).sum();
        }

        int most(List<Day> days) {
            return days.stream().mapToInt(count).max().orElse(0);
        }
    }

    private final List<Day> days;
    private final double unit;
    private final double day;

    DayPlot(List<Day> days) {
        this.days = days;
        int most = 1;
        for (Kind kind : Kind.values()) {
            most = Math.max(most, kind.most(days));
        }
        this.unit = HIGHEST / Math.max(5, most);
        this.day = WIDTH / days.size();
    }

    String draw() {
        Svg svg = new Svg(
                "class",
                "plot strip",
                "viewBox",
                "0 0 680 344",
                "role",
                "img",
                "aria-label",
                "Steps a day for the next thirteen weeks in four rows: notices, rotations, deactivations, deletions."
                        + " The calendar below has the numbers.");
        weekends(svg);
        for (Kind kind : Kind.values()) {
            strip(svg, kind);
        }
        months(svg);
        svg.empty("path", "class", "lim", "d", "M.5 0V328");
        svg.element("text", "today", "class", "lim-t wide", "x", 5, "y", 336);
        return svg.end();
    }

    private void weekends(Svg svg) {
        for (int i = 0; i < days.size(); i++) {
            DayOfWeek weekday = days.get(i).date().getDayOfWeek();
            if (weekday == DayOfWeek.SATURDAY || weekday == DayOfWeek.SUNDAY && i == 0) {
                int length = weekday == DayOfWeek.SATURDAY && i + 1 < days.size() ? 2 : 1;
                svg.empty("rect", "class", "band", "x", i * day, "y", 0, "width", length * day, "height", 320);
            }
        }
    }

    private void strip(Svg svg, Kind kind) {
        double base = kind.ordinal() * STRIP + 74.5;
        String title = kind.words(kind.sum(days));
        int most = kind.most(days);
        svg.empty("path", "class", "axis", "d", "M0 " + Svg.number(base) + "H680");
        svg.open("g", "class", kind.look())
                .mark(kind.look(), 13, base - 58.5, 10)
                .close();
        svg.open("text", "class", "strong", "x", 26, "y", base - 54.5).text(title);
        if (most > 0) {
            svg.element("tspan", ", at most " + most + " a day", "class", "soft-t wide");
        }
        svg.close().open("g", "class", kind.look());
        for (int i = 0; i < days.size(); i++) {
            int count = kind.of(days.get(i));
            if (count > 0) {
                double height = count * unit;
                svg.open(
                                "rect",
                                "class",
                                "f",
                                "x",
                                i * day + 1,
                                "y",
                                base - 0.5 - height,
                                "width",
                                day - 1.9,
                                "height",
                                height)
                        .element("title", days.get(i).date() + ": " + kind.words(count))
                        .close();
            }
        }
        svg.close();
    }

    private void months(Svg svg) {
        for (int i = 1; i < days.size(); i++) {
            LocalDate date = days.get(i).date();
            // A name right beside "today" or the edge would run into it.
            if (date.getDayOfMonth() == 1 && i > 5 && i < days.size() - 4) {
                svg.empty("path", "class", "axis", "d", "M" + Svg.number(i * day) + " 320v8");
                svg.element("text", MONTH.format(date), "x", i * day + 4, "y", 336);
            }
        }
    }
}
