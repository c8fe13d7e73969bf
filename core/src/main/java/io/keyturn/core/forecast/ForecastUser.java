package io.keyturn.core.forecast;

import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.Standing;
import io.keyturn.core.model.User;
import io.keyturn.core.plan.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A user as it changes in a forecast, with what was found when it was last looked at, and until when that holds: the days
 * in between are passed over.
 */
final class ForecastUser {
    /**
     * What happens at a run may be dated a day later, and what is compared with it may ask for a day or a quarter of an
     * hour in between.
     */
    private static final Duration SETTLES = Duration.ofDays(2);

    private final User read;
    private final List<ForecastKey> keys = new ArrayList<>();
    private Instant until = Instant.MIN;
    private Instant changed = Instant.MAX;
    private int active;
    private int overdue;

    ForecastUser(User read) {
        this.read = read;
    }

    User read() {
        return read;
    }

    Principal.OfUser principal() {
        return new Principal.OfUser(read.name(), read.id(), read.arn());
    }

    /** Its keys; whoever adds or removes one says so. */
    List<ForecastKey> keys() {
        return keys;
    }

    /** As a reading would find it. */
    User at(Instant now) {
        return read.withKeys(Fact.known(keys.stream().map(key -> key.at(now)).toList(), now));
    }

    /** How many of its keys work. */
    int active() {
        return active;
    }

    /** How many of its keys are past a limit. */
    int overdue() {
        return overdue;
    }

    /** Whether a run has to look at it: what was found before may hold no longer. */
    boolean isOpen(Instant now) {
        return !until.isAfter(now);
    }

    /** What was found of it holds no longer: a key of it is changed, or is about to be. */
    void change(Instant now) {
        until = Instant.MIN;
        changed = now;
    }

    /** Something is due for it: words change nothing of what is found; after all else the next run has to look again. */
    void due(Action action, Instant now) {
        if (!action.step().speaksOnly()) {
            change(now);
        } else if (action.isEnd()) {
            until = Instant.MIN;
        }
    }

    /** A run looks at it: what is found now holds for good, unless something is said to end it. */
    void look() {
        until = Instant.MAX;
        active = 0;
        overdue = 0;
    }

    /** What the run finds of one of its keys. */
    void find(Finding finding, ForecastKey key) {
        Standing standing = finding.standing();
        active += Boolean.TRUE.equals(finding.active()) ? 1 : 0;
        overdue += standing == Standing.EXPIRED || standing == Standing.LEAKED ? 1 : 0;
        if (key.used() && finding.reasons().stream().anyMatch(ForecastUser::isIdleness)) {
            // Its last use moves on, and with it what was said of its disuse.
            until = Instant.MIN;
        }
    }

    static boolean isIdleness(Reason reason) {
        return reason instanceof Reason.NearIdle || reason instanceof Reason.PastIdle;
    }

    /** What was found holds until then at most. */
    void holds(Instant end) {
        until = end.isBefore(until) ? end : until;
    }

    /**
     * Ends what was found where the last use of that key, which moves on with every day, may still pass an instant that
     * counts: when it was made or delivered, or another one was switched off.
     */
    void settle(ForecastKey key, Instant now) {
        Duration every = key.usedEvery();
        if (every != null && !now.minus(every).minus(SETTLES).isAfter(changed)) {
            until = Instant.MIN;
        }
    }
}
