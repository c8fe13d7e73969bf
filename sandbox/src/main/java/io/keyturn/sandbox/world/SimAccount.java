package io.keyturn.sandbox.world;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One account of the simulated world. Its users come into being when they are first asked for. Reads take the instant
 * they are told of ({@link #readsAt}); writes act on what is so. Safe for use by several threads.
 */
public final class SimAccount {
    /** AWS builds a new credential report at most this often. Source: IAM user guide, "Generate credential reports". */
    private static final Duration REPORT_LIFE = Duration.ofHours(4);

    private final WorldSpec spec;
    private final String id;
    private final String name;
    private final OrgUnit unit;
    private final Map<String, String> tags;
    private final Map<String, SimRole> roles;
    private final Supplier<List<SimUser>> firstUsers;
    private final Map<String, String> userOfKey = new HashMap<>();
    private final Map<String, Ghost> ghosts = new HashMap<>();
    private final List<SimKey> rootKeys = new ArrayList<>();
    private final Versions versions;
    private String state;
    private @Nullable NavigableMap<String, SimUser> users;
    private @Nullable SimUser unlisted;
    private @Nullable Report report;
    /** The users in their order, until one changes; null where that is to be made anew. */
    private @Nullable List<SimUser> listed;

    private long changes;

    /** A deleted key that works for a while yet, and whose it was. */
    record Ghost(SimUser user, SimKey key) {}

    SimAccount(
            WorldSpec spec,
            String id,
            String name,
            String state,
            OrgUnit unit,
            Map<String, SimRole> roles,
            Supplier<List<SimUser>> firstUsers) {
        this.spec = spec;
        this.id = id;
        this.name = name;
        this.state = state;
        this.unit = unit;
        this.tags = state.equals("ACTIVE") ? Map.of("team", name) : Map.of();
        this.roles = new HashMap<>(roles);
        this.firstUsers = firstUsers;
        this.versions = new Versions(spec.options().consistency().staleFor());
    }

    private SimAccount(SimAccount other) {
        this.spec = other.spec;
        this.id = other.id;
        this.name = other.name;
        this.state = other.state;
        this.unit = other.unit;
        this.tags = other.tags;
        this.roles = new HashMap<>(other.roles);
        this.firstUsers = other.firstUsers;
        this.userOfKey.putAll(other.userOfKey);
        this.ghosts.putAll(other.ghosts);
        this.rootKeys.addAll(other.rootKeys);
        this.versions = other.versions.copy();
        this.users = other.users == null ? null : new TreeMap<>(other.users);
        this.unlisted = other.unlisted;
        this.report = other.report;
    }

    /** The same account, which changes apart from now on. */
    synchronized SimAccount copy() {
        return new SimAccount(this);
    }

    public String id() {
        return id;
    }

    public String name() {
        return name;
    }

    /** {@code ACTIVE}, {@code SUSPENDED}, {@code CLOSED}, … */
    public synchronized String state() {
        return state;
    }

    public boolean active() {
        return state().equals("ACTIVE");
    }

    /** Suspends the account, closes it, or makes it active again. */
    public synchronized void become(String other) {
        state = other;
    }

    public OrgUnit unit() {
        return unit;
    }

    public Map<String, String> tags() {
        return tags;
    }

    public synchronized @Nullable SimRole role(String roleName) {
        return roles.get(roleName);
    }

    /** Adds a role, or replaces the one of its name. */
    public synchronized void putRole(SimRole role) {
        roles.put(role.name(), role);
    }

    private NavigableMap<String, SimUser> users() {
        if (users == null) {
            users = new TreeMap<>();
            for (SimUser user : firstUsers.get()) {
                put(user);
            }
        }
        return users;
    }

    /**
     * The instant whose state a read made now is told of: now, or after a recent write by chance of the seed one up to
     * {@code staleFor} ago.
     */
    public synchronized Instant readsAt(Instant now) {
        Consistency late = spec.options().consistency();
        if (!versions.recent(now)) {
            return now;
        }
        long bits = Chance.bits(spec.seed(), id, "read", now);
        if (Chance.share(bits) >= late.staleShare()) {
            return now;
        }
        return now.minus(
                Chance.between(new Consistency.Span(Duration.ZERO, late.staleFor()), Chance.bits(bits, "lag")));
    }

    /** The oldest instant that a read made now may be told of. */
    public Instant stalestAt(Instant now) {
        return now.minus(spec.options().consistency().staleFor());
    }

    /** All users in order of their names, as they are. */
    public synchronized List<SimUser> allUsers() {
        List<SimUser> all = listed;
        if (all == null) {
            all = List.copyOf(users().values());
            listed = all;
        }
        return all;
    }

    /** How often users or keys changed so far, a use of a key among these. */
    public synchronized long changes() {
        return changes;
    }

    private void changed() {
        listed = null;
        changes++;
    }

    public synchronized int userCount() {
        return users().size();
    }

    /** At most {@code limit} users whose names come after {@code after}, as they were. */
    public synchronized List<SimUser> usersAfter(String after, int limit, Instant asOf) {
        if (after.isEmpty() && limit >= users().size() && versions.names().isEmpty()) {
            return allUsers();
        }
        NavigableMap<String, SimUser> tail = users().tailMap(after, false);
        if (!versions.names().isEmpty()) {
            tail = new TreeMap<>(tail);
            for (String written : versions.names()) {
                SimUser was = versions.asOf(written, asOf, users().get(written));
                if (was == null || written.compareTo(after) <= 0) {
                    tail.remove(written);
                } else {
                    tail.put(written, was);
                }
            }
        }
        return tail.values().stream().limit(limit).toList();
    }

    /** A user as it is, or null. */
    public synchronized @Nullable SimUser user(String userName) {
        SimUser listed = users().get(userName);
        return listed == null && unlisted != null && unlisted.name().equals(userName) ? unlisted : listed;
    }

    /** A user as it was, or null. */
    public synchronized @Nullable SimUser user(String userName, Instant asOf) {
        return versions.asOf(userName, asOf, user(userName));
    }

    /** The user who has this key, or null. */
    public synchronized @Nullable SimUser userOfKey(String keyId) {
        if (unlisted != null && unlisted.key(keyId) != null) {
            return unlisted;
        }
        users();
        String userName = userOfKey.get(keyId);
        return userName == null ? null : user(userName);
    }

    /** Adds a user or replaces the one of its name, as if it had always been so. */
    public synchronized void put(SimUser user) {
        SimUser before = users().put(user.name(), user);
        changed();
        if (before == null || before.keys() != user.keys()) {
            forgetKeys(before);
            user.keys().forEach(key -> userOfKey.put(key.id(), user.name()));
        }
    }

    private void forgetKeys(@Nullable SimUser user) {
        if (user != null) {
            user.keys().forEach(key -> userOfKey.remove(key.id()));
        }
    }

    /** A write: adds a user. */
    public synchronized void add(SimUser user, Instant now) {
        versions.wrote(user.name(), user(user.name()), now);
        put(user);
    }

    /** A write: removes a user, if there is one of that name. */
    public synchronized void remove(String userName, Instant now) {
        SimUser before = users().remove(userName);
        if (before != null) {
            changed();
            versions.wrote(userName, before, now);
            forgetKeys(before);
        }
    }

    /** A write: changes a user; returns whether there is one of that name. */
    public synchronized boolean change(String userName, Instant now, UnaryOperator<SimUser> how) {
        SimUser before = user(userName);
        if (before == null) {
            return false;
        }
        SimUser after = how.apply(before);
        versions.wrote(userName, before, now);
        replace(before, after);
        return true;
    }

    private void replace(SimUser before, SimUser after) {
        if (before == unlisted) {
            unlisted = after;
            changed();
        } else {
            put(after);
        }
    }

    /** Notes a use of a key, which is no write: a list taken meanwhile does not change. */
    synchronized void used(String keyId, Use use) {
        SimUser user = userOfKey(keyId);
        SimKey key = user == null ? null : user.key(keyId);
        if (user != null && key != null && key.records(use.at())) {
            replace(user, user.withKey(key.used(use)));
        }
    }

    /** Keeps a deleted key working until its own {@code turns}. */
    synchronized void haunt(SimUser user, SimKey key, Instant now) {
        ghosts.values().removeIf(ghost -> !ghost.key().worksAt(now));
        ghosts.put(key.id(), new Ghost(user, key));
    }

    synchronized @Nullable Ghost ghost(String keyId) {
        return ghosts.get(keyId);
    }

    /** A user who is there and in no list: the one who runs the tools that are tried out. */
    synchronized void putUnlisted(SimUser user) {
        unlisted = user;
        changed();
    }

    public synchronized List<SimKey> rootKeys() {
        return List.copyOf(rootKeys);
    }

    synchronized void addRootKey(SimKey key) {
        rootKeys.add(key);
    }

    /**
     * Asks for a report: one that is not expired stands; else a new one is ready after {@code delay}, and tells what is
     * so now.
     */
    public synchronized Report.State generateReport(Instant now, Duration delay) {
        Report.State state = reportState(now);
        if (state == Report.State.ABSENT || state == Report.State.EXPIRED) {
            report = new Report(spec.options().partition(), id, now, now.plus(delay), allUsers(), rootKeys());
            return Report.State.STARTED;
        }
        return state;
    }

    /** Where the report stands, without asking for one. */
    public synchronized Report.State reportState(Instant now) {
        if (report == null) {
            return Report.State.ABSENT;
        }
        if (now.isBefore(report.made())) {
            return Report.State.INPROGRESS;
        }
        return now.isBefore(report.made().plus(REPORT_LIFE)) ? Report.State.COMPLETE : Report.State.EXPIRED;
    }

    /** The newest report, ready or not; null where none was asked for. */
    public synchronized @Nullable Report report() {
        return report;
    }
}
