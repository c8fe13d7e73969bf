package io.keyturn.sandbox.world;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One access key of the simulated world.
 *
 * @param active its status
 * @param turns when it begins to work, or ends to, as its status says; before this instant it does the opposite
 * @param uses recorded uses, newest last: the one that reads tell of, and those they do not yet
 */
public record SimKey(String id, String secret, boolean active, Instant created, Instant turns, List<Use> uses) {
    /** AWS records the first use in each 15 minutes. Source: IAM user guide, "Last accessed information". */
    private static final Duration GRANULARITY = Duration.ofMinutes(15);

    public SimKey {
        uses = List.copyOf(uses);
    }

    /** Whether a request signed with it is let in. */
    public boolean worksAt(Instant now) {
        return active != now.isBefore(turns);
    }

    /** Switched on or off; takes effect at {@code turnsAt} where that changes anything. */
    SimKey withActive(boolean on, Instant now, Instant turnsAt) {
        return new SimKey(id, secret, on, created, worksAt(now) == on ? now : turnsAt, uses);
    }

    /** Switched off for so long that nobody remembers. */
    SimKey off() {
        return new SimKey(id, secret, false, created, created, uses);
    }

    /** When it was last used, whether or not reads tell of it yet; null for never. */
    public @Nullable Instant lastUsed() {
        return uses.isEmpty() ? null : uses.getLast().at();
    }

    /** The last use that reads tell of at that instant; null for none. */
    public @Nullable Use useShownAt(Instant now) {
        Use shown = null;
        for (Use use : uses) {
            shown = use.shownFrom().isAfter(now) ? shown : use;
        }
        return shown;
    }

    /** Whether a use at that instant would be recorded. */
    boolean records(Instant at) {
        return uses.isEmpty() || !at.isBefore(uses.getLast().at().plus(GRANULARITY));
    }

    SimKey used(Use use) {
        List<Use> kept = new ArrayList<>(2);
        Use shown = useShownAt(use.at());
        for (Use before : uses) {
            if (before == shown || before.shownFrom().isAfter(use.at())) {
                kept.add(before);
            }
        }
        kept.add(use);
        return new SimKey(id, secret, active, created, turns, kept);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return id + (active ? " active" : " inactive") + " since " + turns + ", created " + created + ", uses " + uses;
    }
}
