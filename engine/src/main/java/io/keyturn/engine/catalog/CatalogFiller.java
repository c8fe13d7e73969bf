package io.keyturn.engine.catalog;

import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.Standing;
import io.keyturn.core.model.UserId;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.Plan;
import io.keyturn.core.plan.Scheduled;
import io.keyturn.core.report.AccountRow;
import io.keyturn.core.report.Attention;
import io.keyturn.core.report.Summary;
import io.keyturn.core.report.Words;
import io.keyturn.engine.port.StoreFailure;
import io.keyturn.engine.run.AccountOutcome;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Fills a catalog while a run goes through its accounts. */
public final class CatalogFiller {
    private final Catalog catalog;
    private final Instant now;
    private final Set<String> seen = new HashSet<>();
    private final Map<AccountId, String> names = new HashMap<>();
    /** Names of the keys that share their second with an earlier one. */
    private final Map<CredentialId, String> twins = new HashMap<>();

    private final List<SeenPlan.Row> held = new ArrayList<>();
    /** How many keys that work are so many days old. */
    private final TreeMap<Long, Integer> ages = new TreeMap<>();

    private boolean nameless;
    private boolean complete = true;

    /** @param now the instant of the run */
    public CatalogFiller(Catalog catalog, Instant now) {
        this.catalog = catalog;
        this.now = now;
    }

    /** How many accounts were taken in. */
    public int accounts() {
        return seen.size();
    }

    /** Whether everything that was taken in was read whole. */
    public boolean complete() {
        return complete;
    }

    /** Takes in one account. */
    public void account(AccountOutcome outcome) throws StoreFailure {
        switch (outcome) {
            case AccountOutcome.Surveyed found -> surveyed(found);
            case AccountOutcome.Skipped(String label, String id, String why) ->
                put(empty(label, id, AccountRow.State.SKIPPED, why));
            case AccountOutcome.Failed failed -> failed(failed);
        }
    }

    private void surveyed(AccountOutcome.Surveyed found) throws StoreFailure {
        Summary summary = new Summary(now, true, false);
        summary.surveyed(found.snapshot(), found.findings(), found.plan(), finding -> true);
        complete &= summary.complete();
        names.put(found.snapshot().account().id(), found.snapshot().account().name());
        List<SeenKey> keys = keys(summary, found);
        found.plan().next().stream()
                .filter(next -> !next.at().isAfter(now) && next.hold() != null && next.heldBy() == null)
                .forEach(next -> held.add(heldRow(next, found)));
        Map<Standing, Integer> counts = new EnumMap<>(Standing.class);
        for (Standing standing : Standing.values()) {
            counts.put(standing, summary.count(standing));
        }
        SeenAccount account = new SeenAccount(
                summary.accounts().getFirst(),
                counts,
                found.plan().stage(),
                summary.days(),
                found.snapshot().notes(),
                now);
        seen.add(account.id());
        catalog.put(account, keys);
    }

    private List<SeenKey> keys(Summary summary, AccountOutcome.Surveyed found) {
        Set<UserId> signingIn = found.signingIn();
        List<SeenKey> keys = new ArrayList<>();
        Map<String, Integer> taken = new HashMap<>();
        List<Attention> inOrder = new ArrayList<>(summary.shown(ZoneOffset.UTC));
        // Keys of one second are told apart by their order, which must not change with how they stand.
        inOrder.sort(Comparator.comparing(key -> text(key.finding().credential())));
        for (Attention key : inOrder) {
            CredentialId id = key.finding().credential();
            Long age = key.finding().ageDays();
            if (Boolean.TRUE.equals(key.finding().active()) && age != null) {
                ages.merge(age, 1, Integer::sum);
            }
            int number = taken.merge(SeenKey.nameOf(id, 0), 1, Integer::sum) - 1;
            if (number > 0) {
                twins.put(id, SeenKey.nameOf(id, number));
            }
            keys.add(new SeenKey(SeenKey.nameOf(id, number), key, now, found.clues(id, signingIn)));
        }
        return keys;
    }

    private String keyOf(CredentialId id) {
        String twin = twins.get(id);
        return twin == null ? SeenKey.nameOf(id, 0) : twin;
    }

    private static String text(CredentialId id) {
        return String.valueOf(id.slot()) + id.keyId();
    }

    private void failed(AccountOutcome.Failed failed) throws StoreFailure {
        complete = false;
        nameless |= failed.id().isEmpty();
        SeenAccount empty = empty(
                failed.label(),
                failed.id(),
                AccountRow.State.FAILED,
                failed.problem().sentence());
        seen.add(empty.id());
        Optional<SeenAccount> known = catalog.account(empty.id());
        if (known.isPresent()) {
            catalog.mark(known.get().missed(failed.problem().sentence(), now));
        } else {
            catalog.put(empty, List.of());
        }
    }

    private void put(SeenAccount account) throws StoreFailure {
        seen.add(account.id());
        catalog.put(account, List.of());
    }

    private SeenAccount empty(String label, String id, AccountRow.State state, String why) {
        AccountRow row = new AccountRow(
                label, id, 0, 0, 0, Collections.nCopies(AccountRow.BARS + 1, 0), 0, state, why, null, null);
        return new SeenAccount(row, Map.of(), null, List.of(), List.of(), now);
    }

    /**
     * Ends the reading: totals of the day, and the plan.
     *
     * @param all whether the run was asked for every account, so that what it did not see is gone
     * @param run the name of the run
     */
    public void end(Plan plan, String run, boolean all) throws StoreFailure {
        // Whoever could not be named may be one of those that were not seen.
        if (all && !nameless) {
            catalog.keepOnly(seen);
        }
        SeenTotals totals = catalog.totals();
        catalog.put(new DayTotal(
                LocalDate.ofInstant(now, ZoneOffset.UTC),
                totals.counts(),
                totals.decisions(),
                all && complete ? median() : null));
        List<SeenPlan.Row> rows = new ArrayList<>();
        plan.actions().forEach(action -> rows.add(row(action, SeenPlan.State.DUE, null)));
        plan.deferred()
                .forEach(put -> rows.add(row(
                        put.action(),
                        SeenPlan.State.DEFERRED,
                        "put off by the limit " + put.cap() + ": " + put.limit() + " allowed, " + put.selected()
                                + " of " + put.total() + " taken")));
        rows.addAll(held);
        catalog.put(new SeenPlan(plan.hash(), run, now, complete, rows, plan.changes()));
    }

    /** Of the ages of keys that work; null where none is known. */
    private @Nullable Double median() {
        long known = ages.values().stream().mapToLong(Integer::longValue).sum();
        if (known == 0) {
            return null;
        }
        return (aged((known - 1) / 2) + aged(known / 2)) / 2.0;
    }

    /** The age of the key that so many are younger than. */
    private long aged(long younger) {
        long passed = 0;
        for (Map.Entry<Long, Integer> age : ages.entrySet()) {
            passed += age.getValue();
            if (passed > younger) {
                return age.getKey();
            }
        }
        return ages.lastKey();
    }

    private SeenPlan.Row row(Action action, SeenPlan.State state, @Nullable String more) {
        String why = action.reasons().isEmpty()
                ? "–"
                : Words.sentence(action.reasons().getFirst());
        CredentialId id = action.credential();
        String name = names.getOrDefault(id.account(), id.account().value());
        return new SeenPlan.Row(action.verb(), action.step(), id, keyOf(id), name, why, state, more);
    }

    private SeenPlan.Row heldRow(Scheduled next, AccountOutcome.Surveyed found) {
        String why = found.findings().stream()
                .filter(finding -> finding.credential().equals(next.credential()))
                .map(Finding::reasons)
                .filter(reasons -> !reasons.isEmpty())
                .map(reasons -> Words.sentence(reasons.getFirst()))
                .findFirst()
                .orElse("–");
        return new SeenPlan.Row(
                next.step().label(),
                next.step(),
                next.credential(),
                keyOf(next.credential()),
                found.snapshot().account().name(),
                why,
                SeenPlan.State.HELD,
                next.hold() == null ? null : next.hold().sentence());
    }
}
