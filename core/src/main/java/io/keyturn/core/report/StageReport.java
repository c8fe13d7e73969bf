package io.keyturn.core.report;

import java.util.List;

/**
 * The stages of all places.
 *
 * @param rows by place
 * @param channel whether owners can be told at all
 * @param undone whether an undo was tried anywhere
 * @param failures a sentence for each account that could not be read
 */
public record StageReport(List<StageRow> rows, boolean channel, boolean undone, List<String> failures) {
    public StageReport {
        rows = List.copyOf(rows);
        failures = List.copyOf(failures);
    }

    /** Whether every account was read whole. */
    public boolean complete() {
        return failures.isEmpty() && rows.stream().allMatch(row -> row.unread().isEmpty());
    }

    /** What is missing before the next stage of that place is a good idea. */
    public List<String> missing(StageRow row) {
        return row.missing(channel, undone);
    }
}
