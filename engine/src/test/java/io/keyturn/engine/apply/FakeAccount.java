package io.keyturn.engine.apply;

import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Needs;
import io.keyturn.core.model.Partition;
import io.keyturn.core.model.Problem;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.User;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.engine.port.Leave;
import io.keyturn.engine.port.LiveAccount;
import io.keyturn.engine.port.ReadFailure;
import io.keyturn.engine.port.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An account in memory whose changes can be told to fail in every way there is. */
final class FakeAccount implements LiveAccount {
    static final Account ACCOUNT = new Account(
            new AccountId("111122223333"),
            "production",
            Partition.AWS,
            Fact.known("Workloads", Instant.EPOCH),
            Fact.known(Map.of(), Instant.EPOCH),
            false);

    /** What becomes of the next change. */
    enum Fate {
        OK,
        REFUSED,
        LOST_BEFORE,
        LOST_AFTER,
        UNWELL
    }

    final Deque<Fate> fates = new ArrayDeque<>();
    final List<String> calls = new ArrayList<>();
    private final Map<UserName, User> users = new LinkedHashMap<>();

    @Nullable
    Instant awsTime;

    boolean unreadable;
    /** How many more reads do not show the keys that were made. */
    int behind;

    Runnable beforeChange = () -> {};
    /** Happens before each trial of a key. */
    Runnable beforeTrial = () -> {};
    /** Happens before each read of a user. */
    Runnable beforeRead = () -> {};

    synchronized void put(User user) {
        users.put(user.name(), user);
    }

    synchronized void remove(UserName name) {
        users.remove(name);
    }

    synchronized User get(String name) {
        User user = users.get(new UserName(name));
        if (user == null) {
            throw new AssertionError("no user " + name);
        }
        return user;
    }

    /** All users, in the order in which they came. */
    synchronized List<User> all() {
        return List.copyOf(users.values());
    }

    static User user(String name, String id, Instant now, AccessKey... keys) {
        return owned(name, id, name + "@example.com", now, keys);
    }

    static User owned(String name, String id, String owner, Instant now, AccessKey... keys) {
        return new User(
                new UserName(name),
                new UserId(id),
                "arn:aws:iam::111122223333:user/" + name,
                "/",
                now.minus(Duration.ofDays(800)),
                Fact.known(List.of(keys), now),
                Fact.known(Map.of("Owner", owner), now),
                Fact.known(List.of(), now),
                Fact.known(List.of(), now),
                Fact.known("", now),
                Fact.known(true, now),
                Fact.known(true, now));
    }

    static AccessKey key(String id, Instant now, long ageDays, long idleDays) {
        LastUse use = new LastUse.Used(now.minus(Duration.ofDays(idleDays)), "s3", "eu-west-1");
        return new AccessKey(null, new KeyId(id), true, now.minus(Duration.ofDays(ageDays)), use, now);
    }

    @Override
    public synchronized Optional<User> user(UserName name, Needs needs) throws ReadFailure {
        beforeRead.run();
        calls.add("read " + name);
        if (unreadable) {
            throw new ReadFailure(
                    new Problem("read the user", name.value(), "AWS throttled every attempt", "run again"));
        }
        Optional<User> user = Optional.ofNullable(users.get(name));
        if (behind == 0 || secrets.isEmpty()) {
            return user;
        }
        behind--;
        return user.map(seen -> seen.withKeys(Fact.known(
                seen.keys().orElse(List.of()).stream()
                        .filter(key -> !secrets.containsKey(key.id()))
                        .toList(),
                Instant.EPOCH)));
    }

    @Override
    public @Nullable Instant awsTime() {
        return awsTime;
    }

    @Override
    public Answer setActive(Target target, boolean active, Leave leave) {
        return change(leave, (active ? "activate " : "deactivate ") + target.key(), () -> replace(target, active));
    }

    @Override
    public Answer delete(Target target, Leave leave) {
        return change(leave, "delete " + target.key(), () -> replace(target, null));
    }

    @Override
    public Answer tag(Target target, Map<String, String> tags) {
        return change(Leave.GIVEN, "tag " + target.name() + " " + tags, () -> retag(target, held -> held.putAll(tags)));
    }

    @Override
    public Answer untag(Target target, Set<String> tags) {
        return change(
                Leave.GIVEN,
                "untag " + target.name() + " " + tags,
                () -> retag(target, held -> tags.forEach(held::remove)));
    }

    private void retag(Target target, Consumer<Map<String, String>> how) {
        User user = get(target.name().value());
        Map<String, String> tags = new LinkedHashMap<>(user.tags().orElse(Map.of()));
        how.accept(tags);
        put(new User(
                user.name(),
                user.id(),
                user.arn(),
                user.path(),
                user.created(),
                user.keys(),
                Fact.known(tags, Instant.EPOCH),
                user.groups(),
                user.policies(),
                user.boundary(),
                user.console(),
                user.mfa()));
    }

    /** The secret of every key that was made, by its ID. */
    final Map<KeyId, String> secrets = new LinkedHashMap<>();

    Instant creationTime = Instant.EPOCH;
    Optional<Problem> wayBack = Optional.empty();
    final Deque<Trial> trials = new ArrayDeque<>();

    @Override
    public Made create(Target target, Leave leave) {
        KeyId id = new KeyId(String.format("AKIAMADE%012d", secrets.size() + 1));
        Answer answer = change(leave, "create for " + target.name(), () -> {
            secrets.put(id, "canary-" + id);
            add(target.name(), id);
        });
        return answer instanceof Answer.Done
                ? new Made.Key(id, creationTime, new Secret("canary-" + id))
                : new Made.Not(answer);
    }

    private void add(UserName name, KeyId id) {
        User user = get(name.value());
        List<AccessKey> keys = new ArrayList<>(user.keys().orElse(List.of()));
        keys.add(new AccessKey(null, id, true, creationTime, LastUse.NEVER_USED, creationTime));
        put(user.withKeys(Fact.known(keys, Instant.EPOCH)));
    }

    /** Somebody uses a key. */
    void use(String name, KeyId id, Instant at) {
        User user = get(name);
        List<AccessKey> keys = user.keys().orElse(List.of()).stream()
                .map(key -> id.equals(key.id())
                        ? new AccessKey(
                                key.slot(),
                                key.id(),
                                key.active(),
                                key.created(),
                                new LastUse.Used(at, "s3", "eu-west-1"),
                                key.asOf())
                        : key)
                .toList();
        put(user.withKeys(Fact.known(keys, Instant.EPOCH)));
    }

    @Override
    public Optional<Problem> wayBack(Target target, String arn) {
        return wayBack;
    }

    @Override
    public synchronized Trial tryOut(Target made, Secret secret) {
        beforeTrial.run();
        calls.add("try " + made.key());
        return trials.isEmpty() ? new Trial.Works() : trials.removeFirst();
    }

    private Answer change(Leave leave, String call, Runnable effect) {
        Optional<Problem> refused = leave.refused();
        if (refused.isPresent()) {
            return new Answer.Refused(refused.get());
        }
        beforeChange.run();
        return fated(call, effect);
    }

    private synchronized Answer fated(String call, Runnable effect) {
        calls.add(call);
        Problem problem = new Problem(call, "production", "it was so ordained", "");
        return switch (fates.isEmpty() ? Fate.OK : fates.removeFirst()) {
            case OK -> {
                effect.run();
                yield new Answer.Done();
            }
            case REFUSED -> new Answer.Refused(problem);
            case LOST_BEFORE -> new Answer.InDoubt(problem, false);
            case UNWELL -> new Answer.InDoubt(problem, true);
            case LOST_AFTER -> {
                effect.run();
                yield new Answer.InDoubt(problem, false);
            }
        };
    }

    private void replace(Target target, @Nullable Boolean active) {
        User user = get(target.name().value());
        List<AccessKey> keys = new ArrayList<>();
        for (AccessKey key : user.keys().orElse(List.of())) {
            if (!Objects.equals(key.id(), target.key())) {
                keys.add(key);
            } else if (active != null) {
                keys.add(new AccessKey(key.slot(), key.id(), active, key.created(), key.lastUse(), key.asOf()));
            }
        }
        put(user.withKeys(Fact.known(keys, Instant.EPOCH)));
    }
}
