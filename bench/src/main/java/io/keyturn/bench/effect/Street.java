package io.keyturn.bench.effect;

import io.keyturn.sandbox.world.AccessKeys;
import io.keyturn.sandbox.world.SimAccount;
import io.keyturn.sandbox.world.SimKey;
import io.keyturn.sandbox.world.SimUser;
import io.keyturn.sandbox.world.VirtualClock;
import io.keyturn.sandbox.world.World;
import io.keyturn.sandbox.world.WorldSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** 200 users in ten accounts, and whoever owns their keys; the same seed makes the same people. */
final class Street {
    /** A Monday. */
    static final Instant START = Instant.parse("2026-01-05T06:00:00Z");

    static final int DAYS = 365;

    private static final Duration HALF_A_DAY = Duration.ofHours(12);
    private static final int ACCOUNTS = 10;
    /** The age that all tools are told to keep keys under. */
    static final int LIMIT = 90;
    /** A key that is younger and in use needs nobody's attention by any of the tools' settings. */
    private static final int HEALTHY = 50;

    private static final Map<Temper, Integer> PEOPLE = new LinkedHashMap<>();

    static {
        PEOPLE.put(Temper.PROMPT, 60);
        PEOPLE.put(Temper.SLOW, 40);
        PEOPLE.put(Temper.ABSENT, 25);
        PEOPLE.put(Temper.GONE, 15);
        PEOPLE.put(Temper.FORGOTTEN, 5);
        PEOPLE.put(Temper.MACHINE, 45);
        PEOPLE.put(Temper.MONTHLY, 10);
    }

    private final World world;
    private final VirtualClock clock = VirtualClock.standingAt(START);
    private final AccessKeys access;
    private final Map<String, Dweller> dwellers = new LinkedHashMap<>();
    private final Map<String, SimAccount> homes = new HashMap<>();
    private final Map<String, Instant> lastUse = new HashMap<>();
    private final Tally tally = new Tally();
    private @Nullable Tool tool;

    Street(long seed) {
        this.world = World.generate(new WorldSpec(seed, ACCOUNTS, 0, 0, START));
        this.access = new AccessKeys(world);
        Random chance = new Random(seed);
        PEOPLE.forEach((temper, count) -> {
            for (int i = 0; i < count; i++) {
                move(temper, i, new Random(chance.nextLong()));
            }
        });
    }

    private void move(Temper temper, int number, Random chance) {
        String name = temper.name().toLowerCase(java.util.Locale.ROOT) + "-" + number;
        Instant made = START.minus(Duration.ofDays(chance.nextInt(120)));
        List<SimAccount> open =
                world.accounts().stream().filter(SimAccount::active).toList();
        SimAccount account = open.get(homes.size() % open.size());
        homes.put(name, account);
        account.add(
                new SimUser(
                        name,
                        "AIDA%016d".formatted(Math.floorMod(name.hashCode(), 1_000_000_000)),
                        temper.isMachine() ? "/service/" : "/people/",
                        made,
                        !temper.isMachine(),
                        !temper.isMachine(),
                        Map.of("Owner", name + "@example.com"),
                        List.of(),
                        List.of(),
                        List.of(),
                        null,
                        List.of()),
                made);
        SimKey key = access.create(account, name, made);
        if (temper != Temper.GONE) {
            world.use(key.id(), START.minus(Duration.ofDays(1)), "s3", "eu-central-1");
            lastUse.put(key.id(), START.minus(Duration.ofDays(1)));
        }
        dwellers.put(name, new Dweller(this, name, temper, key.id(), chance));
    }

    /** A year under that tool. */
    Tally year(Tool under) throws Exception {
        tool = under;
        for (int day = 0; day < DAYS; day++) {
            int today = day;
            dwellers.values().forEach(dweller -> dweller.live(today));
            // Half a day later, when AWS tells of the day's uses.
            pass(HALF_A_DAY);
            under.run(day);
            count();
            pass(HALF_A_DAY);
        }
        return tally;
    }

    private void pass(Duration time) {
        clock.move(time);
        world.settle(clock.instant());
    }

    private void count() {
        for (SimUser user : users()) {
            for (SimKey key : user.keys()) {
                if (key.active()) {
                    tally.overdue(temper(user.name()), key.id(), age(key) > LIMIT);
                } else {
                    tally.ended(key.id());
                }
            }
        }
    }

    private Temper temper(String user) {
        return Objects.requireNonNull(dwellers.get(user), "everybody lives here")
                .temper();
    }

    Tool tool() {
        if (tool == null) {
            throw new IllegalStateException("nothing watches over this street yet");
        }
        return tool;
    }

    Tally tally() {
        return tally;
    }

    World world() {
        return world;
    }

    VirtualClock clock() {
        return clock;
    }

    /** All users as they are now. */
    List<SimUser> users() {
        return world.accounts().stream()
                .flatMap(account -> account.allUsers().stream())
                .toList();
    }

    /** The account that the user lives in. */
    private SimAccount home(String user) {
        return Objects.requireNonNull(homes.get(user), "everybody has a home");
    }

    List<SimKey> keys(String user) {
        SimAccount home = homes.get(user);
        SimUser of = home == null ? null : home.user(user);
        return of == null ? List.of() : of.keys();
    }

    @Nullable
    SimKey key(String user, String id) {
        return keys(user).stream()
                .filter(key -> key.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    /** Whole days since it was made. */
    long age(SimKey key) {
        return Duration.between(key.created(), clock.instant()).toDays();
    }

    /** Whole days since it was last used, or made. */
    long idle(SimKey key) {
        return Duration.between(lastUse.getOrDefault(key.id(), key.created()), clock.instant())
                .toDays();
    }

    /** Whether a request with the key was let in. */
    boolean use(String key) {
        Instant now = clock.instant();
        boolean let = world.use(key, now, "s3", "eu-central-1");
        if (let) {
            lastUse.put(key, now);
        }
        return let;
    }

    String create(String user) {
        return access.create(home(user), user, clock.instant()).id();
    }

    void delete(String user, String key) {
        tally.ended(key);
        access.delete(home(user), user, key, clock.instant());
    }

    void switchOff(String user, String key) {
        tally.ended(key);
        access.update(home(user), user, key, false, clock.instant());
    }

    /** A message about a key to the owner of its user; several accounts are worked on at a time. */
    synchronized void tell(String user, Word word) {
        Dweller dweller = dwellers.get(user);
        SimKey key = key(user, word.key());
        if (dweller == null) {
            return;
        }
        boolean healthy = key != null
                && key.active()
                && age(key) < HEALTHY
                && idle(key) < 30
                && key.id().equals(dweller.inUse())
                && !(word instanceof Word.Fetch);
        tally.message(user, word.key(), healthy);
        dweller.hear(word);
    }
}
