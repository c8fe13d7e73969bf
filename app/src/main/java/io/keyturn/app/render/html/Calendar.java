package io.keyturn.app.render.html;

import io.keyturn.core.report.Day;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The coming days as weeks from Monday to Sunday, with their numbers. */
final class Calendar {
    private static final DateTimeFormatter FIRST = DateTimeFormatter.ofPattern("d MMM", Locale.ROOT);
    private static final DateTimeFormatter WEEK = DateTimeFormatter.ofPattern("MM-dd", Locale.ROOT);

    private Calendar() {}

    /** Steps of one kind on one day. */
    record Step(String look, int count, String word) {}

    /**
     * A day in its week.
     *
     * @param date empty outside the days that are looked at
     * @param looks classes
     */
    record Cell(String date, String label, String looks, List<Step> marks) {}

    /** A week, its Monday as the label. */
    record Row(String label, List<Cell> days, int steps) {}

    static List<Row> of(List<Day> days) {
        List<Row> weeks = new ArrayList<>();
        LocalDate first = days.getFirst().date();
        LocalDate last = days.getLast().date();
        for (LocalDate monday = first.with(DayOfWeek.MONDAY); !monday.isAfter(last); monday = monday.plusDays(7)) {
            List<Cell> cells = new ArrayList<>();
            int steps = 0;
            for (LocalDate date = monday; date.isBefore(monday.plusDays(7)); date = date.plusDays(1)) {
                boolean in = !date.isBefore(first) && !date.isAfter(last);
                cells.add(in ? cell(days.get((int) (date.toEpochDay() - first.toEpochDay())), first) : outside());
                steps += in
                        ? days.get((int) (date.toEpochDay() - first.toEpochDay()))
                                .steps()
                        : 0;
            }
            weeks.add(new Row(WEEK.format(monday), cells, steps));
        }
        return weeks;
    }

    private static Cell outside() {
        return new Cell("", "", "out", List.of());
    }

    private static Cell cell(Day day, LocalDate today) {
        List<Step> steps = new ArrayList<>();
        for (DayPlot.Kind kind : DayPlot.Kind.values()) {
            int count = kind.of(day);
            if (count > 0) {
                steps.add(new Step(kind.look(), count, kind.word(count)));
            }
        }
        LocalDate date = day.date();
        boolean month = date.equals(today) || date.getDayOfMonth() == 1;
        String looks = date.equals(today)
                ? "today"
                : date.getDayOfMonth() == 1
                        ? "month"
                        : date.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) >= 0 ? "rest" : "";
        return new Cell(
                date.toString(), month ? FIRST.format(date) : Integer.toString(date.getDayOfMonth()), looks, steps);
    }
}
