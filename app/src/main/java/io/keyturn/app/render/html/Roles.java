package io.keyturn.app.render.html;

import io.keyturn.app.words.BetterWay;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.UserId;
import io.keyturn.core.report.Attention;
import io.keyturn.engine.run.AccountOutcome;
import io.keyturn.engine.run.Clues;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The keys that should become something else, with what speaks for it; those come first whose uses were looked up. */
final class Roles {
    private static final int MOST = 10;

    /** Keys of one way that are named. */
    private static final int NAMED = 5;

    private final BetterWay ways;
    private final Map<CredentialId, Clues> clues = new HashMap<>();
    private int looked;
    private int unread;

    Roles(BetterWay ways) {
        this.ways = ways;
    }

    /** Keys of which the same was seen, those that are not named, the way that needs none, and what was seen. */
    record Role(List<KeyRow> keys, int more, String better, String seen) {
        int count() {
            return keys.size() + more;
        }
    }

    /** Takes in what speaks for any way in one account. */
    void take(AccountOutcome.Surveyed found) {
        Set<UserId> signingIn = found.signingIn();
        for (Finding finding : found.findings()) {
            Clues known = found.clues(finding.credential(), signingIn);
            if (known != null) {
                clues.put(finding.credential(), known);
                looked += known.uses() instanceof Fact.Known<?> ? 1 : 0;
            }
        }
        unread += (int) found.snapshot().users().stream()
                .filter(user -> !(user.console() instanceof Fact.Known<Boolean>))
                .count();
    }

    /** Puts them among the values; {@code row} makes the row of a key. */
    void put(Map<String, Object> values, List<Attention> keys, Instant now, Function<Attention, KeyRow> row) {
        Map<BetterWay.Way, List<KeyRow>> placed = new LinkedHashMap<>();
        Map<BetterWay.Way, List<KeyRow>> others = new LinkedHashMap<>();
        for (Attention key : keys) {
            Clues known = clues.get(key.finding().credential());
            if (known != null && !Boolean.FALSE.equals(key.finding().active())) {
                ways.of(known, now)
                        .ifPresent(way -> (known.uses() instanceof Fact.Known<?> ? placed : others)
                                .computeIfAbsent(way, any -> new ArrayList<>())
                                .add(row.apply(key)));
            }
        }
        List<Role> roles = new ArrayList<>();
        placed.forEach((way, of) -> roles.add(role(way, of)));
        others.forEach((way, of) -> roles.add(role(way, of)));
        values.put("roles", roles.subList(0, Math.min(MOST, roles.size())));
        values.put("rolesMore", roles.stream().skip(MOST).mapToInt(Role::count).sum());
        values.put("rolesLede", lede());
    }

    private static Role role(BetterWay.Way way, List<KeyRow> keys) {
        int shown = Math.min(NAMED, keys.size());
        return new Role(keys.subList(0, shown), keys.size() - shown, way.better(), way.seen());
    }

    private String lede() {
        String trail = looked == 0
                ? "Where keys are used from was not looked up."
                : "CloudTrail's events of " + PictureValues.counted(looked)
                        + " were looked up, in the Region of the last use; uses of data such as objects in S3 were not.";
        String console = unread == 0
                ? ""
                : unread == 1
                        ? " Of one user it was not read whether there is a password for the console."
                        : " Of " + unread + " users it was not read whether there is a password for the console.";
        return "Best is no key. " + trail + console;
    }
}
