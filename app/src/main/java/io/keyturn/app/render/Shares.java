package io.keyturn.app.render;

/** Parts a width among counts. */
final class Shares {
    private Shares() {}

    /** Widths true to the counts that sum to {@code width}; what is there at all has at least one. */
    static int[] of(int width, int[] counts, int sum) {
        int[] parts = new int[counts.length];
        int given = 0;
        for (int i = 0; i < counts.length; i++) {
            parts[i] = counts[i] == 0 ? 0 : Math.max(1, (int) Math.round((double) counts[i] * width / sum));
            given += parts[i];
        }
        while (given != width) {
            // The widest part bears the rounding best.
            int widest = 0;
            for (int i = 1; i < parts.length; i++) {
                widest = parts[i] > parts[widest] ? i : widest;
            }
            parts[widest] += Integer.signum(width - given);
            given += Integer.signum(width - given);
        }
        return parts;
    }
}
