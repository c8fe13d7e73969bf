package io.keyturn.adapters.aws;

import io.keyturn.core.model.Reading;
import java.util.LinkedHashMap;
import java.util.Map;

/** What could not be read of one account, gathered from several threads; many failures of one kind are told as one. */
final class Problems {
    private static final int SHOWN = 3;

    private final Map<Kind, Seen> seen = new LinkedHashMap<>();

    private record Kind(String what, String code) {}

    private record Seen(String why, int times) {}

    /** Notes that {@code what} could not be read. */
    void add(String what, CallFailure failure) {
        add(what, failure.code(), failure.why());
    }

    /** Notes that {@code what} could not be read because of {@code why}, of which {@code code} names the kind. */
    synchronized void add(String what, String code, String why) {
        seen.merge(new Kind(what, code), new Seen(why, 1), (old, one) -> new Seen(old.why(), old.times() + 1));
    }

    /** Notes all that {@code others} notes. */
    void addAll(Problems others) {
        Map<Kind, Seen> more = others.seen();
        synchronized (this) {
            more.forEach((kind, one) ->
                    seen.merge(kind, one, (old, also) -> new Seen(old.why(), old.times() + also.times())));
        }
    }

    private synchronized Map<Kind, Seen> seen() {
        return new LinkedHashMap<>(seen);
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
        for (Map.Entry<Kind, Seen> entry : seen.entrySet()) {
            if (shown == SHOWN) {
                why.append("; and ").append(seen.size() - shown).append(" more kinds of failures");
                break;
            }
            why.append(shown++ == 0 ? "" : "; ").append(entry.getKey().what()).append(" could not be read: ");
            why.append(entry.getValue().why());
            if (entry.getValue().times() > 1) {
                why.append(" (the first of ").append(entry.getValue().times()).append(" such failures)");
            }
        }
        return new Reading.Partial(why.toString());
    }
}
