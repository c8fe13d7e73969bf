package io.keyturn.core.report;

/** The steps that fall into one week. */
public record Week(int notices, int rotations, int deactivations, int deletions) {
    /** How many weeks are looked ahead. */
    public static final int COUNT = 13;

    /** No step at all. */
    public static final Week EMPTY = new Week(0, 0, 0, 0);

    /** This with the steps of one more day. */
    Week plus(Day day) {
        return new Week(
                notices + day.notices(),
                rotations + day.rotations(),
                deactivations + day.deactivations(),
                deletions + day.deletions());
    }
}
