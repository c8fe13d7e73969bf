package io.keyturn.engine.checkup;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that was tried.
 *
 * @param here what is of no single account: clock, store, channels
 * @param accounts sorted by label
 * @param leftOut accounts left out on purpose, and why
 */
public record Checkup(Instant at, List<Check> here, List<AccountCheckup> accounts, List<LeftOut> leftOut) {
    /** An account that is left out on purpose. */
    public record LeftOut(String id, String label, String why) {}

    public Checkup {
        here = List.copyOf(here);
        accounts = accounts.stream()
                .sorted(Comparator.comparing(AccountCheckup::label))
                .toList();
        leftOut = leftOut.stream().sorted(Comparator.comparing(LeftOut::label)).toList();
    }

    /** Whether all that is needed works, everywhere. */
    public boolean works() {
        return here.stream().noneMatch(Check::inTheWay) && accounts.stream().allMatch(AccountCheckup::works);
    }

    /** Accounts of the same results together: those where something is in the way first, then the larger groups. */
    public List<List<AccountCheckup>> groups() {
        Map<Object, List<AccountCheckup>> alike = new LinkedHashMap<>();
        for (AccountCheckup account : accounts) {
            alike.computeIfAbsent(account.likeness(), any -> new ArrayList<>()).add(account);
        }
        return alike.values().stream()
                .sorted(Comparator.<List<AccountCheckup>, Boolean>comparing(
                                group -> group.getFirst().works())
                        .thenComparing(group -> -group.size()))
                .map(List::copyOf)
                .toList();
    }
}
