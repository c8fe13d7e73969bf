package io.keyturn.sandbox.world;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The simulated AWS: an organization with its accounts, and the sessions that are open in it. */
public final class World {
    /** Whoever is behind a request. */
    public record Caller(
            SimAccount account,
            String arn,
            String userId,
            @Nullable String userName,
            String secret) {}

    /** A session of an assumed role. */
    record Session(Caller caller, String token, Instant ends) {}

    private final WorldSpec spec;
    private final String partition;
    private final List<OrgUnit> units;
    private final Map<String, SimAccount> accounts;
    private final SimKey admin;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();

    World(WorldSpec spec, List<OrgUnit> units, Map<String, SimAccount> accounts, SimKey admin) {
        this.spec = spec;
        this.partition = "aws";
        this.units = List.copyOf(units);
        this.accounts = accounts;
        this.admin = admin;
    }

    /** The world of a spec. Quick for any size: an account's users are made when they are first asked for. */
    public static World generate(WorldSpec spec) {
        return new Generator(spec).world();
    }

    public String partition() {
        return partition;
    }

    public WorldSpec spec() {
        return spec;
    }

    public List<OrgUnit> units() {
        return units;
    }

    /** All accounts; the first is the management account. */
    public List<SimAccount> accounts() {
        return List.copyOf(accounts.values());
    }

    public @Nullable SimAccount account(String id) {
        return accounts.get(id);
    }

    public SimAccount management() {
        return accounts.values().iterator().next();
    }

    /** The access key of the management account's administrator, which is no IAM user and so in no reading. */
    public SimKey admin() {
        return admin;
    }

    /**
     * Who signs with this key; null where it is unknown, inactive, ended, or not yet known everywhere.
     *
     * @param now the world's instant, which keys begin to work by
     */
    public @Nullable Caller caller(String keyId, @Nullable String token, Instant now) {
        if (keyId.equals(admin.id())) {
            SimAccount home = management();
            String arn = "arn:" + partition + ":sts::" + home.id() + ":assumed-role/Administrator/keyturn";
            return new Caller(home, arn, "AROAKEYTURNADMIN00001:keyturn", null, admin.secret());
        }
        Session session = sessions.get(keyId);
        if (session != null) {
            return session.token().equals(token) ? session.caller() : null;
        }
        for (SimAccount account : accounts.values()) {
            SimUser user = account.userOfKey(keyId);
            if (user != null) {
                return ofUser(account, user, keyId, now);
            }
        }
        return null;
    }

    private @Nullable Caller ofUser(SimAccount account, SimUser user, String keyId, Instant now) {
        for (SimKey key : user.keys()) {
            if (key.id().equals(keyId) && key.active() && !now.isBefore(key.worksFrom())) {
                return new Caller(account, user.arn(partition, account.id()), user.id(), user.name(), key.secret());
            }
        }
        return null;
    }

    /** Whether it is a session that has ended. */
    public boolean ended(String keyId, Instant wall) {
        Session session = sessions.get(keyId);
        return session != null && !session.ends().isAfter(wall);
    }

    /** Notes that a user's key signed a request. */
    public void recordUse(Caller caller, String keyId, Instant now, String service, String region) {
        String userName = caller.userName();
        if (userName != null) {
            caller.account()
                    .change(
                            userName,
                            user -> user.withKeys(user.keys().stream()
                                    .map(key -> key.id().equals(keyId) ? key.used(now, service, region) : key)
                                    .toList()));
        }
    }

    /** Temporary credentials: ID, secret, token. */
    public record Temporary(String id, String secret, String token, Instant ends, String arn, String roleId) {}

    /** Opens a session of a role in an account. */
    public Temporary assume(SimAccount account, String role, String sessionName, Instant ends) {
        String id = "ASIA" + letters(16);
        String secret = letters(40);
        String token = letters(64);
        String arn = "arn:" + partition + ":sts::" + account.id() + ":assumed-role/" + role + "/" + sessionName;
        String roleId =
                "AROA" + String.format("%017X", Objects.hash(account.id(), role) & 0xffffffffL) + ":" + sessionName;
        sessions.put(id, new Session(new Caller(account, arn, roleId, null, secret), token, ends));
        return new Temporary(id, secret, token, ends, arn, roleId);
    }

    /** Random letters and digits for secrets and IDs. */
    public String letters(int count) {
        StringBuilder text = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            text.append("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".charAt(random.nextInt(32)));
        }
        return text.toString();
    }
}
