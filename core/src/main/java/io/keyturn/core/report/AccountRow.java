package io.keyturn.core.report;

import java.util.List;

/**
 * One account as the summary shows it.
 *
 * @param ages keys by age, 30 days each, to 450 days; the last entry counts what is older
 * @param decisions keys that need a decision
 * @param state how well it was read
 * @param read that in words
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
        String read) {
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
