package io.keyturn.sandbox.world;

import io.keyturn.sandbox.policy.Authority;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The simulated AWS: an organization with its accounts, and the sessions that are open in it. It has no clock: whoever
 * asks says when. One seed and one order of calls make one course of the world. Safe for use by several threads.
 */
public final class World {
    private final WorldSpec spec;
    private final List<OrgUnit> units;
    private final Map<String, SimAccount> accounts;
    private final List<SimAccount> inOrder;
    private final SimKey admin;
    private final Sessions sessions;
    private final Vault vault;
    private final Parameters parameters;
    private final Buckets buckets;
    private final Trail trail;
    private final Set<String> delegated = ConcurrentHashMap.newKeySet();
    private final Random random;
    private final Queue<Late> late =
            new PriorityQueue<>(Comparator.comparing(Late::due).thenComparing(Late::number));
    private long lateNumber;
    private int lettersDrawn;

    /** Something that happens once the world's time has come to it. */
    private record Late(Instant due, long number, Runnable effect) {}

    World(WorldSpec spec, List<OrgUnit> units, Map<String, SimAccount> accounts, SimKey admin) {
        this.spec = spec;
        this.units = List.copyOf(units);
        this.accounts = new LinkedHashMap<>(accounts);
        this.inOrder = List.copyOf(accounts.values());
        this.admin = admin;
        this.sessions = new Sessions(this);
        Duration staleFor = spec.options().consistency().staleFor();
        this.parameters = new Parameters(staleFor);
        this.buckets = new Buckets(List.of());
        this.vault = new Vault(staleFor);
        this.trail = new Trail(spec);
        this.random = letters(spec);
    }

    private World(World other) {
        this.spec = other.spec;
        this.units = other.units;
        this.accounts = new LinkedHashMap<>();
        other.accounts.forEach((id, account) -> accounts.put(id, account.copy()));
        this.inOrder = List.copyOf(accounts.values());
        this.admin = other.admin;
        this.sessions = new Sessions(this);
        this.parameters = other.parameters.copy();
        this.buckets = other.buckets.copy();
        this.vault = other.vault.copy();
        this.trail = other.trail.copy();
        this.delegated.addAll(other.delegated);
        this.random = letters(spec);
        letters(other.lettersDrawn);
    }

    private static Random letters(WorldSpec spec) {
        return new Random(Chance.bits(spec.seed(), "letters"));
    }

    /**
     * The same world once more, to go another way from here; the same calls make the same course of both. Sessions of
     * roles stay behind: who held one assumes its role anew.
     *
     * @throws IllegalStateException where something is {@linkplain #later still to happen}
     */
    public World copy() {
        if (!isSettled()) {
            throw new IllegalStateException("something is still to happen in this world");
        }
        return new World(this);
    }

    /** Whether nothing is still to happen by itself. */
    public boolean isSettled() {
        synchronized (late) {
            return late.isEmpty();
        }
    }

    /** The world of a spec. Quick for any size: an account's users are made when they are first asked for. */
    public static World generate(WorldSpec spec) {
        return new Generator(spec).world();
    }

    public String partition() {
        return spec.options().partition();
    }

    public WorldSpec spec() {
        return spec;
    }

    public List<OrgUnit> units() {
        return units;
    }

    /** All accounts; the first is the management account. */
    public List<SimAccount> accounts() {
        return inOrder;
    }

    public @Nullable SimAccount account(String id) {
        return accounts.get(id);
    }

    public SimAccount management() {
        return inOrder.getFirst();
    }

    /** Lets an account see the whole organization, and its principals assume the roles that trust those who may. */
    public void delegateTo(String account) {
        delegated.add(account);
    }

    /** Numbers of the delegated administrators. */
    public Set<String> delegatedAdministrators() {
        return Set.copyOf(delegated);
    }

    /** Numbers of the accounts whose principals may assume the role, or {@link SimRole#ANYBODY}. */
    Set<String> trusted(SimRole role) {
        if (!role.trusted().isEmpty()) {
            return role.trusted();
        }
        Set<String> managing = new TreeSet<>(delegated);
        managing.add(management().id());
        return managing;
    }

    /** Whether it is the management account or a delegated administrator. */
    public boolean manages(String account) {
        return account.equals(management().id()) || delegated.contains(account);
    }

    /** The access key of the management account's user {@code administrator}, who is in no list and so in no reading. */
    public SimKey admin() {
        return admin;
    }

    public Sessions sessions() {
        return sessions;
    }

    /** What Secrets Manager keeps. */
    public Vault vault() {
        return vault;
    }

    /** What Parameter Store keeps. */
    public Parameters parameters() {
        return parameters;
    }

    /** What S3 keeps. */
    public Buckets buckets() {
        return buckets;
    }

    /** What CloudTrail keeps. */
    public Trail trail() {
        return trail;
    }

    /**
     * Who signs with this key; null where it is unknown, does not work yet or no longer, or the token is not its own.
     *
     * @param now the world's instant, which keys work by
     */
    public @Nullable Caller caller(String keyId, @Nullable String token, Instant now) {
        if (keyId.startsWith("ASIA")) {
            return sessions.caller(keyId, token);
        }
        SimAccount account = accountOf(keyId);
        if (account == null || !account.active()) {
            return null;
        }
        SimUser user = account.userOfKey(keyId);
        SimKey key = user == null ? null : user.key(keyId);
        if (user == null || key == null) {
            SimAccount.Ghost ghost = account.ghost(keyId);
            return ghost == null || !ghost.key().worksAt(now) ? null : ofUser(account, ghost.user(), ghost.key());
        }
        return key.worksAt(now) ? ofUser(account, user, key) : null;
    }

    /** How often a user or a key of any account changed so far, a use of a key among these. */
    public long changes() {
        long changes = 0;
        for (SimAccount account : inOrder) {
            changes += account.changes();
        }
        return changes;
    }

    /** The account that a key's ID names, whether or not the key exists; null where it names none of this world. */
    public @Nullable SimAccount accountOf(String keyId) {
        String number = Keys.accountOf(keyId);
        return number == null ? null : accounts.get(number);
    }

    private Caller ofUser(SimAccount account, SimUser user, SimKey key) {
        return new Caller(
                account,
                user.arn(partition(), account.id()),
                user.id(),
                key.id(),
                user.name(),
                null,
                key.secret(),
                Authority.ADMINISTRATOR);
    }

    /**
     * Somebody signs a request with a user's key, as its owner does in a simulation.
     *
     * @return whether it is let in; the use is then recorded
     */
    public boolean use(String keyId, Instant now, String service, String region) {
        settle(now);
        Caller caller = caller(keyId, null, now);
        if (caller != null) {
            recordUse(caller, keyId, now, service, region);
        }
        return caller != null;
    }

    /** Notes that a user's key signed a request. */
    public void recordUse(Caller caller, String keyId, Instant now, String service, String region) {
        if (caller.userName() != null) {
            Instant shown = now.plus(Chance.between(
                    spec.options().consistency().lastUse(), Chance.bits(spec.seed(), keyId, "use", now)));
            caller.account().used(keyId, new Use(now, service, region, shown));
        }
    }

    /** Does something once the world's time has come to {@code due}. */
    public void later(Instant due, Runnable effect) {
        synchronized (late) {
            late.add(new Late(due, lateNumber++, effect));
        }
    }

    /** Does what is due by then, in its order; called before anything else that happens at an instant. */
    public void settle(Instant now) {
        synchronized (late) {
            for (Late next = late.peek(); next != null && !next.due().isAfter(now); next = late.peek()) {
                late.remove();
                try {
                    next.effect().run();
                } catch (ServiceError refused) {
                    // The answer to a late call reaches nobody.
                }
            }
        }
    }

    /** Random letters and digits for secrets and IDs, from the seed. */
    public String letters(int count) {
        synchronized (random) {
            lettersDrawn += count;
            return Keys.letters(random, count);
        }
    }
}
