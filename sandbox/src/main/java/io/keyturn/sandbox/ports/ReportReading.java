package io.keyturn.sandbox.ports;

import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.FactName;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.RootKeys;
import io.keyturn.core.model.User;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.sandbox.protocol.Page;
import io.keyturn.sandbox.world.Report;
import io.keyturn.sandbox.world.SimKey;
import io.keyturn.sandbox.world.SimUser;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Joins a credential report with the authorization details, and reads live what is not surely in both. */
final class ReportReading {
    private final WorldIam iam;
    private final String partition;
    private final LiveUsers live;
    private final Report report;

    ReportReading(WorldIam iam, String partition, LiveUsers live) throws CallFailed {
        this.iam = iam;
        this.partition = partition;
        this.live = live;
        this.report = LiveUsers.patiently(iam::report);
    }

    /** What the report says was so at this instant. */
    Instant made() {
        return report.made();
    }

    List<User> users() throws CallFailed {
        Map<String, SimUser> rows = new HashMap<>();
        report.users().forEach(user -> rows.put(user.name(), user));
        List<User> users = new ArrayList<>();
        for (SimUser detail : details()) {
            SimUser row = rows.remove(detail.name());
            boolean fits = row != null
                    && row.created().equals(detail.created())
                    && row.keys().size() <= 2;
            users.add(fits && row != null ? join(detail, row) : live.read(detail));
        }
        for (SimUser only : rows.values()) {
            SimUser found = find(only.name());
            if (found != null) {
                users.add(live.read(found));
            }
        }
        users.sort(Comparator.comparing(User::name));
        return users;
    }

    private List<SimUser> details() throws CallFailed {
        return LiveUsers.all((@Nullable String token) ->
                (LiveUsers.Read<Page<SimUser>>) () -> iam.users("GetAccountAuthorizationDetails", token));
    }

    /** A user whom only the report names; null where it is gone since. */
    private @Nullable SimUser find(String name) {
        try {
            return LiveUsers.patiently(() -> iam.of("GetUser", name, user -> user));
        } catch (CallFailed failed) {
            if (failed.kind() != CallFailed.Kind.NOT_FOUND) {
                live.problems().add("users that only the credential report names: " + failed.why());
            }
            return null;
        }
    }

    private User join(SimUser detail, SimUser row) {
        Instant now = iam.clock().instant();
        List<String> policies = new ArrayList<>(detail.attached());
        policies.addAll(detail.inline());
        return new User(
                new UserName(detail.name()),
                new UserId(detail.id()),
                detail.arn(partition, iam.account().id()),
                detail.path(),
                detail.created(),
                Fact.known(keys(row.keys()), made()),
                live.tags(detail),
                live.known(FactName.GROUPS, detail.groups(), now),
                live.known(FactName.POLICIES, policies, now),
                live.known(FactName.BOUNDARY, LiveUsers.boundary(detail), now),
                live.known(FactName.CONSOLE, row.password(), made()),
                live.known(FactName.MFA, row.mfa(), made()));
    }

    /** Slots are in order of key IDs, which the report does not tell. */
    private List<AccessKey> keys(List<SimKey> held) {
        List<SimKey> slots =
                held.stream().sorted(Comparator.comparing(SimKey::id)).toList();
        List<AccessKey> keys = new ArrayList<>();
        for (int slot = 1; slot <= slots.size(); slot++) {
            SimKey key = slots.get(slot - 1);
            LastUse use = live.known(FactName.LAST_USE, LiveUsers.shown(key.useShownAt(report.asOf())), made())
                    .orElse(LastUse.NOT_READ);
            keys.add(new AccessKey(slot, null, key.active(), key.created(), use, made()));
        }
        keys.sort(Comparator.comparing(AccessKey::created));
        return List.copyOf(keys);
    }

    Fact<RootKeys> root() {
        List<AccessKey> keys = keys(report.rootKeys());
        return live.known(FactName.ROOT, new RootKeys(!keys.isEmpty(), keys), made());
    }
}
