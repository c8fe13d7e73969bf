package io.keyturn.engine.catalog;

import io.keyturn.core.model.Standing;
import io.keyturn.core.report.OwnerRow;
import io.keyturn.engine.port.StoreFailure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The latest findings of every account, the totals of every day, and the last runs: what pages and trends are drawn from. A
 * cache that runs fill: nothing is decided on it, and losing it costs time and trend, never safety. Implementations are safe
 * for use by several threads and processes.
 */
public interface Catalog extends AutoCloseable {
    /** Replaces what is known of an account, and its keys. */
    void put(SeenAccount account, List<SeenKey> keys) throws StoreFailure;

    /** Replaces what is known of an account; its keys stay as they were last read. */
    void mark(SeenAccount account) throws StoreFailure;

    /** Forgets every account but these, by {@link SeenAccount#id}. */
    void keepOnly(Set<String> accounts) throws StoreFailure;

    /** Takes in how a run ended; a run of the same name is replaced. */
    void put(SeenRun run) throws StoreFailure;

    /** Replaces the plan of the last run. */
    void put(SeenPlan plan) throws StoreFailure;

    /** Replaces the totals of a day. */
    void put(DayTotal total) throws StoreFailure;

    /** All accounts, by name without regard to case. */
    List<SeenAccount> accounts() throws StoreFailure;

    /** The account of that {@link SeenAccount#id}. */
    Optional<SeenAccount> account(String id) throws StoreFailure;

    /** All accounts together. */
    SeenTotals totals() throws StoreFailure;

    /** What the first page shows: as cheap with 300,000 keys as with a hundred. */
    SeenOverview overview(SeenOverview.Most most) throws StoreFailure;

    /** One page of the keys that are asked for. */
    KeyPage keys(KeyQuery query) throws StoreFailure;

    /** How many keys of each standing are asked for, whatever standings the query names. */
    Map<Standing, Integer> counts(KeyQuery query) throws StoreFailure;

    /** The key of that {@link SeenKey#name}. */
    Optional<SeenKey> key(String name) throws StoreFailure;

    /** The owners and how their keys stand, with most to do first. */
    List<OwnerRow> owners() throws StoreFailure;

    /** The totals of all days, oldest first. */
    List<DayTotal> days() throws StoreFailure;

    /** The last runs, newest first. */
    List<SeenRun> runs(int most) throws StoreFailure;

    /** The plan of the last run; empty before the first. */
    Optional<SeenPlan> plan() throws StoreFailure;

    /** The same without its steps, as cheap for a long plan as for a short one. */
    Optional<SeenPlan.Brief> planned() throws StoreFailure;

    @Override
    void close();
}
