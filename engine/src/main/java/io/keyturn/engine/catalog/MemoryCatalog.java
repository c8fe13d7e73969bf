package io.keyturn.engine.catalog;

import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Standing;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.report.AccountRow;
import io.keyturn.core.report.Attention;
import io.keyturn.core.report.Day;
import io.keyturn.core.report.OwnerRow;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A catalog that ends with the process: for simulations, and what the lasting ones are compared with. */
public final class MemoryCatalog implements Catalog {
    private final Map<String, SeenAccount> accounts = new HashMap<>();
    private final Map<String, List<SeenKey>> keys = new HashMap<>();
    private final Map<LocalDate, DayTotal> days = new TreeMap<>();
    private final Map<String, SeenRun> runs = new HashMap<>();
    private @Nullable SeenPlan plan;

    @Override
    public synchronized void put(SeenAccount account, List<SeenKey> found) {
        accounts.put(account.id(), account);
        keys.put(account.id(), List.copyOf(found));
    }

    @Override
    public synchronized void mark(SeenAccount account) {
        accounts.put(account.id(), account);
    }

    @Override
    public synchronized void keepOnly(Set<String> kept) {
        accounts.keySet().retainAll(kept);
        keys.keySet().retainAll(kept);
    }

    @Override
    public synchronized void put(SeenRun run) {
        runs.put(run.name(), run);
    }

    @Override
    public synchronized void put(SeenPlan made) {
        plan = made;
    }

    @Override
    public synchronized void put(DayTotal total) {
        days.put(total.day(), total);
    }

    @Override
    public synchronized List<SeenAccount> accounts() {
        return accounts.values().stream().sorted(SeenAccount.BY_NAME).toList();
    }

    @Override
    public synchronized Optional<SeenAccount> account(String id) {
        return Optional.ofNullable(accounts.get(id));
    }

    @Override
    public synchronized SeenTotals totals() {
        int decisions = 0;
        int failed = 0;
        Instant at = null;
        Stage stage = null;
        for (SeenAccount account : accounts.values()) {
            decisions += account.row().decisions();
            failed += account.row().state() == AccountRow.State.FAILED ? 1 : 0;
            at = at == null || account.at().isAfter(at) ? account.at() : at;
            Stage own = account.stage();
            stage = own != null && (stage == null || own.compareTo(stage) > 0) ? own : stage;
        }
        return new SeenTotals(accounts.size(), failed, counts(KeyQuery.ALL), decisions, at, stage);
    }

    @Override
    public synchronized SeenOverview overview(SeenOverview.Most most) {
        Comparator<SeenAccount> byDecisions =
                Comparator.comparing(account -> -account.row().decisions());
        List<OwnerRow> owners = owners();
        return new SeenOverview(
                totals(),
                accounts().stream().sorted(byDecisions).limit(most.accounts()).toList(),
                accounts().stream()
                        .filter(SeenAccount::notWhole)
                        .limit(most.accounts())
                        .toList(),
                coming(),
                keys(KeyQuery.toDecide(most.keys())),
                owners.stream().limit(most.owners()).toList(),
                owners.size(),
                days(),
                planned());
    }

    private List<Day> coming() {
        Map<LocalDate, Day> sums = new TreeMap<>();
        accounts.values().stream()
                .flatMap(account -> account.days().stream())
                .filter(day -> day.steps() > 0)
                .forEach(day -> sums.merge(day.date(), day, Day::plus));
        return List.copyOf(sums.values());
    }

    @Override
    public synchronized KeyPage keys(KeyQuery query) {
        List<SeenKey> found = matching(query)
                .filter(key -> query.standings().isEmpty() || query.standings().contains(standing(key)))
                .sorted(order(query))
                .toList();
        return new KeyPage(
                found.stream()
                        .skip((long) query.page() * query.size())
                        .limit(query.size())
                        .toList(),
                found.size());
    }

    private Stream<SeenKey> matching(KeyQuery query) {
        return keys.values().stream().flatMap(List::stream).filter(query::matches);
    }

    @Override
    public synchronized Map<Standing, Integer> counts(KeyQuery query) {
        Map<Standing, Integer> counts = new EnumMap<>(Standing.class);
        matching(query).forEach(key -> counts.merge(standing(key), 1, Integer::sum));
        return counts;
    }

    @Override
    public synchronized Optional<SeenKey> key(String name) {
        return keys.values().stream()
                .flatMap(List::stream)
                .filter(key -> key.name().equals(name))
                .findFirst();
    }

    @Override
    public synchronized List<OwnerRow> owners() {
        List<Attention> all =
                keys.values().stream().flatMap(List::stream).map(SeenKey::key).toList();
        return OwnerRow.of(all);
    }

    @Override
    public synchronized List<DayTotal> days() {
        return List.copyOf(days.values());
    }

    @Override
    public synchronized List<SeenRun> runs(int most) {
        return runs.values().stream()
                .sorted(Comparator.comparing(SeenRun::began)
                        .reversed()
                        .thenComparing(SeenRun::name, Comparator.reverseOrder()))
                .limit(most)
                .toList();
    }

    @Override
    public synchronized Optional<SeenPlan> plan() {
        return Optional.ofNullable(plan);
    }

    @Override
    public synchronized Optional<SeenPlan.Brief> planned() {
        return plan().map(SeenPlan::brief);
    }

    @Override
    public void close() {
        // What it holds is let go with it.
    }

    private static Standing standing(SeenKey key) {
        return key.key().finding().standing();
    }

    private static Comparator<SeenKey> order(KeyQuery query) {
        Comparator<SeenKey> first = switch (query.order()) {
            case STANDING -> turned(query, Comparator.comparing(MemoryCatalog::standing));
            case USER -> turned(query, Comparator.comparing(key -> small(key.user())));
            case ACCOUNT ->
                turned(query, Comparator.comparing(key -> small(key.key().account())));
            case OWNER -> turned(query, Comparator.comparing(key -> small(key.owner())));
            case AGE -> lastWhereUnknown(query, MemoryCatalog::createdBack);
            case USE -> lastWhereUnknown(query, MemoryCatalog::used);
            case DECIDE -> lastWhereUnknown(query, SeenKey::decideBy);
        };
        if (query.order() == KeyQuery.Order.STANDING) {
            first = first.thenComparing(MemoryCatalog::created, Comparator.nullsLast(Comparator.naturalOrder()));
        }
        if (query.order() == KeyQuery.Order.DECIDE) {
            first = first.thenComparing(MemoryCatalog::standing);
        }
        return first.thenComparing(key -> small(key.key().account()))
                .thenComparing(key -> small(key.user()))
                .thenComparing(SeenKey::name);
    }

    private static Comparator<SeenKey> turned(KeyQuery query, Comparator<SeenKey> order) {
        return query.descending() ? order.reversed() : order;
    }

    private static <T extends Comparable<? super T>> Comparator<SeenKey> lastWhereUnknown(
            KeyQuery query, Function<SeenKey, @Nullable T> value) {
        Comparator<T> order = query.descending() ? Comparator.reverseOrder() : Comparator.naturalOrder();
        return (a, b) -> {
            T left = value.apply(a);
            T right = value.apply(b);
            if (left == null || right == null) {
                return Boolean.compare(left == null, right == null);
            }
            return order.compare(left, right);
        };
    }

    private static String small(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static @Nullable Instant created(SeenKey key) {
        CredentialId id = key.key().finding().credential();
        return id.created();
    }

    /** Grows with youth. */
    private static @Nullable Long createdBack(SeenKey key) {
        Instant created = created(key);
        return created == null ? null : -created.getEpochSecond();
    }

    private static @Nullable Instant used(SeenKey key) {
        return switch (key.key().finding().lastUse()) {
            case LastUse.Used used -> used.at();
            case LastUse.NeverUsed() -> Instant.EPOCH;
            case LastUse.Unknown unknown -> null;
        };
    }
}
