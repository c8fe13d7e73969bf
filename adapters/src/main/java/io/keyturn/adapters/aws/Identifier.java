package io.keyturn.adapters.aws;

import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.User;
import io.keyturn.core.model.UserId;
import io.keyturn.engine.port.KeyIdMemory.Slot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Learns the key IDs of users read by report: from memory where that is certain, else from AWS. */
final class Identifier {
    private final Access access;
    private final Problems problems = new Problems();

    Identifier(Access access) {
        this.access = access;
    }

    /** The same Snapshot with the keys of these users known by their IDs. */
    Snapshot identify(Snapshot snapshot, Set<UserId> wanted) throws InterruptedException {
        List<User> open = new ArrayList<>();
        for (User user : snapshot.users()) {
            if (wanted.contains(user.id()) && lacksIds(user)) {
                open.add(user);
            }
        }
        if (open.isEmpty()) {
            return snapshot;
        }
        Map<UserId, User> changed = Collections.synchronizedMap(new HashMap<>());
        List<User> ask = fromMemory(open, changed);
        Set<UserId> gone = Collections.synchronizedSet(new HashSet<>());
        live(ask, changed, gone);
        learn(ask, changed);
        List<User> users = new ArrayList<>();
        for (User user : snapshot.users()) {
            if (!gone.contains(user.id())) {
                users.add(changed.getOrDefault(user.id(), user));
            }
        }
        return new Snapshot(
                snapshot.account(),
                snapshot.via(),
                snapshot.asOf(),
                problems.over(snapshot.reading()),
                snapshot.notes(),
                snapshot.root(),
                users);
    }

    private static List<AccessKey> keysOf(User user) {
        return user.keys().orElse(List.of());
    }

    private static boolean lacksIds(User user) {
        return keysOf(user).stream().anyMatch(key -> key.id() == null);
    }

    /** Whether no two keys of the user were made in the same second, so that creation names a key. */
    private static boolean unique(List<AccessKey> keys) {
        Set<Instant> seconds = new HashSet<>();
        return keys.stream().allMatch(key -> seconds.add(key.created()));
    }

    private List<User> fromMemory(List<User> users, Map<UserId, User> changed) {
        Set<Slot> slots = new HashSet<>();
        for (User user : users) {
            if (unique(keysOf(user))) {
                keysOf(user).forEach(key -> slots.add(new Slot(user.id(), key.created())));
            }
        }
        Map<Slot, KeyId> known = slots.isEmpty() ? Map.of() : access.memory().recall(accountId(), slots);
        List<User> ask = new ArrayList<>();
        for (User user : users) {
            List<AccessKey> keys = new ArrayList<>();
            for (AccessKey key : keysOf(user)) {
                KeyId id = known.get(new Slot(user.id(), key.created()));
                if (id != null) {
                    keys.add(key.withId(id));
                }
            }
            if (unique(keysOf(user)) && keys.size() == keysOf(user).size()) {
                changed.put(user.id(), withKeys(user, keys));
            } else {
                ask.add(user);
            }
        }
        return ask;
    }

    private void live(List<User> ask, Map<UserId, User> changed, Set<UserId> gone) throws InterruptedException {
        LiveUsers live = new LiveUsers(access, problems);
        Fanout.each(ask, user -> {
            try {
                List<AccessKey> listed = live.keys(user.name().value());
                List<AccessKey> matched = match(keysOf(user), listed);
                // Keys of the same seconds are the same keys; others may be those of a new user of the old name.
                User now = matched == null ? live.confirmed(user, listed) : withKeys(user, matched);
                if (now == null) {
                    gone.add(user.id());
                } else {
                    changed.put(user.id(), now);
                }
            } catch (CallFailure failure) {
                if (failure.gone()) {
                    gone.add(user.id());
                } else {
                    problems.add("the IDs of keys", failure);
                }
            }
        });
    }

    private static User withKeys(User user, List<AccessKey> keys) {
        Instant asOf = user.keys() instanceof Fact.Known<List<AccessKey>> known
                ? known.asOf()
                : keys.getFirst().asOf();
        return user.withKeys(Fact.known(List.copyOf(keys), asOf));
    }

    /** The report's keys with the IDs of the live ones, or null where the two do not tell the same beyond doubt. */
    private static @Nullable List<AccessKey> match(List<AccessKey> reported, List<AccessKey> listed) {
        if (reported.size() != listed.size() || !unique(reported) || !unique(listed)) {
            return null;
        }
        Map<Instant, AccessKey> bySecond = new HashMap<>();
        listed.forEach(key -> bySecond.put(key.created(), key));
        List<AccessKey> matched = new ArrayList<>();
        for (AccessKey key : reported) {
            AccessKey found = bySecond.get(key.created());
            if (found == null || found.id() == null || found.active() != key.active()) {
                return null;
            }
            matched.add(key.withId(found.id()));
        }
        return matched;
    }

    private void learn(List<User> asked, Map<UserId, User> changed) {
        Set<UserId> users = new HashSet<>();
        Map<Slot, KeyId> ids = new HashMap<>();
        for (User user : asked) {
            User now = changed.get(user.id());
            if (now == null) {
                continue;
            }
            users.add(user.id());
            users.add(now.id());
            if (unique(keysOf(now))) {
                for (AccessKey key : keysOf(now)) {
                    KeyId id = key.id();
                    if (id != null) {
                        ids.put(new Slot(now.id(), key.created()), id);
                    }
                }
            }
        }
        if (!users.isEmpty()) {
            access.memory().learn(accountId(), users, ids);
        }
    }

    private AccountId accountId() {
        return access.account().id();
    }
}
