package io.keyturn.app.render.html;

import io.keyturn.core.model.Standing;
import io.keyturn.core.report.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** All keys as one bar, parted by standing: widths are true, but none that is there is too thin to see. */
public final class StandingsBar {
    private static final double WIDTH = 1200;
    private static final double GAP = 3;
    private static final double LEAST = 4;

    private StandingsBar() {}

    /** So many of a standing. */
    public record Part(String look, int count, String word, String label) {}

    /** The standings that there are, in their order. */
    public static List<Part> parts(Map<Standing, Integer> counts) {
        List<Part> parts = new ArrayList<>();
        for (Standing standing : Standing.values()) {
            int count = counts.getOrDefault(standing, 0);
            if (count > 0) {
                parts.add(new Part(Look.of(standing), count, Words.of(standing), Look.label(standing)));
            }
        }
        return parts;
    }

    /** The bar as SVG; the counts go by the order of the standings. */
    public static String of(Map<Standing, Integer> counts) {
        Svg svg = new Svg("viewBox", "0 0 1200 10", "preserveAspectRatio", "none", "aria-hidden", "true");
        int sum = counts.values().stream().mapToInt(Integer::intValue).sum();
        long parts = counts.values().stream().filter(count -> count > 0).count();
        double room = WIDTH - GAP * Math.max(0, parts - 1);
        double thin = 0;
        double wide = 0;
        for (int count : counts.values()) {
            if (count > 0 && room * count / sum < LEAST) {
                thin += LEAST;
            } else {
                wide += count;
            }
        }
        double x = 0;
        for (Standing standing : Standing.values()) {
            int count = counts.getOrDefault(standing, 0);
            if (count > 0) {
                double width = room * count / sum < LEAST ? LEAST : (room - thin) * count / wide;
                svg.empty("rect", "class", Look.of(standing) + " f", "x", x, "width", width, "height", 10);
                x += width + GAP;
            }
        }
        return svg.end();
    }
}
