package io.keyturn.proof.simulation;

import io.keyturn.sandbox.world.AccessKeys;
import io.keyturn.sandbox.world.SimKey;
import io.keyturn.sandbox.world.SimUser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** A year of an account with ten users, a run on each day, people who do what people do, and now and then a fault. */
final class Year {
    private static final int USERS = 10;

    /** How long a year is. */
    static final int DAYS = 365;

    /** Runs at the end in which nothing befalls anybody. */
    private static final int CALM = 4;

    /** One run of so many meets a fault, at one of so many calls. */
    private static final int FAULTY = 12;

    private static final int CALLS = 200;

    /** A user does something unusual on one day of so many. */
    private static final int ODD = 120;

    private final int days;
    private final Random random;
    private final Life life;
    private final Map<String, Person> habits = new HashMap<>();
    private int faultAt = -1;

    private Year(long seed, int days) {
        this.days = days;
        random = new Random(seed);
        life = new Life(Scenario.YEAR, Person.INSTALLS, Map.of());
        List<Person> all = List.of(
                Person.INSTALLS, Person.INSTALLS, Person.INSTALLS, Person.USES_BOTH, Person.IGNORES, Person.IS_AWAY);
        life.truth.byPeople(() -> {
            for (int user = 0; user < USERS; user++) {
                String name = "user" + user;
                habits.put(name, all.get(random.nextInt(all.size())));
                int idle = habits.get(name) == Person.IS_AWAY ? 1 + random.nextInt(60) : 0;
                life.add(new Scenario.Kept(name, idle + random.nextInt(100), idle));
            }
        });
        life.chance(place -> {
            if (life.points.count() != faultAt) {
                return Blow.NONE;
            }
            List<Blow> blows = Blow.at(place);
            return blows.get(random.nextInt(blows.size()));
        });
    }

    /** Lives so many days of it; what was broken, each with what makes it happen again. */
    static List<String> broken(long seed, int days) {
        Life lived = new Year(seed, days).lived();
        String name = name(seed, days);
        String again = name + " (again: ./keyturn sandbox replay " + name + "): ";
        return lived.truth.broken().stream().map(promise -> again + promise).toList();
    }

    /** What was shown of it, day by day, and what was broken. */
    static List<String> told(long seed, int days) {
        Year year = new Year(seed, days);
        List<String> lines = new ArrayList<>(List.of("seed " + name(seed, days)));
        int shown = 0;
        for (int day = 1; day <= days; day++) {
            int broken = year.life.truth.broken().size();
            year.day(day <= days - CALM);
            List<String> news = year.life.shown.subList(shown, year.life.shown.size());
            shown = year.life.shown.size();
            if (!news.isEmpty()) {
                lines.add("day " + day);
                news.forEach(line -> lines.add("        " + line));
            }
            List<String> found = year.life.truth.broken();
            found.subList(broken, found.size()).forEach(promise -> lines.add("      ! " + promise));
        }
        year.life.truth.end();
        lines.add(
                year.life.truth.broken().isEmpty()
                        ? "every promise held"
                        : year.life.truth.broken().size() + " promises broken");
        return lines;
    }

    /** What tells it again: {@code YEAR/7/365}, the second number being its days. */
    private static String name(long seed, int days) {
        return "YEAR/" + seed + "/" + days;
    }

    private Life lived() {
        for (int day = 1; day <= days; day++) {
            day(day <= days - CALM);
        }
        life.truth.end();
        return life;
    }

    private void day(boolean lively) {
        life.tomorrow(() -> habits.keySet().stream().sorted().forEach(name -> live(name, lively)));
        faultAt = lively && random.nextInt(FAULTY) == 0 ? life.points.count() + random.nextInt(CALLS) : -1;
        life.run();
    }

    private SimUser user(String name) {
        return Objects.requireNonNull(life.account().user(name), "nobody deletes users here");
    }

    private void live(String name, boolean lively) {
        Person habit = Objects.requireNonNull(habits.get(name), "each has one");
        for (SimKey key : user(name).keys()) {
            boolean isNew = key.active()
                    && life.sink.held.containsKey(key.id())
                    && !life.inUse().contains(key.id());
            if (isNew && habit == Person.USES_BOTH) {
                life.work(key);
            } else if (isNew && habit == Person.INSTALLS && random.nextInt(3) == 0) {
                user(name).keys().forEach(old -> life.forget(old.id()));
                life.work(key);
            }
        }
        if (lively && random.nextInt(ODD) == 0) {
            odd(name);
        }
        for (SimKey key : user(name).keys()) {
            if (life.inUse().contains(key.id())) {
                life.world.use(key.id(), life.clock.instant(), "s3", "eu-west-1");
            }
        }
    }

    private void odd(String name) {
        AccessKeys access = new AccessKeys(life.world);
        List<SimKey> keys = user(name).keys();
        if (keys.isEmpty()) {
            life.work(access.create(life.account(), name, life.clock.instant()));
            return;
        }
        SimKey one = keys.get(random.nextInt(keys.size()));
        switch (random.nextInt(6)) {
            case 0 -> {
                if (keys.size() < 2) {
                    life.work(access.create(life.account(), name, life.clock.instant()));
                }
            }
            case 1 -> {
                life.forget(one.id());
                access.delete(life.account(), name, one.id(), life.clock.instant());
            }
            case 2 -> {
                life.forget(one.id());
                access.update(life.account(), name, one.id(), !one.active(), life.clock.instant());
            }
            case 3 ->
                life.account().change(name, life.clock.instant(), user -> {
                    Map<String, String> tags = new HashMap<>(user.tags());
                    if (tags.remove(Spared.TAG) == null) {
                        tags.put(Spared.TAG, "carol");
                    }
                    return user.withTags(tags);
                });
            case 4 -> keys.forEach(key -> life.forget(key.id()));
            default -> keys.stream().filter(SimKey::active).limit(1).forEach(life::work);
        }
    }
}
