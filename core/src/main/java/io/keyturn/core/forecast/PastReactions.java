package io.keyturn.core.forecast;

import io.keyturn.core.model.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How long owners took before, for a forecast in which they go on so. An owner takes as long as in half of the known cases
 * or less, where letting it come counts as the longest; one of whom nothing is known is taken to be as all are.
 *
 * @param people who react so in a forecast
 * @param cases how many are known
 * @param owners of how many owners
 * @param usual as long as half of all cases took at most; null where half of them were let come, or none is known
 * @param never how many of these owners are taken to do nothing
 */
public record PastReactions(
        People people, int cases, int owners, @Nullable Duration usual, int never) {
    /**
     * Takes them together.
     *
     * @param owned the owner of each user, where one is known
     */
    public static PastReactions of(List<Reaction> reactions, Map<UserId, String> owned) {
        Map<String, List<Reaction>> byOwner = new HashMap<>();
        for (Reaction reaction : reactions) {
            byOwner.computeIfAbsent(owner(reaction.user(), owned), any -> new ArrayList<>())
                    .add(reaction);
        }
        Duration usual = median(reactions);
        Map<String, Duration> known = new HashMap<>();
        int never = 0;
        for (Map.Entry<String, List<Reaction>> owner : byOwner.entrySet()) {
            Duration took = median(owner.getValue());
            never += took == null ? 1 : 0;
            known.put(owner.getKey(), took);
        }
        Map<UserId, Duration> byUser = new HashMap<>();
        for (UserId user : owned.keySet()) {
            String owner = owner(user, owned);
            Duration took = known.containsKey(owner) ? known.get(owner) : usual;
            if (took != null) {
                byUser.put(user, took);
            }
        }
        return new PastReactions(new People(null, byUser), reactions.size(), byOwner.size(), usual, never);
    }

    private static String owner(UserId user, Map<UserId, String> owned) {
        return Objects.requireNonNullElse(owned.get(user), user.value());
    }

    /** The lower of the two in the middle; null where that one let it come, or there is none. */
    private static @Nullable Duration median(List<Reaction> reactions) {
        List<@Nullable Duration> sorted = new ArrayList<>();
        reactions.forEach(reaction -> sorted.add(reaction.took()));
        sorted.sort(Comparator.nullsLast(Comparator.naturalOrder()));
        return sorted.isEmpty() ? null : sorted.get((sorted.size() - 1) / 2);
    }
}
