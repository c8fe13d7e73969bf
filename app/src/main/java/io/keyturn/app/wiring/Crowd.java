package io.keyturn.app.wiring;

import io.keyturn.core.model.Account;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Fact;
import io.keyturn.engine.run.OtherHands;
import io.keyturn.engine.run.OtherHands.Hand;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The accounts in which another automation is at work on keys, as far as CloudTrail tells. */
final class Crowd {
    private final Map<AccountId, String> held = new LinkedHashMap<>();
    private final Map<AccountId, String> unseen = new LinkedHashMap<>();

    /** Looks at an account. */
    void look(Account account, OtherHands hands, Instant now) throws InterruptedException {
        switch (hands.in(account, now)) {
            case Fact.Known<List<Hand>>(List<Hand> found, Instant asOf) -> {
                if (!found.isEmpty()) {
                    held.put(account.id(), sentence(account, found));
                }
            }
            case Fact.NotRead<List<Hand>>() -> {
                // Nobody is there to be asked.
            }
            case Fact.Unknown<List<Hand>>(String why) ->
                unseen.put(
                        account.id(),
                        "whether another automation changes keys of " + account.name() + " is not known: " + why);
        }
    }

    private static String sentence(Account account, List<Hand> found) {
        Hand hand = found.getFirst();
        String times = hand.changes() == 1 ? "once" : hand.changes() + " times";
        String others = found.size() == 1 ? "" : ", and " + (found.size() - 1) + " more";
        return hand.label() + " changed keys of " + account.name() + " " + times
                + " in the last 30 days, the latest on "
                + hand.last().atOffset(ZoneOffset.UTC).toLocalDate() + others
                + "; once it does no more, or shares them with Keyturn, add \"" + hand.principal() + "\" to hand-over";
    }

    boolean holds(AccountId account) {
        return held.containsKey(account);
    }

    /** Why changes in these accounts wait, and what could not be told; a sentence each. */
    List<String> held(Set<AccountId> accounts) {
        return of(held, accounts);
    }

    List<String> unseen(Set<AccountId> accounts) {
        return of(unseen, accounts);
    }

    private static List<String> of(Map<AccountId, String> all, Set<AccountId> accounts) {
        return all.entrySet().stream()
                .filter(entry -> accounts.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }
}
