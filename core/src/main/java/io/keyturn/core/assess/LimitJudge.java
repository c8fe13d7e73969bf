package io.keyturn.core.assess;

import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Standing;
import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds one active key against the limits of the policy that governs it. */
final class LimitJudge {
    /** Some 3,000 years: a limit beyond it is never met, and its instant might not exist. */
    static final Duration NEVER = Duration.ofDays(1_100_000);

    private final KeyTimes times;
    private final List<Reason> reasons;
    /** Reasons that there were before. */
    private final int begun;

    private final @Nullable Observed observed;
    private final @Nullable Instant actsFrom;
    private final List<Deadline> deadlines = new ArrayList<>(8);
    private boolean expired;
    private boolean idleExpired;
    private boolean warned;
    private boolean unknown;

    /**
     * @param observed what runs saw of the key's uses; null where nothing was
     * @param actsFrom before then its disuse changes nothing; null where that need not be waited for
     */
    LimitJudge(KeyTimes times, List<Reason> reasons, @Nullable Observed observed, @Nullable Instant actsFrom) {
        this.times = times;
        this.reasons = reasons;
        this.observed = observed;
        this.actsFrom = actsFrom;
        this.begun = reasons.size();
    }

    /** The standing by age and idleness; reasons and deadlines are kept. */
    Standing judge(Policy policy, boolean idleMatters) {
        if (policy.age() != null) {
            byAge(policy.age());
        }
        if (policy.idle() != null && idleMatters) {
            byIdleness(policy.idle());
        }
        if (idleExpired) {
            // An idle key is never rotated: nobody would install its successor.
            deadlines.removeIf(deadline -> deadline.step() == Step.ROTATE);
        }
        if (expired || idleExpired) {
            return Standing.EXPIRED;
        }
        if (unknown) {
            return Standing.UNKNOWN;
        }
        return warned ? Standing.WARNED : Standing.HEALTHY;
    }

    List<Deadline> deadlines() {
        return deadlines;
    }

    private void byAge(Limit limit) {
        Duration age = times.age();
        if (age.compareTo(limit.expire()) >= 0) {
            expired = true;
            reasons.add(new Reason.PastAge(age, limit.expire()));
        } else if (age.compareTo(limit.warn()) >= 0) {
            warned = true;
            reasons.add(new Reason.NearAge(age, limit.warn(), limit.expire()));
        }
        schedule(limit, "age", times.created(), null);
    }

    /** Of a key that is used more rarely than the limit foresees: twice its longest gap, warned as long before. */
    private Limit ofPeriodic(Limit limit) {
        if (observed == null || !observed.isPeriodic(limit.expire())) {
            return limit;
        }
        Duration ahead = limit.expire().minus(limit.warn());
        return new Limit(observed.stillness().minus(ahead), observed.stillness(), limit.onWarn(), limit.onExpire());
    }

    private void byIdleness(Limit configured) {
        Limit limit = ofPeriodic(configured);
        Duration idle = times.idle();
        Instant since = times.idleSince();
        if (idle == null || since == null) {
            unknown = true;
            // Where it decides the standing it is said first: that a key is nearly old does not make it unknown.
            reasons.add(expired ? reasons.size() : begun, new Reason.LastUseUnknown(times.whyIdleUnknown()));
            return;
        }
        boolean never = times.lastUse() instanceof LastUse.NeverUsed;
        if (idle.compareTo(limit.expire()) >= 0) {
            idleExpired = true;
            reasons.add(new Reason.PastIdle(idle, limit.expire(), never));
        } else if (idle.compareTo(limit.warn()) >= 0) {
            warned = true;
            reasons.add(new Reason.NearIdle(idle, limit.warn(), limit.expire(), never));
        }
        schedule(limit, "idle", since, actsFrom);
    }

    private void schedule(Limit limit, String name, Instant from, @Nullable Instant notBefore) {
        add(limit.onWarn(), name, from, limit.warn(), notBefore);
        add(limit.onExpire(), name, from, limit.expire(), notBefore);
    }

    /** @param notBefore the earliest instant of a step that changes something; null where there is none */
    private void add(List<Step> steps, String name, Instant from, Duration after, @Nullable Instant notBefore) {
        if (steps.isEmpty() || after.compareTo(NEVER) > 0) {
            return;
        }
        Instant at = from.plus(after);
        for (Step step : steps) {
            boolean waits = notBefore != null && !step.speaksOnly() && at.isBefore(notBefore);
            insert(new Deadline(step, name, waits && notBefore != null ? notBefore : at));
        }
    }

    /** Keeps them in order of time, step and limit; there are few, and they come nearly in order. */
    private void insert(Deadline deadline) {
        int place = deadlines.size();
        while (place > 0 && isBefore(deadline, deadlines.get(place - 1))) {
            place--;
        }
        deadlines.add(place, deadline);
    }

    private static boolean isBefore(Deadline a, Deadline b) {
        int order = a.at().compareTo(b.at());
        if (order == 0) {
            order = a.step().compareTo(b.step());
        }
        return order == 0 ? a.limit().compareTo(b.limit()) < 0 : order < 0;
    }

    /** How old and how idle a key is; clocks that disagree never make it younger than nothing. */
    record KeyTimes(
            Instant created,
            Duration age,
            LastUse lastUse,
            @Nullable Instant idleSince,
            @Nullable Duration idle) {
        static KeyTimes of(Instant created, LastUse lastUse, Instant now) {
            Instant since = switch (lastUse) {
                case LastUse.Used used -> used.at();
                case LastUse.NeverUsed() -> created;
                case LastUse.Unknown unknown -> null;
            };
            Duration idle = since == null ? null : between(since, now);
            return new KeyTimes(created, between(created, now), lastUse, since, idle);
        }

        String whyIdleUnknown() {
            return lastUse instanceof LastUse.Unknown(String why) ? why : "";
        }

        private static Duration between(Instant then, Instant now) {
            return then.isBefore(now) ? Duration.between(then, now) : Duration.ZERO;
        }
    }
}
