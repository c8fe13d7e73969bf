package io.keyturn.core.report;

import io.keyturn.core.model.ReadVia;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One account as the summary shows it.
 *
 * @param ages keys by age, 30 days each, to 450 days; the last entry counts what is older
 * @param decisions keys that need a decision
 * @param state how well it was read
 * @param read that in words
 * @param via how it was read; null where it was not
 * @param asOf the age of the oldest thing that was read; null where nothing was
 */
public record AccountRow(
        String name,
        String id,
        int users,
        int keys,
        int healthy,
        List<Integer> ages,
        int decisions,
        State state,
        String read,
        @Nullable ReadVia via,
        @Nullable Instant asOf) {
    /** How many days of age a bar counts. */
    public static final int DAYS_A_BAR = 30;

    /** Number of bars of {@link #ages}, the one for older keys not counted. */
    public static final int BARS = 15;

    /** How well an account was read. */
    public enum State {
        WHOLE,
        PARTLY,
        FAILED,
        SKIPPED
    }

    public AccountRow {
        ages = List.copyOf(ages);
    }
}
