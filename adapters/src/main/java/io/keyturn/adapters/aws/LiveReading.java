package io.keyturn.adapters.aws;

import io.keyturn.core.model.Fact;
import io.keyturn.core.model.FactName;
import io.keyturn.core.model.ReadVia;
import io.keyturn.core.model.Reading;
import io.keyturn.core.model.RootKeys;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.User;
import io.keyturn.engine.port.Held;
import io.keyturn.engine.port.ReadFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads an account call by call. */
final class LiveReading {
    private static final String ROOT_WHAT = "whether the root user has access keys";

    private final Access access;
    private final List<String> notes;
    private final Held held;

    LiveReading(Access access, List<String> notes, Held held) {
        this.access = access;
        this.notes = notes;
        this.held = held;
    }

    /**
     * The whole account, from its first page of users where that was read already; what failed for single users is unknown in
     * it.
     */
    Snapshot read(@Nullable DetailsPage first) throws ReadFailure, InterruptedException {
        Instant start = access.clock().instant();
        Problems problems = new Problems();
        LiveUsers live = new LiveUsers(access, problems);
        List<LiveUsers.Head> heads = new ArrayList<>();
        try {
            live.list(heads, first, held);
        } catch (CallFailure failure) {
            if (heads.isEmpty()) {
                throw access.failure("list the users", failure);
            }
            problems.add("the list of users after the first " + heads.size(), failure);
        }
        try (Together together = new Together()) {
            Together.Later<Fact<RootKeys>> root = together.later(() -> root(access, problems));
            List<User> users = readAll(access, live, heads);
            return snapshot(start, root.get(), users, problems);
        } catch (CallFailure failure) {
            throw access.failure("read the account summary", failure);
        }
    }

    private Snapshot snapshot(Instant start, Fact<RootKeys> root, List<User> users, Problems problems) {
        return new Snapshot(access.account(), ReadVia.LIVE, start, problems.over(Reading.COMPLETE), notes, root, users);
    }

    /** These users, in order of their names, without those deleted meanwhile. */
    static List<User> readAll(Access access, LiveUsers live, List<LiveUsers.Head> heads) throws InterruptedException {
        List<User> users = Collections.synchronizedList(new ArrayList<>());
        Fanout.each(heads, head -> {
            User user = live.read(head);
            if (user != null) {
                users.add(user);
            }
            access.meter().users.increment();
        });
        List<User> sorted = new ArrayList<>(users);
        sorted.sort(Comparator.comparing(User::name));
        return sorted;
    }

    /** Whether the root user has keys, as far as a live reading can tell. */
    static Fact<RootKeys> root(Access access, Problems problems) throws InterruptedException {
        if (!access.needs().has(FactName.ROOT)) {
            return Fact.notRead();
        }
        try {
            Integer present = access.calls()
                    .call(() -> access.iam()
                            .getAccountSummary(r -> r.overrideConfiguration(access.as()))
                            .summaryMapAsStrings()
                            .get("AccountAccessKeysPresent"));
            if (present == null) {
                String why = "the account summary does not tell";
                problems.add(ROOT_WHAT, "missing", why);
                return Fact.unknown(why);
            }
            RootKeys keys = present == 0 ? RootKeys.NONE : new RootKeys(true, List.of());
            return Fact.known(keys, access.clock().instant());
        } catch (CallFailure failure) {
            problems.add(ROOT_WHAT, failure);
            return Fact.unknown(failure.why());
        }
    }
}
