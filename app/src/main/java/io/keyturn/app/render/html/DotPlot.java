package io.keyturn.app.render.html;

import io.keyturn.app.render.Safe;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Standing;
import io.keyturn.core.policy.Limit;
import io.keyturn.core.report.Attention;
import io.keyturn.core.report.PolicyKeys;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The keys of one policy, a mark each: age across, time without use upward, the limits as lines. */
final class DotPlot {
    /** So many marks are links with a label; all others are drawn, and told by their rows of the table. */
    private static final int MOST_LINKS = 300;

    private static final int MOST_TITLES = 500;
    private static final double NOT_KNOWN = 38;
    private static final double NEVER_USED = 66;
    private static final double MARK = 10.5;
    private static final double DOT = 8;

    private final PolicyKeys row;
    private final @Nullable Limit age;
    private final @Nullable Limit idle;
    private final Anchors anchors;
    private final ReportDates dates;
    private final Instant now;
    private final AgeScale scale;

    DotPlot(PolicyKeys row, Anchors anchors, ReportDates dates, Instant now) {
        this.row = row;
        this.age = row.policy() == null ? null : row.policy().age();
        this.idle = row.policy() == null ? null : row.policy().idle();
        this.anchors = anchors;
        this.dates = dates;
        this.now = now;
        long oldest = 0;
        long longest = 0;
        for (Attention key : row.keys()) {
            Long days = key.finding().ageDays();
            oldest = Math.max(oldest, days == null ? 0 : days);
            longest = Math.max(longest, used(key.finding()) ? idleDays(key.finding()) : 0);
        }
        this.scale = AgeScale.of(oldest, age, longest, idle);
    }

    private static boolean used(Finding finding) {
        return finding.lastUse() instanceof LastUse.Used && finding.idleDays() != null;
    }

    private static long idleDays(Finding finding) {
        Long days = finding.idleDays();
        return days == null ? 0 : days;
    }

    /** What is drawn at an edge, since it lies beyond, or not at all; empty where nothing is. */
    String beyond() {
        long older = count(key -> key.ageDays() != null && key.ageDays() > scale.oldest());
        long longer = count(key -> used(key) && idleDays(key) > scale.longest());
        long without = count(key -> key.ageDays() == null);
        StringBuilder words = new StringBuilder();
        say(words, older, "older than " + (long) scale.oldest() + " days: drawn at the right edge");
        say(words, longer, "unused for longer than " + (long) scale.longest() + " days: drawn at the upper edge");
        say(words, without, "of unknown age: not drawn");
        return words.toString();
    }

    private static void say(StringBuilder words, long count, String what) {
        if (count > 0) {
            words.append(words.isEmpty() ? "" : "; ").append(count).append(' ').append(what);
        }
    }

    private long count(Predicate<Finding> which) {
        return row.keys().stream().map(Attention::finding).filter(which).count();
    }

    /** Whether any key has a place in it. */
    boolean shows() {
        return row.keys().stream().anyMatch(key -> key.finding().ageDays() != null);
    }

    String draw() {
        Svg svg = new Svg(
                "class",
                "plot big",
                "viewBox",
                "0 0 580 404",
                "role",
                "group",
                "aria-label",
                row.keys().size() + " keys, age against days since last use. The same keys are rows of the table.");
        ground(svg);
        limits(svg);
        marks(svg);
        new DotNames(svg, age, idle, scale).write(named());
        return svg.end();
    }

    private void ground(Svg svg) {
        band(svg, "not known", NOT_KNOWN);
        band(svg, "never used", NEVER_USED);
        List<Integer> idles = scale.idles();
        for (int i = 0; i < idles.size(); i++) {
            double y = scale.y(idles.get(i));
            svg.empty("path", "class", i == 0 ? "axis" : "grid", "d", "M84 " + Svg.number(y) + "H566");
            boolean wide = idles.get(i) == 1 || idles.get(i) == 15 || idles.get(i) == 60;
            tick(svg, idles.get(i), 76, y + 4, "end", wide);
        }
        List<Integer> ages = scale.ages(age);
        for (int i = 0; i < ages.size(); i++) {
            boolean limit = age != null && ages.get(i) == age.expire().toDays();
            tick(svg, ages.get(i), scale.x(ages.get(i)), 377, "middle", i % 2 == 1 && !limit);
        }
        svg.element("text", "age in days →", "class", "strong", "x", 566, "y", 398, "text-anchor", "end");
        svg.element("text", "↑ days since last use", "class", "strong", "x", 0, "y", 12);
    }

    private static void band(Svg svg, String name, double y) {
        svg.empty("rect", "class", "band", "x", 84, "y", y - 12, "width", 482, "height", 24, "rx", 2);
        svg.element("text", name, "x", 76, "y", y + 4, "text-anchor", "end");
    }

    private static void tick(Svg svg, int days, double x, double y, String anchor, boolean wide) {
        svg.element(
                "text", Integer.toString(days), "class", wide ? "wide" : "tick", "x", x, "y", y, "text-anchor", anchor);
    }

    private void limits(Svg svg) {
        if (age != null) {
            upright(svg, "warn", age.warn().toDays(), true);
            upright(svg, "limit", age.expire().toDays(), false);
        }
        if (idle != null) {
            level(svg, "warn", idle.warn().toDays(), true);
            level(svg, "limit", idle.expire().toDays(), false);
        }
    }

    private void upright(Svg svg, String word, long days, boolean warn) {
        double x = scale.x(days);
        svg.empty("path", "class", warn ? "lim warn" : "lim", "d", "M" + Svg.number(x) + " 84V358");
        label(svg, word, " " + days + " days", warn ? x - 5 : x + 5, 96, warn ? "end" : "start");
    }

    private void level(Svg svg, String word, long days, boolean warn) {
        double y = scale.y(days);
        svg.empty("path", "class", warn ? "lim warn" : "lim", "d", "M84 " + Svg.number(y) + "H566");
        label(svg, word, " " + days + " days unused", 92, y - 5, "start");
    }

    private static void label(Svg svg, String word, String rest, double x, double y, String anchor) {
        svg.open("text", "class", "lim-t halo", "x", x, "y", y, "text-anchor", anchor)
                .text(word)
                .element("tspan", rest, "class", "wide")
                .close();
    }

    /** Healthy ones first, so that the others lie on top; of very many, the worst are links. */
    private void marks(Svg svg) {
        List<Attention> drawn = row.keys().stream()
                .filter(key -> key.finding().ageDays() != null)
                .sorted(Comparator.comparing((Attention key) -> key.finding().standing())
                        .reversed())
                .toList();
        List<Attention> others = drawn.stream()
                .filter(key -> key.finding().standing() != Standing.HEALTHY)
                .toList();
        List<Attention> healthy = drawn.subList(0, drawn.size() - others.size());
        if (drawn.size() <= MOST_TITLES) {
            healthy.forEach(key -> titled(svg, key));
        } else {
            dots(svg, healthy);
        }
        int plain = Math.max(0, others.size() - MOST_LINKS);
        plain(svg, others.subList(0, plain));
        others.subList(plain, others.size()).forEach(key -> link(svg, key));
    }

    private void titled(Svg svg, Attention key) {
        svg.open("g", "class", "healthy soft")
                .mark("healthy", x(key), y(key.finding()), DOT)
                .element("title", KeyRow.sentence(key, dates))
                .close();
    }

    /** Very many healthy keys are one path of dots. */
    private void dots(Svg svg, List<Attention> keys) {
        Set<String> places = new LinkedHashSet<>();
        keys.forEach(key -> places.add("M" + Math.round(x(key)) + " " + Math.round(y(key.finding())) + "h0"));
        if (!places.isEmpty()) {
            svg.empty("path", "class", "healthy dots", "d", String.join("", places));
        }
    }

    /** Marks without words, one where several would lie on each other. */
    private void plain(Svg svg, List<Attention> keys) {
        Map<Standing, Set<List<Long>>> places = new LinkedHashMap<>();
        for (Attention key : keys) {
            places.computeIfAbsent(key.finding().standing(), any -> new LinkedHashSet<>())
                    .add(List.of(Math.round(x(key)), Math.round(y(key.finding()))));
        }
        places.forEach((standing, of) -> {
            svg.open("g", "class", Look.of(standing));
            of.forEach(place -> svg.mark(Look.of(standing), place.getFirst(), place.getLast(), 10));
            svg.close();
        });
    }

    private void link(Svg svg, Attention key) {
        String look = Look.of(key.finding().standing());
        String words = KeyRow.sentence(key, dates);
        svg.open("a", "class", look, "href", "#" + anchors.of(key.finding().credential()), "aria-label", words)
                .element("title", words)
                .mark(look, x(key), y(key.finding()), MARK)
                .close();
    }

    private double x(Attention key) {
        Long days = key.finding().ageDays();
        return scale.x(days == null ? 0 : days);
    }

    private double y(Finding finding) {
        return switch (finding.lastUse()) {
            case LastUse.NeverUsed() -> NEVER_USED;
            case LastUse.Unknown unknown -> NOT_KNOWN;
            case LastUse.Used used -> scale.y(idleDays(finding));
        };
    }

    /** Where the keys with a decision are, and what they are called, the worst first; in a crowd only leaked ones. */
    private List<DotNames.Named> named() {
        boolean crowd = row.keys().size() > MOST_TITLES;
        return row.keys().stream()
                .filter(key -> !crowd || key.finding().standing() == Standing.LEAKED)
                .filter(key -> key.needsDecision(now) && key.finding().ageDays() != null)
                .sorted(Comparator.comparing(key -> key.finding().standing()))
                .map(key -> new DotNames.Named(name(key), x(key), y(key.finding())))
                .toList();
    }

    private static String name(Attention key) {
        String user = Safe.text(key.finding().credential().principal().display());
        return key.finding().standing() == Standing.LEAKED ? user + ", leaked" : user;
    }
}
