package io.keyturn.core.forecast;

import static io.keyturn.core.Samples.NOW;
import static io.keyturn.core.Samples.ago;
import static io.keyturn.core.Samples.days;

import io.keyturn.core.assess.Brownout;
import io.keyturn.core.assess.Compromise;
import io.keyturn.core.assess.Succession;
import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.User;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.core.plan.Approved;
import io.keyturn.core.plan.History;
import io.keyturn.core.plan.Hold;
import io.keyturn.core.plan.OpenedTicket;
import io.keyturn.core.plan.Told;
import io.keyturn.core.policy.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A past of an account's keys drawn by lot: words, tickets, holds, approvals, rotations and brownouts that are under way. */
final class GeneratedPast implements History {
    /** Nothing happened before. */
    static final GeneratedPast NOTHING = new GeneratedPast();

    private final Map<KeyId, Of> keys = new HashMap<>();
    private final Map<KeyId, Succession> bySuccessor = new HashMap<>();
    private final List<OpenedTicket> tickets = new ArrayList<>();

    private record Of(
            List<Told> told,
            @Nullable Instant inactiveSince,
            List<Hold> holds,
            List<Brownout> brownouts,
            @Nullable Succession succession,
            @Nullable Compromise compromise,
            @Nullable Instant approvedUntil) {
        static final Of NOTHING = new Of(List.of(), null, List.of(), List.of(), null, null, null);
    }

    private GeneratedPast() {}

    GeneratedPast(Random random, Snapshot snapshot) {
        for (User user : snapshot.users()) {
            List<AccessKey> all = user.keys().orElse(List.of());
            for (AccessKey key : all) {
                if (key.id() != null) {
                    keys.put(key.id(), of(random, key, all));
                    if (random.nextInt(4) == 0) {
                        ticket(random, snapshot, user.id(), user.name(), key.id());
                    }
                }
            }
        }
        ticket(random, snapshot, new UserId("AIDAGONE"), new UserName("gone"), new KeyId("AKIA9999999999999999"));
    }

    private Of of(Random random, AccessKey key, List<AccessKey> all) {
        List<Told> told = new ArrayList<>();
        for (int day = random.nextInt(80); day > 0 && told.size() < 4; day -= 1 + random.nextInt(20)) {
            Instant due = NOW.plus(days(random.nextInt(60) - 20));
            told.add(
                    new Told(ago(day), random.nextBoolean() ? Step.DEACTIVATE : Step.values()[random.nextInt(5)], due));
        }
        List<Hold> holds = new ArrayList<>();
        while (random.nextInt(6) == 0) {
            Instant end = random.nextInt(5) == 0
                    ? null
                    : NOW.plus(days(random.nextInt(90)).plusHours(5));
            holds.add(new Hold(random.nextBoolean(), "held", end));
        }
        AccessKey other = all.stream().filter(one -> one != key).findFirst().orElse(null);
        Succession made = null;
        if (other != null
                && other.id() != null
                && random.nextInt(4) > 0
                && key.created().isBefore(other.created())) {
            Instant at = other.created();
            long since = Duration.between(at, NOW).toSeconds();
            Instant delivered = at.plusSeconds(random.nextInt(1 + (int) Math.max(0, since)));
            made = new Succession(
                    key.id() == null ? other.id() : key.id(),
                    other.id(),
                    at,
                    random.nextInt(4) == 0 ? null : new Succession.Delivery(delivered, "vault"));
            bySuccessor.put(other.id(), made);
        }
        List<Brownout> brownouts = random.nextInt(6) > 0
                ? List.of()
                : List.of(new Brownout(
                        ago(2), Duration.ofMinutes(15), random.nextBoolean() || key.active() ? ago(1) : null, true));
        return new Of(
                told,
                key.active() || random.nextInt(3) == 0 ? null : ago(random.nextInt(80)),
                holds,
                brownouts,
                made,
                random.nextInt(15) == 0 ? new Compromise("d", "alice", "pasted", ago(1)) : null,
                random.nextInt(6) == 0 ? NOW.plus(days(random.nextInt(60))) : null);
    }

    private void ticket(Random random, Snapshot snapshot, UserId user, UserName name, KeyId key) {
        Target target = new Target(snapshot.account().id(), user, name, key);
        tickets.add(new OpenedTicket(target, ago(random.nextInt(20)), "marker", "OPS-" + tickets.size()));
    }

    private Of about(CredentialId credential) {
        return credential.keyId() == null ? Of.NOTHING : keys.getOrDefault(credential.keyId(), Of.NOTHING);
    }

    @Override
    public List<Told> told(CredentialId credential) {
        return about(credential).told();
    }

    @Override
    public List<Instant> spoken(CredentialId credential) {
        return told(credential).stream().map(Told::at).toList();
    }

    @Override
    public @Nullable Instant lastSpoken(CredentialId credential) {
        List<Instant> spoken = spoken(credential);
        return spoken.isEmpty() ? null : spoken.getLast();
    }

    @Override
    public @Nullable Instant inactiveSince(CredentialId credential) {
        return about(credential).inactiveSince();
    }

    @Override
    public List<Hold> holds(CredentialId credential, Instant now) {
        return about(credential).holds().stream()
                .filter(hold -> hold.holdsAt(now))
                .toList();
    }

    @Override
    public List<Approved> approvals(CredentialId credential, Step step, Instant now) {
        Instant until = about(credential).approvedUntil();
        return until != null && now.isBefore(until) ? List.of(new Approved("alice", ago(1))) : List.of();
    }

    @Override
    public List<OpenedTicket> tickets() {
        return tickets;
    }

    @Override
    public List<Brownout> brownouts(KeyId key) {
        return keys.getOrDefault(key, Of.NOTHING).brownouts();
    }

    @Override
    public @Nullable Compromise compromise(KeyId key) {
        return keys.getOrDefault(key, Of.NOTHING).compromise();
    }

    @Override
    public @Nullable Succession of(KeyId old) {
        return keys.getOrDefault(old, Of.NOTHING).succession();
    }

    @Override
    public @Nullable Succession by(KeyId successor) {
        return bySuccessor.get(successor);
    }
}
