package io.keyturn.core.plan;

/**
 * What enforcing the policies today would do.
 *
 * @param atRisk overdue keys in use (used within the in-use window, or last use unknown)
 * @param firstWave overdue keys not in use: the ones to begin with
 */
public record Preview(int atRisk, int firstWave) {
    /** Nothing at all. */
    public static final Preview NONE = new Preview(0, 0);

    public Preview plus(Preview other) {
        return new Preview(atRisk + other.atRisk, firstWave + other.firstWave);
    }
}
