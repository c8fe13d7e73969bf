package io.keyturn.app.wiring;

import io.keyturn.core.model.Account;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.UserName;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.Verb;
import io.keyturn.engine.run.CodeSearch;
import io.keyturn.engine.run.CodeSearch.Keeper;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The users that code keeps, as far as CloudTrail tells: no key of theirs is made or deleted here. */
final class CodeKept {
    /** What code would undo, or miss. */
    private static final Set<Verb> NOT_OURS = EnumSet.of(Verb.CREATE_KEY, Verb.DELIVER_SECRET, Verb.DELETE);

    private final Map<AccountId, Map<UserName, Keeper>> kept = new HashMap<>();
    private final Map<AccountId, String> sentences = new TreeMap<>();

    /** Whether it is among what code may keep from being done. */
    static boolean concerns(Action action) {
        return NOT_OURS.contains(action.kind());
    }

    /** Looks at these users of an account. */
    void look(Account account, Set<UserName> users, CodeSearch code, Instant now) throws InterruptedException {
        switch (code.of(account, users, now)) {
            case Fact.Known<Map<UserName, Keeper>>(Map<UserName, Keeper> found, Instant asOf) -> {
                kept.put(account.id(), found);
                if (!found.isEmpty()) {
                    sentences.put(account.id(), sentence(account, found));
                }
            }
            case Fact.NotRead<Map<UserName, Keeper>>() -> {
                // Nobody is there to be asked.
            }
            case Fact.Unknown<Map<UserName, Keeper>>(String why) ->
                sentences.put(account.id(), "whether code keeps keys of " + account.name() + " is not known: " + why);
        }
    }

    private static String sentence(Account account, Map<UserName, Keeper> found) {
        Map.Entry<UserName, Keeper> first = found.entrySet().iterator().next();
        Keeper keeper = first.getValue();
        String others = found.size() == 1 ? "" : ", and " + (found.size() - 1) + " more";
        return keeper.tool() + " made " + first.getKey() + " of " + account.name() + " or a key of it, as "
                + keeper.label() + ", on "
                + keeper.at().atOffset(ZoneOffset.UTC).toLocalDate() + others
                + ": no key is made or deleted for what code keeps; change it there, or where it shares its keys with"
                + " Keyturn, add \"" + keeper.principal() + "\" to hand-over";
    }

    /** Whether code keeps the user whose key that would change. */
    boolean holds(Action action) {
        return concerns(action)
                && action.credential().principal() instanceof Principal.OfUser user
                && kept.getOrDefault(action.credential().account(), Map.of()).containsKey(user.name());
    }

    /** What was found, and what could not be told; a sentence an account. */
    List<String> sentences() {
        return new ArrayList<>(sentences.values());
    }
}
