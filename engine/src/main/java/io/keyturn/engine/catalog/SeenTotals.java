package io.keyturn.engine.catalog;

import io.keyturn.core.model.Standing;
import io.keyturn.core.policy.Stage;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All accounts together, as runs last saw them.
 *
 * @param accounts how many there are
 * @param failed how many of them could not be read
 * @param counts keys by standing
 * @param decisions keys that need a decision within a week of their reading
 * @param at when a run last looked at any of them; null where none did
 * @param stage the furthest that Keyturn may go in any of them; null where none was read
 */
public record SeenTotals(
        int accounts,
        int failed,
        Map<Standing, Integer> counts,
        int decisions,
        @Nullable Instant at,
        @Nullable Stage stage) {
    public SeenTotals {
        counts = Map.copyOf(counts);
    }

    /** How many keys stand so. */
    public int count(Standing standing) {
        return counts.getOrDefault(standing, 0);
    }

    /** Keys of all standings. */
    public int keys() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
