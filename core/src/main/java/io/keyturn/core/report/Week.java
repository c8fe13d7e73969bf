package io.keyturn.core.report;

/** The steps that fall into one week. */
public record Week(int notices, int rotations, int deactivations, int deletions) {
    /** How many weeks are looked ahead. */
    public static final int COUNT = 13;

    /** No step at all. */
    public static final Week EMPTY = new Week(0, 0, 0, 0);
}
