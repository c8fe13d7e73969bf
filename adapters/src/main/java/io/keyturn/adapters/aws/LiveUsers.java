package io.keyturn.adapters.aws;

import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.FactName;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.User;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.engine.port.Held;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads users call by call. */
final class LiveUsers {
    private final Access access;
    private final UserReads reads;
    private final Problems problems;

    LiveUsers(Access access, Problems problems) {
        this.access = access;
        this.reads = new UserReads(access);
        this.problems = problems;
    }

    /** What lists of users tell of one. */
    record Head(UserName name, UserId id, String arn, String path, Instant created) {}

    /** A question about one user. */
    @FunctionalInterface
    private interface Ask<T> {
        T ask() throws CallFailure, InterruptedException;
    }

    /** A fact that is asked for while others are. */
    @FunctionalInterface
    private interface Answer<T> {
        Fact<T> get() throws InterruptedException;
    }

    /**
     * Adds every user of the account to {@code heads}, so that after a failure those of the earlier pages are there.
     *
     * @param first the first page, where it was read already
     * @param held told after each page
     */
    void list(List<Head> heads, @Nullable DetailsPage first, Held held) throws CallFailure, InterruptedException {
        Pages.each(
                access.calls(),
                first,
                token -> page(access, UserReads.PAGE, token),
                page -> page.users(),
                page -> page.next(),
                user -> {
                    heads.add(user.head());
                    access.meter().usersSeen.increment();
                },
                held);
    }

    /** One page of the account's users. */
    static DetailsPage page(Access access, int most, @Nullable String token) {
        return access.reads()
                .call(
                        access.as(),
                        "ListUsers",
                        UserReads.paged(most, token),
                        DetailsPage::readUsers,
                        with -> access.iam()
                                .listUsers(r -> r.maxItems(most).marker(token).overrideConfiguration(with)));
    }

    /** The user of that name, or null where there is none any more. */
    @Nullable
    Head find(String name) throws CallFailure, InterruptedException {
        try {
            return reads.user(name).head();
        } catch (CallFailure failure) {
            if (failure.gone()) {
                return null;
            }
            return listed(name, failure);
        }
    }

    /** Whoever may list users and may not ask for one can still find out. */
    private @Nullable Head listed(String name, CallFailure asked) throws CallFailure, InterruptedException {
        if (!asked.denied()) {
            throw asked;
        }
        List<Head> heads = new ArrayList<>();
        try {
            list(heads, null, Held.ANY);
        } catch (CallFailure alsoFailed) {
            asked.addSuppressed(alsoFailed);
            throw asked;
        }
        return heads.stream()
                .filter(head -> head.name().value().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** Everything needed of the user, or null where it was deleted meanwhile. */
    @Nullable
    User read(Head head) throws InterruptedException {
        String name = head.name().value();
        Problems own = new Problems();
        try (Together together = new Together()) {
            var tags = fact(together, own, FactName.TAGS, "the tags of users", () -> reads.tags(name));
            var groups = fact(together, own, FactName.GROUPS, "the groups of users", () -> reads.groups(name));
            var policies = fact(together, own, FactName.POLICIES, "the policies of users", () -> reads.policies(name));
            var boundary = fact(
                    together,
                    own,
                    FactName.BOUNDARY,
                    "the permissions boundary of users",
                    () -> reads.user(name).boundary());
            var console =
                    fact(together, own, FactName.CONSOLE, "the console access of users", () -> reads.console(name));
            var mfa = fact(together, own, FactName.MFA, "the MFA devices of users", () -> reads.mfa(name));
            Fact<List<AccessKey>> keys = keysOf(name, own);
            if (keys == null) {
                return null;
            }
            User user = new User(
                    head.name(),
                    head.id(),
                    head.arn(),
                    head.path(),
                    head.created(),
                    keys,
                    tags.get(),
                    groups.get(),
                    policies.get(),
                    boundary.get(),
                    console.get(),
                    mfa.get());
            // Only now: what could not be read of a user that is gone is no problem.
            problems.addAll(own);
            return user;
        }
    }

    private @Nullable Fact<List<AccessKey>> keysOf(String user, Problems own) throws InterruptedException {
        try {
            return Fact.known(withLastUse(keys(user), own), access.clock().instant());
        } catch (CallFailure failure) {
            return failure.gone() ? null : missing(own, "the access keys of users", failure);
        }
    }

    private <T> Answer<T> fact(Together together, Problems own, FactName needed, String what, Ask<T> ask) {
        if (!access.needs().has(needed)) {
            return Fact::notRead;
        }
        Together.Later<T> later = together.later(ask::ask);
        return () -> {
            try {
                return Fact.known(later.get(), access.clock().instant());
            } catch (CallFailure failure) {
                return missing(own, what, failure);
            }
        };
    }

    private static <T> Fact<T> missing(Problems problems, String what, CallFailure failure) {
        problems.add(what, failure);
        return Fact.unknown(failure.why());
    }

    /** The user's keys with their IDs, in order of creation, and their last use where that is needed. */
    List<AccessKey> keys(String user) throws CallFailure, InterruptedException {
        List<AccessKey> keys = new ArrayList<>();
        for (KeysPage.Listed key : reads.keys(user)) {
            keys.add(new AccessKey(
                    null,
                    key.id(),
                    key.active(),
                    key.created(),
                    LastUse.NOT_READ,
                    access.clock().instant()));
        }
        keys.sort(KeyOrder.BY_CREATION);
        return keys;
    }

    /**
     * The user with these keys, which were listed under its name just now; another user, read anew, where the one of that
     * name was made since; null where there is none any more.
     */
    @Nullable
    User confirmed(User known, List<AccessKey> listed) throws CallFailure, InterruptedException {
        Head now = find(known.name().value());
        if (now == null) {
            return null;
        }
        return now.id().equals(known.id())
                ? known.withKeys(Fact.known(withLastUse(listed), access.clock().instant()))
                : read(now);
    }

    /** The same keys with their last use, where that is needed. */
    private List<AccessKey> withLastUse(List<AccessKey> keys) throws InterruptedException {
        return withLastUse(keys, problems);
    }

    private List<AccessKey> withLastUse(List<AccessKey> keys, Problems own) throws InterruptedException {
        if (!access.needs().has(FactName.LAST_USE) || keys.isEmpty()) {
            return keys;
        }
        AccessKey[] used = new AccessKey[keys.size()];
        List<Integer> places = IntStream.range(0, used.length).boxed().toList();
        Fanout.each(places, at -> {
            AccessKey key = keys.get(at);
            KeyId id = key.id();
            LastUse use = id == null ? key.lastUse() : lastUse(id, own);
            used[at] = new AccessKey(key.slot(), id, key.active(), key.created(), use, key.asOf());
        });
        return List.of(used);
    }

    private LastUse lastUse(KeyId id, Problems own) throws InterruptedException {
        try {
            return reads.lastUse(id);
        } catch (CallFailure failure) {
            own.add("the last use of keys", failure);
            return new LastUse.Unknown(failure.why());
        }
    }
}
