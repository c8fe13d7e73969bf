package io.keyturn.app.render.html;

import io.keyturn.app.render.Safe;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.report.AccountRow;
import io.keyturn.core.report.AgeBars;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Ages of the keys of accounts, a small picture each on one scale, in two tones, with the limits as lines. */
final class AgePlot {
    private static final double LEFT = 28;
    private static final double RIGHT = 372;
    private static final double TOP = 22;
    private static final double BOTTOM = 176;
    private static final int LONGEST_NAME = 12;
    private static final int MOST_LABELS = 2;

    private final int bars;
    private final int step;
    private final double most;
    private final Map<Long, String> limits;

    /** @param all the accounts that are drawn */
    AgePlot(List<AgeBars> all, List<Policy> policies) {
        boolean older = all.stream().anyMatch(row -> row.sum(AccountRow.BARS) > 0);
        this.bars = older ? AccountRow.BARS + 1 : AccountRow.BARS;
        int highest = 1;
        for (AgeBars row : all) {
            for (int i = 0; i < bars; i++) {
                highest = Math.max(highest, row.sum(i));
            }
        }
        this.step = step(highest);
        this.most = highest * 1.12;
        this.limits = limits(policies);
    }

    /** At most four lines, at numbers people count in: 1, 2, 5, 10, 20, 50, … */
    private static int step(int highest) {
        for (int ten = 1; ; ten *= 10) {
            for (int step : new int[] {ten, 2 * ten, 5 * ten}) {
                if (highest / step <= 4) {
                    return step;
                }
            }
        }
    }

    /** The distinct limits with the policies that have them. */
    private static Map<Long, String> limits(List<Policy> policies) {
        Map<Long, List<String>> names = new TreeMap<>();
        for (Policy policy : policies) {
            if (policy.age() != null) {
                names.computeIfAbsent(policy.age().expire().toDays(), days -> new ArrayList<>())
                        .add(Safe.text(policy.name()));
            }
        }
        Map<Long, String> limits = new TreeMap<>();
        names.forEach((days, named) -> limits.put(
                days, named.size() == 1 && named.getFirst().length() <= LONGEST_NAME ? named.getFirst() : "limit"));
        return limits;
    }

    /** The limits in words, such as {@code 90 days for people, 365 for machines}; empty where there is none. */
    static String limitsInWords(List<Policy> policies) {
        return policies.stream()
                .filter(policy -> policy.age() != null)
                .map(policy -> policy.age().expire().toDays() + " days for " + Safe.text(policy.name()))
                .collect(Collectors.joining(", "));
    }

    private double width() {
        return (RIGHT - LEFT) / bars;
    }

    private double x(double days) {
        return LEFT + days / AccountRow.DAYS_A_BAR * width();
    }

    private double height(double count) {
        return count / most * (BOTTOM - TOP);
    }

    String draw(AgeBars row) {
        Svg svg = new Svg(
                "class",
                "plot",
                "viewBox",
                "0 0 380 210",
                "role",
                "img",
                "aria-label",
                "Ages of the " + row.keys() + " keys of " + Safe.text(row.account())
                        + ", thirty days a bar; as numbers below.");
        for (int count = 0; count < most; count += step) {
            double y = BOTTOM - height(count);
            svg.empty("path", "class", count == 0 ? "axis" : "grid", "d", "M28 " + Svg.number(y) + "H372");
            svg.element("text", Integer.toString(count), "x", 22, "y", y + 4, "text-anchor", "end");
        }
        for (int i = 0; i < bars; i++) {
            bar(svg, i, row.quiet().get(i), row.busy().get(i));
        }
        limits(svg);
        for (int days = 0; days <= 450; days += 90) {
            String anchor = days == 450 && bars == AccountRow.BARS ? "end" : "middle";
            svg.element("text", Integer.toString(days), "x", x(days), "y", 193, "text-anchor", anchor);
        }
        if (bars > AccountRow.BARS) {
            svg.element("text", "+", "x", x(450) + 15, "y", 193);
        }
        svg.element("text", "age in days →", "class", "strong", "x", 372, "y", 208, "text-anchor", "end");
        svg.element("text", "↑ keys", "class", "strong", "x", 0, "y", 12);
        return svg.end();
    }

    private void bar(Svg svg, int i, int quiet, int busy) {
        double x = LEFT + i * width() + 1.5;
        double y = BOTTOM - 0.7 - height(quiet);
        if (quiet > 0) {
            svg.empty("rect", "class", "healthy f", "x", x, "y", y, "width", width() - 3, "height", height(quiet));
        }
        if (busy > 0) {
            double gap = quiet > 0 ? 0.7 : 0;
            double top = y - height(busy) - gap;
            svg.empty("rect", "class", "todo", "x", x, "y", top, "width", width() - 3, "height", height(busy));
        }
    }

    private void limits(Svg svg) {
        int labels = 0;
        for (Map.Entry<Long, String> limit : limits.entrySet()) {
            if (limit.getKey() > 450) {
                continue;
            }
            double x = x(limit.getKey());
            svg.empty("path", "class", "lim", "d", "M" + Svg.number(x) + " 22V176");
            if (limits.size() <= MOST_LABELS || labels == 0) {
                boolean left = x > 200;
                svg.element(
                        "text",
                        limit.getValue() + " " + limit.getKey(),
                        "class",
                        "lim-t halo",
                        "x",
                        left ? x - 5 : x + 5,
                        "y",
                        30,
                        "text-anchor",
                        left ? "end" : "start");
                labels++;
            }
        }
    }

    /** The same as text. */
    static String numbers(AgeBars row) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i <= AccountRow.BARS; i++) {
            if (row.sum(i) > 0) {
                int from = i * AccountRow.DAYS_A_BAR;
                String range = i == AccountRow.BARS ? from + " d and older" : from + "–" + (from + 29) + " d";
                parts.add(range + " " + row.sum(i)
                        + (row.busy().get(i) > 0 ? " (" + row.busy().get(i) + " to do)" : ""));
            }
        }
        int known = row.quiet().stream().mapToInt(Integer::intValue).sum() + row.busySum();
        if (known < row.keys()) {
            parts.add("age not known " + (row.keys() - known));
        }
        return String.join(", ", parts);
    }
}
