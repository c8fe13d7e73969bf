package io.keyturn.app.render;

import io.keyturn.core.report.Week;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** The next step of every key, by week. */
final class WeekTable {
    private static final int NAMES = 18;

    private final Paint paint;

    WeekTable(Paint paint) {
        this.paint = paint;
    }

    List<String> lines(List<Week> weeks) {
        List<String> lines = new ArrayList<>();
        lines.add(paint.dim("next 13 weeks     if owners do nothing, a bar a week"));
        lines.add(line(paint.either("○", "o") + " notices", "", weeks, Week::notices));
        lines.add(line(paint.either("◐", "%") + " rotations", "36", weeks, Week::rotations));
        lines.add(line(paint.either("‖", "=") + " deactivations", "33", weeks, Week::deactivations));
        lines.add(line(paint.either("×", "x") + " deletions", "31", weeks, Week::deletions));
        return lines;
    }

    private String line(String name, String colour, List<Week> weeks, ToIntFunction<Week> of) {
        List<Integer> counts = weeks.stream().map(of::applyAsInt).toList();
        int max = counts.stream().mapToInt(Integer::intValue).max().orElse(0);
        int sum = counts.stream().mapToInt(Integer::intValue).sum();
        String bars = paint.bars(counts, max, " ");
        String total = sum == 0 ? "none" : sum + ", at most " + max + " a week";
        String text = KeyTable.pad(name, NAMES) + bars;
        return (colour.isEmpty() ? text : paint.sgr(colour, text)) + "   " + total;
    }
}
