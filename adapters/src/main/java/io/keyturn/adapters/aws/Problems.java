package io.keyturn.adapters.aws;

import io.keyturn.core.model.Reading;
import java.util.LinkedHashMap;
import java.util.Map;

/** What could not be read of one account, gathered from several threads. */
final class Problems {
    private final Map<String, Integer> seen = new LinkedHashMap<>();

    /** Notes that {@code what} could not be read, because of {@code why}; the same pair is counted, not repeated. */
    synchronized void add(String what, String why) {
        seen.merge(what + " could not be read: " + why, 1, Integer::sum);
    }

    /** The reading these make of one that so far is {@code before}. */
    synchronized Reading over(Reading before) {
        if (seen.isEmpty()) {
            return before;
        }
        StringBuilder why = new StringBuilder();
        if (before instanceof Reading.Partial(String earlier)) {
            why.append(earlier).append("; ");
        }
        int shown = 0;
        for (Map.Entry<String, Integer> entry : seen.entrySet()) {
            if (shown == 3) {
                why.append("; and ").append(seen.size() - shown).append(" more kinds of failures");
                break;
            }
            why.append(shown++ == 0 ? "" : "; ").append(entry.getKey());
            if (entry.getValue() > 1) {
                why.append(" (").append(entry.getValue()).append(" users)");
            }
        }
        return new Reading.Partial(why.toString());
    }
}
