package io.keyturn.engine.apply;

import io.keyturn.core.model.AccountId;
import io.keyturn.core.plan.Action;
import io.keyturn.core.policy.Capped;
import io.keyturn.engine.apply.CapLedger.Wish;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What actions ask of the caps: owners where these are told, in all else keys. */
final class Wishes {
    private Wishes() {}

    static List<Wish> of(Collection<Action> actions, Map<AccountId, Integer> activeKeys) {
        Map<AccountId, Map<Capped, Set<Object>>> units = new TreeMap<>();
        for (Action action : actions) {
            Capped capped = action.cap();
            if (capped != null) {
                units.computeIfAbsent(action.credential().account(), any -> new EnumMap<>(Capped.class))
                        .computeIfAbsent(capped, any -> new HashSet<>())
                        .add(action.unit());
            }
        }
        List<Wish> wishes = new ArrayList<>();
        units.forEach((account, byCap) -> byCap.forEach((capped, wanted) ->
                wishes.add(new Wish(capped, account, wanted.size(), activeKeys.getOrDefault(account, 0)))));
        return wishes;
    }
}
