package io.keyturn.core.forecast;

import io.keyturn.core.assess.Assessor;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Validity;
import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.User;
import io.keyturn.core.model.UserId;
import io.keyturn.core.plan.AccountPlan;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.History;
import io.keyturn.core.plan.Planner;
import io.keyturn.core.policy.Rotation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** An account as it changes in a forecast: users and their keys, and what is remembered of them. */
final class ForecastAccount {
    /** Users who are judged by one thread. */
    private static final int TOGETHER = 64;

    private final Snapshot read;
    private final ForecastPast past;
    private final Map<KeyId, ForecastKey> keys = new HashMap<>();
    private final List<ForecastUser> users = new ArrayList<>();
    private final Map<UserId, ForecastUser> byId = new HashMap<>();
    /** What the run that is gone through found of the keys of users whom it looked at. */
    private final Map<KeyId, Finding> found = new HashMap<>();

    private int made;

    ForecastAccount(Snapshot read, History past) {
        this.read = read;
        this.past = new ForecastPast(past);
        for (User user : read.users()) {
            if (user.keys() instanceof Fact.Known<List<AccessKey>> known) {
                ForecastUser of = new ForecastUser(user);
                for (AccessKey key : known.value()) {
                    of.keys().add(add(new ForecastKey(key, key.id() == null ? standIn() : key.id())));
                }
                users.add(of);
                byId.put(user.id(), of);
            }
        }
    }

    private ForecastKey add(ForecastKey key) {
        keys.put(key.id(), key);
        return key;
    }

    /** An ID that AWS never gave: it has an underscore. */
    private KeyId standIn() {
        return new KeyId("forecast_%010d".formatted(++made));
    }

    /** Finds out which keys are in use: those with a use that is not near its limit go on being used. */
    void begin(Assessor assessor, Instant now) {
        users.forEach(user -> user.change(now));
        for (Finding finding : assessor.assess(snapshot(now), past, now)) {
            ForecastKey key = key(finding);
            boolean idle = finding.reasons().stream().anyMatch(ForecastUser::isIdleness);
            if (key != null && key.active() && !idle && finding.lastUse() instanceof LastUse.Used used) {
                Duration ago = Duration.between(used.at(), now);
                key.use(ago.isNegative() ? Duration.ZERO : ago);
            }
        }
    }

    /**
     * What is due at a run. It looks at those users of whom anything may have changed since it last did: of all others the
     * same would be found, and nothing is due.
     */
    AccountPlan plan(Assessor assessor, Planner planner, Instant now) {
        List<ForecastUser> open =
                users.stream().filter(user -> user.isOpen(now)).toList();
        past.look(id -> {
            ForecastUser user = byId.get(id);
            return user == null || user.isOpen(now);
        });
        List<Finding> findings = assess(assessor, open, now);
        AccountPlan plan = planner.remembering(past).plan(account(), findings, true, now);
        open.forEach(ForecastUser::look);
        found.clear();
        for (Finding finding : findings) {
            found.put(Objects.requireNonNull(finding.credential().keyId()), finding);
            ForecastUser user = user(finding.credential());
            ForecastKey key = key(finding);
            if (user != null && key != null) {
                user.find(finding, key);
            }
        }
        for (Action action : plan.due()) {
            ForecastUser user = user(action.credential());
            if (user != null) {
                user.due(action, now);
            }
        }
        int active = users.stream().mapToInt(ForecastUser::active).sum();
        return new AccountPlan(account(), plan.stage(), active, plan.due(), List.of(), Map.of());
    }

    /** What is found of some users, who are looked at beside each other: nothing that is found of one bears on another. */
    private List<Finding> assess(Assessor assessor, List<ForecastUser> some, Instant now) {
        return IntStream.range(0, (some.size() + TOGETHER - 1) / TOGETHER)
                .parallel()
                .mapToObj(part -> some.subList(part * TOGETHER, Math.min(some.size(), (part + 1) * TOGETHER)))
                .flatMap(part -> assessor.assess(snapshot(part, now), past, now).stream())
                .toList();
    }

    /** How many keys are past a limit. */
    int overdue() {
        return users.stream().mapToInt(ForecastUser::overdue).sum();
    }

    /** What the run found of a key; null where it is gone, or nothing is due for its user. */
    @Nullable
    Finding found(CredentialId credential) {
        return found.get(credential.keyId());
    }

    /** After what was due is done: until when what was found holds, and nothing more is due. */
    void settle(Validity validity, Planner planner, Instant now) {
        Planner of = planner.remembering(past);
        boolean byTime = planner.rotations().stream().anyMatch(Rotation::byTime);
        found.values().parallelStream()
                .map(finding -> ended(finding, validity, of, now))
                .filter(Objects::nonNull)
                .toList()
                .forEach(ended -> {
                    ended.user().holds(ended.until());
                    if (byTime || past.by(ended.key().id()) != null) {
                        ended.user().settle(ended.key(), now);
                    }
                });
    }

    /** Until when what was found of a key holds, and nothing more is due for it. */
    private record Ended(ForecastUser user, ForecastKey key, Instant until) {}

    /** Null where it is looked at again anyway. */
    private @Nullable Ended ended(Finding finding, Validity validity, Planner planner, Instant now) {
        ForecastUser user = user(finding.credential());
        ForecastKey key = key(finding);
        if (user == null || key == null || user.isOpen(now)) {
            return null;
        }
        Instant holds = validity.until(finding, key.used(), now);
        Instant quiet = planner.quietUntil(account(), finding, key.used(), now);
        return new Ended(user, key, holds.isBefore(quiet) ? holds : quiet);
    }

    /** The user of a key; null of one that is gone. */
    private @Nullable ForecastUser user(CredentialId credential) {
        return credential.principal() instanceof Principal.OfUser user ? byId.get(user.id()) : null;
    }

    private @Nullable ForecastKey key(Finding finding) {
        KeyId id = finding.credential().keyId();
        return id == null ? null : keys.get(id);
    }

    Account account() {
        return read.account();
    }

    ForecastPast past() {
        return past;
    }

    int size() {
        return keys.size();
    }

    /** The key of that ID; null where it is gone. */
    @Nullable
    ForecastKey key(KeyId id) {
        return keys.get(id);
    }

    /** As a reading of the whole account would find it. */
    Snapshot snapshot(Instant now) {
        return snapshot(users, now);
    }

    /** As a reading of these users would find it. The root user is left out: nothing is ever done about it. */
    private Snapshot snapshot(List<ForecastUser> some, Instant now) {
        List<User> current = new ArrayList<>(some.size());
        for (ForecastUser user : some) {
            if (!user.keys().isEmpty()) {
                current.add(user.at(now));
            }
        }
        return new Snapshot(read.account(), read.via(), now, read.reading(), List.of(), Fact.notRead(), current);
    }

    /** Makes a key for the user; it is not in use. */
    ForecastKey make(Principal.OfUser of, Instant now) {
        AccessKey fresh = new AccessKey(null, null, true, now, LastUse.NEVER_USED, now);
        ForecastKey key = add(new ForecastKey(fresh, standIn()));
        Objects.requireNonNull(byId.get(of.id())).keys().add(key);
        return key;
    }

    /** The key is gone, and what was begun about it over. */
    void remove(Held held) {
        ForecastKey key = held.key();
        keys.remove(key.id());
        Objects.requireNonNull(byId.get(held.user().id())).keys().remove(key);
        past.gone(key.id());
    }

    /**
     * A key with whose it is.
     *
     * @param owner null where none is known
     * @param policy null where none is known to govern it
     */
    record Held(
            Principal.OfUser user,
            ForecastKey key,
            @Nullable String owner,
            @Nullable String policy) {}

    /** The keys whose owners act now, who are about to change something; who is told of them is not looked up. */
    List<Held> reacting(People people, Instant now) {
        List<Held> held = new ArrayList<>();
        for (ForecastUser user : users) {
            Duration after = people.after(user.read().id());
            for (ForecastKey key : user.keys()) {
                Instant told = key.told();
                if (after != null
                        && told != null
                        && key.active()
                        && !told.plus(after).isAfter(now)) {
                    held.add(new Held(user.principal(), key, null, null));
                    user.change(now);
                }
            }
        }
        return held;
    }

    Forecast.Event event(Instant at, Forecast.What what, Held held) {
        KeyId known = held.key().known();
        return new Forecast.Event(
                at,
                what,
                account().id(),
                account().name(),
                held.user().name(),
                held.key().created(),
                known == null ? null : known.lastFour(),
                held.owner(),
                held.policy());
    }
}
