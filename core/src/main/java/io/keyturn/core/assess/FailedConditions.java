package io.keyturn.core.assess;

import io.keyturn.core.model.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What policies could not say of users because their conditions fail on them: a fault in the rules, not in a reading. */
public final class FailedConditions {
    /** How many users a sentence names. */
    private static final int NAMED = 3;

    private FailedConditions() {}

    /** A sentence for people about these findings of one account; empty where every condition could be decided. */
    public static Optional<String> among(List<Finding> findings) {
        Map<String, Map<String, String>> whyByUserByPolicy = new TreeMap<>();
        for (Finding finding : findings) {
            for (Reason reason : finding.reasons()) {
                if (reason instanceof Reason.Undecided(String policy, String why, boolean failed)
                        && failed
                        && finding.credential().principal() instanceof Principal.OfUser user) {
                    whyByUserByPolicy
                            .computeIfAbsent(policy, any -> new TreeMap<>())
                            .putIfAbsent(user.name().value(), why);
                }
            }
        }
        return whyByUserByPolicy.isEmpty()
                ? Optional.empty()
                : Optional.of(whyByUserByPolicy.entrySet().stream()
                        .map(entry -> sentence(entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining("; ")));
    }

    private static String sentence(String policy, Map<String, String> whyByUser) {
        int users = whyByUser.size();
        String names = whyByUser.keySet().stream().limit(NAMED).collect(Collectors.joining(", "));
        return "the condition of policy " + policy + " could not be decided for "
                + (users == 1 ? "1 user" : users + " users") + " (" + names + (users > NAMED ? ", …" : "")
                + "), so nothing is known to govern their keys: "
                + whyByUser.values().iterator().next();
    }
}
