package io.keyturn.bench.effect;

import io.keyturn.sandbox.world.SimKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One user of the account, and whoever owns its keys. */
final class Dweller {
    private static final int MONTH = 30;

    private final Street street;
    private final String user;
    private final Temper temper;
    private final Random chance;
    private final int[] leaves = new int[2];
    private final int[] stays = new int[2];
    private final List<Word> inbox = new ArrayList<>();
    /** What is to be done on a day. */
    private final TreeMap<Integer, List<Runnable>> plans = new TreeMap<>();

    private @Nullable String inUse;
    private boolean planned;

    Dweller(Street street, String user, Temper temper, String key, Random chance) {
        this.street = street;
        this.user = user;
        this.temper = temper;
        this.inUse = key;
        this.chance = chance;
        for (int i = 0; i < leaves.length; i++) {
            leaves[i] = i * 182 + chance.nextInt(140);
            stays[i] = 21 + chance.nextInt(22);
        }
    }

    String user() {
        return user;
    }

    Temper temper() {
        return temper;
    }

    /** The key it works with; null where it lost all. */
    @Nullable
    String inUse() {
        return inUse;
    }

    void hear(Word word) {
        if (temper.reads()) {
            inbox.add(word);
        }
    }

    private boolean isAway(int day) {
        if (temper != Temper.ABSENT) {
            return false;
        }
        for (int i = 0; i < leaves.length; i++) {
            if (day >= leaves[i] && day < leaves[i] + stays[i]) {
                return true;
            }
        }
        return false;
    }

    void live(int day) {
        if (isAway(day)) {
            return;
        }
        if (works(day)) {
            work(day);
        }
        List<Word> read = List.copyOf(inbox);
        inbox.clear();
        read.forEach(word -> heed(word, day));
        List<Runnable> due = plans.remove(day);
        while (!plans.isEmpty() && plans.firstKey() < day) {
            // What fell into an absence is done on the first day back.
            plans.pollFirstEntry().getValue().forEach(Runnable::run);
        }
        if (due != null) {
            due.forEach(Runnable::run);
        }
    }

    private boolean works(int day) {
        return switch (temper) {
            case GONE -> false;
            case FORGOTTEN, MACHINE -> true;
            case MONTHLY -> Math.floorMod(day + user.hashCode(), MONTH) == 0;
            case PROMPT, SLOW, ABSENT -> day % 7 < 5;
        };
    }

    private void work(int day) {
        String key = inUse;
        if (key == null || street.use(key)) {
            return;
        }
        street.tally().lockOuts++;
        inUse = null;
        if (temper.reads()) {
            // Whoever is locked out asks until they have a key again: the next day.
            later(day + 1, () -> replace(key));
        }
    }

    private void heed(Word word, int day) {
        if (planned || !temper.heeds(chance)) {
            return;
        }
        switch (word) {
            case Word.Renew(String key) -> plan(day, () -> renew(key));
            case Word.Fetch(String key, String successor) -> plan(day, () -> install(key, successor));
            case Word.Told told -> {
                // Nothing was asked.
            }
        }
    }

    private void plan(int day, Runnable what) {
        planned = true;
        later(day + temper.delay(chance), () -> {
            planned = false;
            what.run();
        });
    }

    private void later(int day, Runnable what) {
        plans.computeIfAbsent(day, any -> new ArrayList<>()).add(what);
    }

    private void renew(String key) {
        if (street.key(user, key) == null) {
            return;
        }
        if (!key.equals(inUse)) {
            street.delete(user, key);
            return;
        }
        replace(key);
    }

    private void replace(String old) {
        for (SimKey key : street.keys(user)) {
            if (!key.id().equals(old)) {
                // The other slot is needed.
                street.delete(user, key.id());
            }
        }
        inUse = street.create(user);
        // One in three leaves the old key where it is.
        if (street.key(user, old) != null && (temper == Temper.PROMPT || chance.nextInt(3) > 0)) {
            street.delete(user, old);
        }
    }

    private void install(String old, String successor) {
        SimKey key = street.key(user, successor);
        if (key == null || successor.equals(inUse)) {
            return;
        }
        if (street.tool().holds(successor)) {
            inUse = successor;
            return;
        }
        street.tally().secretsLost++;
        street.delete(user, successor);
        if (street.key(user, old) != null) {
            replace(old);
        }
    }
}
