package io.keyturn.app.render;

import io.keyturn.core.report.Week;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** The steps to come, by week. */
final class WeekTable {
    private static final int NAMES = 18;

    /** From this width on there is a space between bars, and below the other no more than their sum beside them. */
    private static final int SPACED = 66;

    private static final int SUMS_ALONE = 54;

    private final int width;
    private final Paint paint;

    WeekTable(int width, Paint paint) {
        this.width = width;
        this.paint = paint;
    }

    List<String> lines(List<Week> weeks) {
        List<String> lines = new ArrayList<>();
        lines.add(paint.dim("next 13 weeks" + (width < SUMS_ALONE ? "" : "     if owners do nothing, a bar a week")));
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
        String bars = paint.bars(counts, max, width < SPACED ? "" : " ");
        String most = width < SUMS_ALONE ? "" : ", at most " + max + " a week";
        String total = sum == 0 ? "none" : sum + most;
        String text = KeyTable.pad(name, NAMES) + bars;
        return (colour.isEmpty() ? text : paint.sgr(colour, text)) + "   " + total;
    }
}
