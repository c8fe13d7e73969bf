package io.keyturn.core.assess;

import io.keyturn.core.model.LastUse;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What runs saw of the uses of one key. AWS tells the last use alone, so that uses between two runs count as one, and a
 * gap is as long as it may have been: longer than it was, never shorter.
 *
 * @param since when a run saw the key first: from then on it has a history of our own
 * @param first the first use seen; null where none was
 * @param last the last use seen; null where none was
 * @param longestGap the longest time between two uses that were seen one after the other
 */
public record Observed(
        Instant since, @Nullable Instant first, @Nullable Instant last, Duration longestGap) {
    /** Seen for the first time at that instant. */
    public static Observed begun(LastUse use, Instant now) {
        Instant used = use instanceof LastUse.Used known ? known.at() : null;
        return new Observed(now, used, used, Duration.ZERO);
    }

    /** With what a later run sees; itself where that is nothing new. What is not known is nothing new. */
    public Observed seeing(LastUse use) {
        if (!(use instanceof LastUse.Used(Instant at, String service, String region))
                || (last != null && !at.isAfter(last))) {
            return this;
        }
        Duration gap = last == null ? Duration.ZERO : Duration.between(last, at);
        return new Observed(since, first == null ? at : first, at, gap.compareTo(longestGap) > 0 ? gap : longestGap);
    }

    /** How long a key that is used so has to lie still before that says something: twice its longest gap. */
    public Duration stillness() {
        return longestGap.multipliedBy(2);
    }

    /** Whether the key is used more rarely than a limit of disuse foresees. */
    public boolean isPeriodic(Duration idleLimit) {
        return stillness().compareTo(idleLimit) > 0;
    }
}
