package io.keyturn.engine.apply;

import io.keyturn.core.assess.Owner;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.plan.Action;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reminders to owners who have keys in several accounts, so that each of them hears once. */
final class SharedReminders {
    /** Accounts that are held together at most; who owns keys in more hears more than once. */
    private static final int AT_ONCE = 50;

    private final Map<AccountId, List<Action.Remind>> reminders = new TreeMap<>();
    private final Map<AccountId, AccountId> linked = new HashMap<>();

    private SharedReminders() {}

    /** Takes such reminders out of what is due in each account. */
    static SharedReminders takenFrom(Map<AccountId, List<Action>> byAccount) {
        Map<String, Set<AccountId>> accounts = new HashMap<>();
        byAccount.forEach((account, actions) -> actions.forEach(action -> {
            String owner = owner(action);
            if (!owner.isEmpty()) {
                accounts.computeIfAbsent(owner, any -> new TreeSet<>()).add(account);
            }
        }));
        Set<String> several = new HashSet<>();
        SharedReminders shared = new SharedReminders();
        accounts.forEach((owner, of) -> {
            if (of.size() > 1) {
                several.add(owner);
                shared.link(of);
            }
        });
        byAccount.forEach((account, actions) -> actions.removeIf(action -> {
            boolean taken = several.contains(owner(action));
            if (taken && action instanceof Action.Remind remind) {
                shared.reminders
                        .computeIfAbsent(account, any -> new ArrayList<>())
                        .add(remind);
            }
            return taken;
        }));
        byAccount.values().removeIf(List::isEmpty);
        return shared;
    }

    private static String owner(Action action) {
        return action instanceof Action.Remind(var key, var reasons, Owner owner, var announced) && owner != null
                ? owner.name()
                : "";
    }

    private void link(Set<AccountId> accounts) {
        AccountId first = accounts.iterator().next();
        accounts.forEach(account -> linked.put(root(account), root(first)));
    }

    private AccountId root(AccountId account) {
        AccountId at = account;
        for (AccountId next = linked.get(at); next != null && !next.equals(at); next = linked.get(at)) {
            at = next;
        }
        return at;
    }

    /** Accounts whose owners overlap, with what these are to be told. */
    List<Map<AccountId, List<Action.Remind>>> groups() {
        Map<AccountId, List<Map<AccountId, List<Action.Remind>>>> groups = new TreeMap<>();
        reminders.forEach((account, some) -> {
            List<Map<AccountId, List<Action.Remind>>> parts =
                    groups.computeIfAbsent(root(account), any -> new ArrayList<>());
            if (parts.isEmpty() || parts.getLast().size() == AT_ONCE) {
                parts.add(new TreeMap<>());
            }
            parts.getLast().put(account, some);
        });
        return groups.values().stream().flatMap(List::stream).toList();
    }
}
