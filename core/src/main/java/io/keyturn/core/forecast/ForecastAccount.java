package io.keyturn.core.forecast;

import io.keyturn.core.assess.Assessor;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.User;
import io.keyturn.core.model.UserId;
import io.keyturn.core.plan.History;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An account as it changes in a forecast: users and their keys, and what is remembered of them. */
final class ForecastAccount {
    private final Snapshot read;
    private final ForecastPast past;
    private final Map<KeyId, ForecastKey> keys = new HashMap<>();
    private final List<Own> users = new ArrayList<>();
    private final Map<UserId, Own> byId = new HashMap<>();
    private int made;

    private record Own(User user, List<ForecastKey> keys) {}

    ForecastAccount(Snapshot read, History past) {
        this.read = read;
        this.past = new ForecastPast(past);
        for (User user : read.users()) {
            if (user.keys() instanceof Fact.Known<List<AccessKey>> known) {
                List<ForecastKey> own = new ArrayList<>();
                for (AccessKey key : known.value()) {
                    own.add(add(new ForecastKey(key, key.id() == null ? standIn() : key.id())));
                }
                Own of = new Own(user, own);
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
        for (Finding finding : assessor.assess(snapshot(now), past, now)) {
            KeyId id = finding.credential().keyId();
            ForecastKey key = id == null ? null : keys.get(id);
            boolean idle = finding.reasons().stream()
                    .anyMatch(reason -> reason instanceof Reason.NearIdle || reason instanceof Reason.PastIdle);
            if (key != null && key.active() && !idle && finding.lastUse() instanceof LastUse.Used used) {
                Duration ago = Duration.between(used.at(), now);
                key.use(ago.isNegative() ? Duration.ZERO : ago);
            }
        }
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

    /** As a reading of the whole account would find it. The root user is left out: nothing is ever done about it. */
    Snapshot snapshot(Instant now) {
        List<User> current = new ArrayList<>(users.size());
        for (Own own : users) {
            if (!own.keys().isEmpty()) {
                List<AccessKey> keysNow =
                        own.keys().stream().map(key -> key.at(now)).toList();
                current.add(own.user().withKeys(Fact.known(keysNow, now)));
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

    /** All keys there are; who is told of them is not looked up. */
    List<Held> held() {
        List<Held> held = new ArrayList<>(keys.size());
        for (Own own : users) {
            User user = own.user();
            Principal.OfUser principal = new Principal.OfUser(user.name(), user.id(), user.arn());
            own.keys().forEach(key -> held.add(new Held(principal, key, null, null)));
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
