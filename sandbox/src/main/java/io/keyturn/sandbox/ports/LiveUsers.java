package io.keyturn.sandbox.ports;

import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.FactName;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Needs;
import io.keyturn.core.model.RootKeys;
import io.keyturn.core.model.User;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.sandbox.protocol.Page;
import io.keyturn.sandbox.world.SimKey;
import io.keyturn.sandbox.world.SimUser;
import io.keyturn.sandbox.world.Use;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads users call by call; what a call does not answer is unknown, and noted. Repeats what is throttled. */
final class LiveUsers {
    /** How often a throttled read is tried. */
    private static final int TRIES = 4;

    private static final Comparator<AccessKey> BY_CREATION =
            Comparator.comparing(AccessKey::created).thenComparing(key -> String.valueOf(key.id()));

    private final WorldIam iam;
    private final String partition;
    private final Needs needs;
    private final TreeSet<String> problems = new TreeSet<>();

    LiveUsers(WorldIam iam, String partition, Needs needs) {
        this.iam = iam;
        this.partition = partition;
        this.needs = needs;
    }

    /** A read. */
    interface Read<T> {
        T get() throws CallFailed;
    }

    /** Repeats a read while it is throttled. */
    static <T> T patiently(Read<T> read) throws CallFailed {
        for (int attempt = 1; ; attempt++) {
            try {
                return read.get();
            } catch (CallFailed failed) {
                if (failed.kind() != CallFailed.Kind.THROTTLED || attempt == TRIES) {
                    throw failed;
                }
            }
        }
    }

    /** Every page of a list; a token that comes twice is a failure, and never the end. */
    static <T> List<T> all(Function<@Nullable String, Read<Page<T>>> page) throws CallFailed {
        List<T> all = new ArrayList<>();
        String token = null;
        while (true) {
            Page<T> next = patiently(page.apply(token));
            all.addAll(next.items());
            if (next.next() == null) {
                return all;
            }
            if (next.next().equals(token)) {
                throw new CallFailed(CallFailed.Kind.REFUSED, "AWS gave the same page token twice");
            }
            token = next.next();
        }
    }

    /** What was not answered so far, each once. */
    TreeSet<String> problems() {
        return problems;
    }

    /** A user with all that is needed, as far as it is answered. */
    User read(SimUser head) {
        String name = head.name();
        return new User(
                new UserName(name),
                new UserId(head.id()),
                head.arn(partition, iam.account().id()),
                head.path(),
                head.created(),
                fact(FactName.KEYS, () -> keys(name)),
                fact(FactName.TAGS, () -> iam.of("ListUserTags", name, SimUser::tags)),
                fact(FactName.GROUPS, () -> iam.of("ListGroupsForUser", name, SimUser::groups)),
                fact(FactName.POLICIES, () -> policies(name)),
                fact(FactName.BOUNDARY, () -> iam.of("GetUser", name, LiveUsers::boundary)),
                fact(FactName.CONSOLE, () -> iam.of("GetLoginProfile", name, SimUser::password)),
                fact(FactName.MFA, () -> iam.of("ListMFADevices", name, SimUser::mfa)));
    }

    /** A fact if it is needed; unknown where it is not answered. */
    <T> Fact<T> fact(FactName which, Read<T> read) {
        if (!needs.has(which)) {
            return Fact.notRead();
        }
        try {
            T value = patiently(read);
            return Fact.known(value, now());
        } catch (CallFailed failed) {
            problems.add("the " + which.name().toLowerCase(Locale.ROOT) + " of users: " + failed.why());
            return Fact.unknown(failed.why());
        }
    }

    private Instant now() {
        return iam.clock().instant();
    }

    private List<String> policies(String name) throws CallFailed {
        List<String> all = new ArrayList<>(iam.of("ListAttachedUserPolicies", name, SimUser::attached));
        all.addAll(iam.of("ListUserPolicies", name, SimUser::inline));
        return all;
    }

    static String boundary(SimUser user) {
        String boundary = user.boundary();
        return boundary == null ? "" : boundary;
    }

    /** A user's keys by their IDs, with their last use where that is needed. */
    List<AccessKey> keys(String name) throws CallFailed {
        List<AccessKey> keys = new ArrayList<>();
        for (SimKey key : all((@Nullable String token) -> () -> iam.listAccessKeys(name, token))) {
            LastUse use = needs.has(FactName.LAST_USE) ? lastUse(name, key.id()) : LastUse.NOT_READ;
            keys.add(new AccessKey(null, new KeyId(key.id()), key.active(), key.created(), use, now()));
        }
        keys.sort(BY_CREATION);
        return List.copyOf(keys);
    }

    private LastUse lastUse(String name, String keyId) {
        try {
            return shown(patiently(() -> iam.getAccessKeyLastUsed(name, keyId)).use());
        } catch (CallFailed failed) {
            problems.add("the last use of keys: " + failed.why());
            return new LastUse.Unknown(failed.why());
        }
    }

    static LastUse shown(@Nullable Use use) {
        return use == null ? LastUse.NEVER_USED : new LastUse.Used(use.at(), use.service(), use.region());
    }

    /** Whether the root user has keys; more is not told. */
    Fact<RootKeys> root() {
        return fact(FactName.ROOT, () -> iam.rootKeys() ? new RootKeys(true, List.of()) : RootKeys.NONE);
    }

    /** The facts of a user that are at hand without a further call. */
    <T> Fact<T> known(FactName which, T value, Instant asOf) {
        return needs.has(which) ? Fact.known(value, asOf) : Fact.notRead();
    }

    Fact<Map<String, String>> tags(SimUser detail) {
        return known(FactName.TAGS, detail.tags(), now());
    }
}
