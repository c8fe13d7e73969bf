package io.keyturn.engine.catalog;

import io.keyturn.core.report.Day;
import io.keyturn.core.report.OwnerRow;
import java.util.List;
import java.util.Optional;

/**
 * What the first page shows, all of one state of the catalog.
 *
 * @param accounts those with most decisions, and of as many by name
 * @param unread the first by name that were not read whole
 * @param days the steps of the days on which any account has some, if owners do nothing, oldest first
 * @param agenda the first keys to decide, and how many there are
 * @param owners those with most to do
 * @param ownersAll how many owners there are, nobody counted as one
 * @param trend the totals of all days, oldest first
 * @param plan that of the last run; empty before the first
 */
public record SeenOverview(
        SeenTotals totals,
        List<SeenAccount> accounts,
        List<SeenAccount> unread,
        List<Day> days,
        KeyPage agenda,
        List<OwnerRow> owners,
        int ownersAll,
        List<DayTotal> trend,
        Optional<SeenPlan.Brief> plan) {
    public SeenOverview {
        accounts = List.copyOf(accounts);
        unread = List.copyOf(unread);
        days = List.copyOf(days);
        owners = List.copyOf(owners);
        trend = List.copyOf(trend);
    }

    /**
     * How many of each it names.
     *
     * @param accounts of those with most decisions, and of those that were not read whole
     * @param keys of the first to decide
     * @param owners of those with most to do
     */
    public record Most(int accounts, int keys, int owners) {}
}
