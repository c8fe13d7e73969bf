package io.keyturn.bench.effect;

import io.keyturn.sandbox.world.SimKey;
import io.keyturn.sandbox.world.SimUser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rotator as plain rules: a warning a day from 15 days before the limit on, a new key past it, the old one switched off
 * after 14 days and deleted after 14 more, whatever is used; its files go after 7 days.
 */
final class Rotator implements Tool {
    private static final int WARN = Street.LIMIT - 15;
    private static final int DEACTIVATE = 14;
    private static final int DELETE = 14;
    private static final int KEPT = 7;

    /** The two tags: when it last did something about a user, and the key that is to go. */
    private record Tags(int since, String old) {}

    private final Street street;
    private final Map<String, Tags> rotating = new HashMap<>();
    private final Map<String, Integer> files = new HashMap<>();
    private int today;

    Rotator(Street street) {
        this.street = street;
    }

    @Override
    public String name() {
        return "rotator";
    }

    @Override
    public boolean holds(String key) {
        return today - files.getOrDefault(key, Integer.MIN_VALUE / 2) <= KEPT;
    }

    @Override
    public void run(int day) {
        today = day;
        for (SimUser user : street.users()) {
            Tags tags = rotating.get(user.name());
            if (tags == null) {
                begin(user, day);
            } else {
                goOn(user, tags, day);
            }
        }
    }

    private void begin(SimUser user, int day) {
        List<SimKey> active = user.keys().stream().filter(SimKey::active).toList();
        boolean free = user.keys().size() == 1;
        for (SimKey key : active) {
            long age = street.age(key);
            if (free && age > Street.LIMIT) {
                String made = street.create(user.name());
                files.put(made, day);
                rotating.put(user.name(), new Tags(day, key.id()));
                street.tell(user.name(), new Word.Fetch(key.id(), made));
            } else if (age > WARN) {
                street.tell(user.name(), new Word.Renew(key.id()));
            }
        }
    }

    private void goOn(SimUser user, Tags tags, int day) {
        long active = user.keys().stream().filter(SimKey::active).count();
        SimKey old = user.key(tags.old());
        if (old == null || user.keys().size() != 2) {
            rotating.remove(user.name());
        } else if (active == 2) {
            if (day - tags.since() >= DEACTIVATE) {
                street.switchOff(user.name(), tags.old());
                rotating.put(user.name(), new Tags(day, tags.old()));
                street.tell(user.name(), new Word.Told(tags.old()));
            }
        } else if (active == 1 && !old.active()) {
            if (day - tags.since() >= DELETE) {
                street.delete(user.name(), tags.old());
                rotating.remove(user.name());
                street.tell(user.name(), new Word.Told(tags.old()));
            }
        } else {
            rotating.remove(user.name());
        }
    }
}
