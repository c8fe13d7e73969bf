package io.keyturn.core.assess;

import io.keyturn.core.assess.LimitJudge.KeyTimes;
import io.keyturn.core.assess.UserContext.Governance;
import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.Standing;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Rotation;
import io.keyturn.core.policy.Rotation.Obstacle;
import io.keyturn.core.policy.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges the keys of one user, each apart from the others. */
final class KeyJudge {
    private final Account account;
    private final Principal principal;
    private final Instant now;
    private final UserContext context;
    private final Fact<Owner> owner;
    private final @Nullable Reason leak;
    private final @Nullable Reason exemption;
    private final List<AccessKey> keys;
    private final Lineage lineage;
    private final Successions successions;
    private final Watched watched;
    private final int activeCount;

    /**
     * What runs saw of the user's keys.
     *
     * @param enough how long a key must have been watched before its disuse changes anything; null where it need not be
     */
    record Watched(@Nullable Duration enough, Seen seen) {
        /** Tells what was seen of a key; null where nothing was. */
        interface Seen {
            @Nullable
            Observed of(AccessKey key);
        }
    }

    KeyJudge(
            Account account,
            Principal principal,
            Instant now,
            UserContext context,
            Fact<Owner> owner,
            List<AccessKey> keys,
            Successions successions,
            Watched watched) {
        this.watched = watched;
        this.account = account;
        this.principal = principal;
        this.now = now;
        this.context = context;
        this.owner = owner;
        this.leak = context.leak();
        this.exemption = context.exemption();
        this.keys = keys;
        this.lineage = new Lineage(keys, successions);
        this.successions = successions;
        this.activeCount = countActive(keys);
    }

    private static int countActive(List<AccessKey> keys) {
        int count = 0;
        for (AccessKey key : keys) {
            count += key.active() ? 1 : 0;
        }
        return count;
    }

    Finding judge(AccessKey key) {
        KeyTimes times = KeyTimes.of(context.ageFrom(key.created()), key.lastUse(), now);
        Reason compromised = compromised(key);
        if (!key.active()) {
            return switchedOff(key, times, compromised);
        }
        List<Reason> reasons = new ArrayList<>(4);
        if (compromised != null) {
            reasons.add(compromised);
            if (exemption instanceof Reason.Exempted) {
                reasons.add(exemption);
            }
            return finding(key, times, Standing.LEAKED, policyName(key), withOwner(reasons), List.of());
        }
        if (leak instanceof Reason.Quarantined) {
            reasons.add(leak);
            return finding(key, times, Standing.LEAKED, policyName(key), withOwner(reasons), List.of());
        }
        if (exemption instanceof Reason.Exempted) {
            // An exemption does not hide a leak, so it holds only where there is known to be none.
            reasons.add(exemption);
            boolean safe = leak == null;
            Standing standing = safe ? Standing.EXEMPT : Standing.UNKNOWN;
            return finding(key, times, standing, null, safe ? reasons : withLeakAndOwner(reasons), List.of());
        }
        Reason undelivered = lineage.undelivered(key);
        if (undelivered != null) {
            reasons.add(undelivered);
            return finding(key, times, Standing.ROTATING, policyName(key), withLeakAndOwner(reasons), List.of());
        }
        return switch (context.governance(key)) {
            case Governance.By(Policy policy) -> governed(key, times, policy, reasons);
            case Governance.Undecided(Reason.Undecided reason) -> ungoverned(key, times, reasons, reason);
            case Governance.Nobody() -> ungoverned(key, times, reasons, new Reason.Ungoverned());
        };
    }

    private @Nullable Reason compromised(AccessKey key) {
        Compromise said = key.id() == null ? null : successions.compromise(key.id());
        return said == null ? null : new Reason.Compromised(said);
    }

    /** A policy governs it too, for that says whether it is ever deleted; none does where leak or exemption forbid it. */
    private Finding switchedOff(AccessKey key, KeyTimes times, @Nullable Reason compromised) {
        List<Reason> reasons = new ArrayList<>(2);
        reasons.add(new Reason.SwitchedOff());
        if (compromised != null) {
            reasons.add(compromised);
        }
        Brownout brownout = successions.openBrownout(key.id());
        if (brownout != null) {
            reasons.addFirst(new Reason.InBrownout(brownout));
        }
        Reason undelivered = lineage.undelivered(key);
        if (undelivered != null) {
            reasons.add(undelivered);
        }
        boolean untouchable = leak != null || exemption instanceof Reason.Exempted;
        if (untouchable) {
            reasons.add(leak != null ? leak : exemption);
        }
        Policy policy = untouchable || compromised != null ? null : policy(key);
        Rotation rotation = policy == null ? null : policy.rotation();
        Reason succeeded = rotation != null && rotation.byTime() ? lineage.succeeded(key, rotation.probe()) : null;
        if (succeeded != null) {
            // It may be used no more, and whether its successor ever was decides over its end.
            reasons.add(succeeded);
        }
        return finding(key, times, Standing.INACTIVE, policy == null ? null : policy.name(), reasons, List.of());
    }

    private @Nullable Policy policy(AccessKey key) {
        return context.governance(key) instanceof Governance.By(Policy policy) ? policy : null;
    }

    private @Nullable String policyName(AccessKey key) {
        Policy policy = policy(key);
        return policy == null ? null : policy.name();
    }

    private Finding ungoverned(AccessKey key, KeyTimes times, List<Reason> reasons, Reason reason) {
        reasons.add(reason);
        addExemptionEnded(reasons);
        return finding(key, times, Standing.UNKNOWN, null, withLeakAndOwner(reasons), List.of());
    }

    private Finding governed(AccessKey key, KeyTimes times, Policy policy, List<Reason> reasons) {
        Rotation rotation = policy.rotation();
        Reason succeeded = lineage.succeeded(key, rotation == null || rotation.probe());
        if (succeeded != null) {
            reasons.add(succeeded);
            addBrownouts(policy, reasons);
            return finding(key, times, Standing.ROTATING, policy.name(), withLeakAndOwner(reasons), List.of());
        }
        Reason heir = lineage.successor(key);
        LimitJudge limits = new LimitJudge(times, reasons, watched.seen().of(key), actsFrom(key));
        // A successor that lies idle beside the key it replaces is part of that key's rotation.
        int before = reasons.size();
        Standing byLimits = limits.judge(policy, !account.dr() && heir == null);
        if (heir != null && byLimits == Standing.WARNED && leak == null) {
            // What its owner has to do is told of the old key; a second word, of the new one, asks for the contrary.
            reasons.subList(before, reasons.size()).clear();
            reasons.add(heir);
            return finding(key, times, Standing.HEALTHY, policy.name(), reasons, List.of());
        }
        Standing standing = leak != null && byLimits != Standing.EXPIRED ? Standing.UNKNOWN : byLimits;
        if (leak != null) {
            // What makes it unknown is said first.
            reasons.add(standing == Standing.UNKNOWN ? before : reasons.size(), leak);
        }
        addExemptionEnded(reasons);
        if (heir != null) {
            reasons.add(heir);
        }
        if (meansToRotate(standing, rotation, limits.deadlines())) {
            addObstacles(key, rotation, reasons);
        }
        if (standing.needsAttention()) {
            if (limits.deadlines().stream().anyMatch(deadline -> deadline.step() == Step.DEACTIVATE)) {
                addBrownouts(policy, reasons);
            }
            withOwner(reasons);
        }
        return finding(key, times, standing, policy.name(), reasons, limits.deadlines());
    }

    private static void addBrownouts(Policy policy, List<Reason> reasons) {
        if (!policy.brownout().isEmpty()) {
            reasons.add(new Reason.Brownouts(policy.brownout()));
        }
    }

    /** From when on disuse of the key may change something; null where nothing has to be waited for. */
    private @Nullable Instant actsFrom(AccessKey key) {
        Observed observed = watched.seen().of(key);
        return watched.enough() == null ? null : (observed == null ? now : observed.since()).plus(watched.enough());
    }

    /** What keeps a successor from being made. */
    private void addObstacles(AccessKey key, @Nullable Rotation rotation, List<Reason> reasons) {
        Reason predecessor = lineage.predecessor(key);
        if (keys.size() == 2 && predecessor != null) {
            reasons.add(predecessor);
        } else if (keys.size() > 1) {
            reasons.add(new Reason.TwoKeys());
        }
        Reason lost = lineage.lost(key);
        if (lost != null) {
            reasons.add(lost);
        }
        if (rotation == null) {
            return;
        }
        if (rotation.selfFetch()
                && principal instanceof Principal.OfUser user
                && successions.wasCompromised(user.id())) {
            reasons.add(new Reason.ThiefCouldFetch());
        }
        Reason byCode = context.keptByCode();
        if (byCode != null && !(byCode instanceof Reason.OwnedByCode && rotation.heedsNot(Obstacle.OWNED_BY_CODE))) {
            reasons.add(byCode);
        }
        if (key.lastUse() instanceof LastUse.Used used
                && used.service().equals("ses")
                && !rotation.heedsNot(Obstacle.SENDS_MAIL)
                && !rotation.also().contains(Rotation.Derived.SMTP_PASSWORD)) {
            reasons.add(new Reason.SendsMail());
        }
    }

    /** Whether a successor is due or overdue; what goes by time is told early of what stands in its way. */
    private boolean meansToRotate(Standing standing, @Nullable Rotation rotation, List<Deadline> deadlines) {
        boolean early =
                standing == Standing.EXPIRED || (standing == Standing.WARNED && rotation != null && rotation.byTime());
        for (Deadline deadline : deadlines) {
            if (deadline.step() == Step.ROTATE && (early || !deadline.at().isAfter(now))) {
                return true;
            }
        }
        return false;
    }

    private void addExemptionEnded(List<Reason> reasons) {
        if (exemption instanceof Reason.ExemptionEnded) {
            reasons.add(exemption);
        }
    }

    private List<Reason> withLeakAndOwner(List<Reason> reasons) {
        if (leak != null) {
            reasons.add(leak);
        }
        return withOwner(reasons);
    }

    private List<Reason> withOwner(List<Reason> reasons) {
        if (owner instanceof Fact.Unknown<Owner>) {
            reasons.add(new Reason.NoOwner());
        }
        return reasons;
    }

    private Finding finding(
            AccessKey key,
            KeyTimes times,
            Standing standing,
            @Nullable String policy,
            List<Reason> reasons,
            List<Deadline> deadlines) {
        CredentialId credential = new CredentialId(
                CredentialId.Kind.ACCESS_KEY, account.id(), principal, key.slot(), key.id(), key.created());
        List<String> controls = key.active() ? Controls.ofActiveKey(times.age(), times.idle(), activeCount) : List.of();
        return new Finding(
                credential,
                key.active(),
                times.age(),
                key.lastUse(),
                times.idle(),
                standing,
                policy,
                reasons,
                owner,
                deadlines,
                controls,
                watched.seen().of(key));
    }
}
