package io.keyturn.core.report;

import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.plan.Plan;
import io.keyturn.core.plan.Verb;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A run in numbers, collected account by account: the one place that every form of metrics takes them from. */
public final class RunNumbers {
    private final List<AccountNumbers> accounts = new ArrayList<>();
    private final DistinctNames names = new DistinctNames();
    private final UnaryOperator<String> harmless;
    private final Map<Verb, Integer> planned = new EnumMap<>(Verb.class);
    private @Nullable Integer deferred;

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
        KeyTally tally = new KeyTally();
        findings.stream().filter(view).forEach(tally::add);
        String id = snapshot.account().id().value();
        AccountNumbers.Read read = tally.read(
                name(id, snapshot.account().name()), id, snapshot.reading().complete(), snapshot.asOf());
        accounts.add(read);
        return read;
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
        deferred = (deferred == null ? 0 : deferred) + plan.deferred().size();
    }

    /** Planned actions by what they do; what is not planned at all is left out. */
    public Map<Verb, Integer> planned() {
        return Collections.unmodifiableMap(planned);
    }

    /** Actions that no longer fit under a cap; null where nothing was planned. */
    public @Nullable Integer deferred() {
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
