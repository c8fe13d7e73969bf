package io.keyturn.app.render.html;

import io.keyturn.core.policy.Limit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes names beside the marks of a dot plot, as many as find room. */
final class DotNames {
    private static final int MOST = 8;
    private static final int LONGEST = 24;
    private static final double LETTER = 6.6;
    private static final double HALF_LINE = 8;

    private final Svg svg;
    private final List<Box> taken = new ArrayList<>();

    /** A mark and what it is called. */
    record Named(String name, double x, double y) {}

    private record Box(double left, double right, double y) {
        boolean touches(Box other) {
            return left < other.right && other.left < right && Math.abs(y - other.y) < 2 * HALF_LINE;
        }
    }

    DotNames(Svg svg, @Nullable Limit age, @Nullable Limit idle, AgeScale scale) {
        this.svg = svg;
        if (age != null) {
            taken.add(new Box(
                    scale.x(age.warn().toDays()) - 95, scale.x(age.expire().toDays()) + 95, 92));
        }
        if (idle != null) {
            taken.add(new Box(84, 240, scale.y(idle.warn().toDays()) - 9));
            taken.add(new Box(84, 240, scale.y(idle.expire().toDays()) - 9));
        }
    }

    void write(List<Named> marks) {
        int written = 0;
        // The name of one mark does not hide another's.
        marks.stream().limit(200).forEach(mark -> taken.add(new Box(mark.x() - 5, mark.x() + 5, mark.y())));
        for (Named mark : marks) {
            if (written < MOST && mark.name().length() <= LONGEST && (place(mark, true) || place(mark, false))) {
                written++;
            }
        }
    }

    private boolean place(Named mark, boolean right) {
        double length = mark.name().length() * LETTER;
        double left = right ? mark.x() + 8.5 : mark.x() - 8.5 - length;
        Box box = new Box(left, left + length, mark.y());
        if (left < AgeScale.LEFT + 2 || left + length > 580 || taken.stream().anyMatch(box::touches)) {
            return false;
        }
        taken.add(box);
        svg.element(
                "text",
                mark.name(),
                "class",
                "halo wide",
                "x",
                right ? mark.x() + 8.5 : mark.x() - 8.5,
                "y",
                mark.y() + 4,
                "text-anchor",
                right ? "start" : "end");
        return true;
    }
}
