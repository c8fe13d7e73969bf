package io.keyturn.core.report;

import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.Standing;
import io.keyturn.core.plan.Plan;
import io.keyturn.core.plan.Verb;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A run in numbers, collected account by account: the one place that every form of metrics takes them from. */
public final class RunNumbers {
    /** What overdue keys that no policy governs are counted under, such as the root user's. */
    public static final String NO_POLICY = "(none)";

    private final List<AccountNumbers> accounts = new ArrayList<>();
    private final DistinctNames names = new DistinctNames();
    private final UnaryOperator<String> harmless;
    private final Map<Verb, Integer> planned = new EnumMap<>(Verb.class);
    private int deferred;

    /**
     * Nothing yet.
     *
     * @param harmless makes an account's name fit for where the numbers go
     */
    public RunNumbers(UnaryOperator<String> harmless) {
        this.harmless = harmless;
    }

    /** Takes in what was found in an account; of it, only findings that pass {@code view}. */
    public AccountNumbers.Read read(Snapshot snapshot, List<Finding> findings, Predicate<Finding> view) {
        Map<Standing, Integer> keys = new EnumMap<>(Standing.class);
        for (Standing standing : Standing.values()) {
            keys.put(standing, 0);
        }
        Map<String, Integer> overdue = new TreeMap<>();
        Set<Principal> holders = new HashSet<>();
        List<Long> ages = new ArrayList<>();
        int unknown = 0;
        for (Finding finding : findings) {
            if (!view.test(finding)) {
                continue;
            }
            keys.merge(finding.standing(), 1, Integer::sum);
            boolean late = finding.standing() == Standing.EXPIRED;
            String policy = finding.governedBy();
            if (late || policy != null) {
                overdue.merge(policy == null ? NO_POLICY : policy, late ? 1 : 0, Integer::sum);
            }
            holders.add(finding.credential().principal());
            Long age = finding.ageDays();
            if (age != null && Boolean.TRUE.equals(finding.active())) {
                ages.add(age);
            }
            unknown += finding.lastUse() instanceof LastUse.Unknown
                            && !finding.lastUse().equals(LastUse.NOT_READ)
                    ? 1
                    : 0;
        }
        ages.sort(null);
        String id = snapshot.account().id().value();
        AccountNumbers.Read read = new AccountNumbers.Read(
                name(id, snapshot.account().name()),
                id,
                snapshot.reading().complete(),
                snapshot.asOf(),
                holders.size(),
                keys,
                overdue,
                ages.isEmpty() ? null : ages.getLast(),
                median(ages),
                unknown);
        accounts.add(read);
        return read;
    }

    /** Of an even number of ages, half way between the two in the middle. */
    private static @Nullable Double median(List<Long> sorted) {
        int size = sorted.size();
        return size == 0 ? null : (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2.0;
    }

    /** Told apart after it was made harmless, for two names may become one by that. */
    private String name(String id, String name) {
        return names.of(id, harmless.apply(name));
    }

    /** An account that could not be read. */
    public void failed(String label, String id) {
        accounts.add(new AccountNumbers.Unread(name(id, label), id));
    }

    /** An account that is left out on purpose. */
    public void skipped(String label, String id) {
        accounts.add(new AccountNumbers.LeftOut(name(id, label), id));
    }

    /** Takes in what would be done, or is to be. */
    public void planned(Plan plan) {
        plan.actions().forEach(action -> planned.merge(action.kind(), 1, Integer::sum));
        deferred += plan.deferred().size();
    }

    /** Planned actions by what they do; what is not planned at all is left out. */
    public Map<Verb, Integer> planned() {
        return Collections.unmodifiableMap(planned);
    }

    /** Actions that no longer fit under a cap. */
    public int deferred() {
        return deferred;
    }

    /** Accounts by name, then number. */
    public List<AccountNumbers> accounts() {
        return accounts.stream()
                .sorted(Comparator.comparing(AccountNumbers::name).thenComparing(AccountNumbers::id))
                .toList();
    }

    /** Those that were read, in the same order. */
    public List<AccountNumbers.Read> read() {
        return accounts().stream()
                .filter(AccountNumbers.Read.class::isInstance)
                .map(AccountNumbers.Read.class::cast)
                .toList();
    }

    /** How many accounts are in that state. */
    public long accounts(AccountRow.State state) {
        return accounts.stream().filter(account -> state(account) == state).count();
    }

    /** How well an account was read. */
    public static AccountRow.State state(AccountNumbers account) {
        return switch (account) {
            case AccountNumbers.Read read -> read.complete() ? AccountRow.State.WHOLE : AccountRow.State.PARTLY;
            case AccountNumbers.Unread unread -> AccountRow.State.FAILED;
            case AccountNumbers.LeftOut left -> AccountRow.State.SKIPPED;
        };
    }

    /** Whether every account that should be read was read whole. */
    public boolean complete() {
        return accounts(AccountRow.State.PARTLY) + accounts(AccountRow.State.FAILED) == 0;
    }
}
