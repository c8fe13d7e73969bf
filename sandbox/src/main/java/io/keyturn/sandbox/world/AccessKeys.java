package io.keyturn.sandbox.world;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What IAM does with access keys, the same behind both doors. Errors are AWS's own. */
public final class AccessKeys {
    /** IAM's quota for a user. */
    private static final int PER_USER = 2;

    private final World world;

    public AccessKeys(World world) {
        this.world = world;
    }

    /** The last use of a key, and whose key it is. */
    public record LastUsed(String userName, @Nullable Use use) {}

    /** A user as a read is told of it. */
    public static SimUser user(SimAccount account, String name, Instant asOf) {
        SimUser user = account.user(name, asOf);
        if (user == null) {
            throw ServiceError.noSuchEntity("The user with name " + name);
        }
        return user;
    }

    /** The last use as it is told at {@code now} of a key that was there at {@code asOf}; null where none was. */
    public @Nullable LastUsed lastUsed(SimAccount account, String keyId, Instant asOf, Instant now) {
        SimUser owner = account.userOfKey(keyId);
        SimUser user = owner == null ? null : account.user(owner.name(), asOf);
        SimKey key = owner == null || user == null || user.key(keyId) == null ? null : owner.key(keyId);
        return owner == null || key == null ? null : new LastUsed(owner.name(), key.useShownAt(now));
    }

    /** Makes a key, which works after some seconds. */
    public SimKey create(SimAccount account, String userName, Instant now) {
        Instant created = Instant.ofEpochSecond(now.getEpochSecond());
        String id = Keys.id("AKIA", account.id(), world.letters(16));
        SimKey key = new SimKey(id, world.letters(40), true, created, turn(newKey(), id, now), List.of());
        change(account, userName, now, user -> {
            if (user.keys().size() >= PER_USER) {
                throw ServiceError.limitExceeded("AccessKeysPerUser", PER_USER);
            }
            List<SimKey> keys = new ArrayList<>(user.keys());
            keys.add(key);
            return user.withKeys(keys);
        });
        return key;
    }

    /** Switches a key on or off. */
    public void update(SimAccount account, String userName, String keyId, boolean active, Instant now) {
        Instant turns = turn(active ? newKey() : oldKey(), keyId, now);
        change(account, userName, now, user -> user.withKey(key(user, keyId).withActive(active, now, turns)));
    }

    /** Deletes a key, which works some seconds longer where it did. */
    public void delete(SimAccount account, String userName, String keyId, Instant now) {
        Instant turns = turn(oldKey(), keyId, now);
        change(account, userName, now, user -> {
            account.haunt(user, key(user, keyId).withActive(false, now, turns), now);
            return user.withKeys(
                    user.keys().stream().filter(key -> !key.id().equals(keyId)).toList());
        });
    }

    private Consistency.Span newKey() {
        return world.spec().options().consistency().newKey();
    }

    private Consistency.Span oldKey() {
        return world.spec().options().consistency().oldKey();
    }

    private Instant turn(Consistency.Span span, String keyId, Instant now) {
        Duration after = Chance.between(span, Chance.bits(world.spec().seed(), keyId, now));
        return now.plus(after);
    }

    private static void change(SimAccount account, String userName, Instant now, UnaryOperator<SimUser> how) {
        if (!account.change(userName, now, how)) {
            throw ServiceError.noSuchEntity("The user with name " + userName);
        }
    }

    private static SimKey key(SimUser user, String keyId) {
        SimKey key = user.key(keyId);
        if (key == null) {
            throw ServiceError.noSuchEntity("The Access Key with id " + keyId);
        }
        return key;
    }
}
