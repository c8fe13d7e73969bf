package io.keyturn.sandbox.world;

import java.time.Duration;

/**
 * How late the world's copies learn of a change, in its own time.
 *
 * @param newKey how long after it was made, or switched on again, a key begins to work
 * @param oldKey how much longer a key works that was switched off or deleted
 * @param staleFor how long after a write a read may still show what was before
 * @param staleShare the share of reads in that time that do, from 0 to 1
 * @param lastUse how long after a key was used that is told
 */
public record Consistency(Span newKey, Span oldKey, Duration staleFor, double staleShare, Span lastUse) {
    /** A stretch of time between two bounds. */
    public record Span(Duration least, Duration most) {
        public static final Span ZERO = new Span(Duration.ZERO, Duration.ZERO);

        public Span {
            if (least.isNegative() || most.compareTo(least) < 0) {
                throw new IllegalArgumentException("a span goes from 0 or more to no less: " + least + ", " + most);
            }
        }

        static Span seconds(long least, long most) {
            return new Span(Duration.ofSeconds(least), Duration.ofSeconds(most));
        }
    }

    /** As AWS does: 3 to 15 s until a key works, 3 to 4 s until it does not, lists up to 10 s old, last uses up to 10 min. */
    public static final Consistency REAL =
            new Consistency(Span.seconds(3, 15), Span.seconds(3, 4), Duration.ofSeconds(10), 0.5, Span.seconds(5, 600));

    /** The same, but lists are stale only where a fault makes them. */
    public static final Consistency STALE_ON_DEMAND =
            new Consistency(REAL.newKey, REAL.oldKey, REAL.staleFor, 0, REAL.lastUse);

    /** Everything is known everywhere at once. */
    public static final Consistency IMMEDIATE = new Consistency(Span.ZERO, Span.ZERO, Duration.ZERO, 0, Span.ZERO);

    public Consistency {
        if (staleFor.isNegative() || !(staleShare >= 0 && staleShare <= 1)) {
            throw new IllegalArgumentException(
                    "reads are stale for 0 s or longer, in a share from 0 to 1: " + staleFor + ", " + staleShare);
        }
    }
}
