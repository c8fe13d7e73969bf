package io.keyturn.app.render.html;

import io.keyturn.core.policy.Limit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The two scales of a dot plot: days of age across, linear; days without use upward, as their square root, so that the
 * first month has room.
 *
 * @param oldest age at the right edge; older keys are drawn on it
 * @param longest time without use at the upper edge; longer ones are drawn on it
 */
record AgeScale(double oldest, double longest) {
    static final double LEFT = 84;
    static final double RIGHT = 566;
    static final double TOP = 84;
    static final double BOTTOM = 358;

    private static final int[] STEPS = {1, 2, 5, 10, 15, 30, 60, 90, 180, 365, 730, 1825};
    private static final int[] IDLE = {0, 1, 7, 15, 30, 45, 60, 90, 180, 365, 730};
    private static final int MOST_TICKS = 8;
    private static final double LEAST_GAP = 16;

    /** Beyond the limit there is room for a good quarter more of it, and for at most two and a half times as much. */
    static AgeScale of(long oldest, @Nullable Limit age, long longest, @Nullable Limit idle) {
        double limit = age == null ? 0 : age.expire().toDays();
        double right = age == null
                ? Math.max(30, oldest * 1.05)
                : Math.clamp(oldest * 1.05, Math.max(10, limit * 1.28), Math.max(30, limit * 2.5));
        double base = 1.5 * (idle == null ? 45 : Math.max(20, idle.expire().toDays()));
        return new AgeScale(right, Math.clamp(longest * 1.05, base, base * 2));
    }

    double x(double days) {
        return LEFT + Math.min(days, oldest) / oldest * (RIGHT - LEFT);
    }

    double y(double days) {
        return BOTTOM - Math.sqrt(Math.min(days, longest) / longest) * (BOTTOM - TOP);
    }

    /** Ages to label; one close to a limit gives way to it. */
    List<Integer> ages(@Nullable Limit age) {
        int step = STEPS[STEPS.length - 1];
        for (int i = STEPS.length - 1; i >= 0 && oldest / STEPS[i] <= MOST_TICKS; i--) {
            step = STEPS[i];
        }
        List<Integer> ticks = new ArrayList<>();
        int limit = age == null ? -step : (int) age.expire().toDays();
        for (int tick = 0; tick <= oldest; tick += step) {
            ticks.add(Math.abs(tick - limit) < step / 2.0 ? limit : tick);
        }
        return ticks.stream().distinct().toList();
    }

    /** Times without use to label, so many that they do not touch. */
    List<Integer> idles() {
        List<Integer> ticks = new ArrayList<>();
        double last = BOTTOM + LEAST_GAP * 2;
        for (int tick : IDLE) {
            double y = y(tick);
            if (tick <= longest && last - y >= LEAST_GAP && y >= TOP + LEAST_GAP / 2) {
                ticks.add(tick);
                last = y;
            }
        }
        return ticks;
    }
}
