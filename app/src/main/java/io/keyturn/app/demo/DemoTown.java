package io.keyturn.app.demo;

import io.keyturn.core.model.KeyId;
import io.keyturn.engine.port.Notifier;
import io.keyturn.engine.port.SecretSinks;
import io.keyturn.sandbox.world.SimAccount;
import io.keyturn.sandbox.world.SimKey;
import io.keyturn.sandbox.world.SimUser;
import io.keyturn.sandbox.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The people of a simulated organization: they get every message, use the keys they used before, and most of them install
 * a new key some days after they heard of it.
 */
public final class DemoTown {
    private static final Duration IN_USE = Duration.ofDays(4);
    private static final int DAYS_TO_REACT = 3;
    private static final int ONE_IN_SO_MANY_IGNORES = 5;

    private final World world;
    private final DemoLetters letters = new DemoLetters();
    private final DemoSafe safe = new DemoSafe(new HashSet<>());
    private final Map<String, Integer> heardFor = new HashMap<>();
    private final Set<String> installed = new HashSet<>();

    public DemoTown(World world) {
        this.world = world;
    }

    /** Where their messages arrive. */
    public Notifier notifier() {
        return letters;
    }

    /** Where their new secrets lie. */
    public SecretSinks safes() {
        return safe;
    }

    /** What they do in the day that ends now. */
    public void live(Instant now) {
        for (SimAccount account : world.accounts()) {
            for (SimUser user : account.allUsers()) {
                live(user, now);
            }
        }
    }

    private void live(SimUser user, Instant now) {
        KeyId successor = letters.successor(user.name());
        if (successor != null && heardFor.merge(user.name(), 1, Integer::sum) > DAYS_TO_REACT && reacts(user)) {
            installed.add(user.name());
        }
        String fresh = successor == null ? "" : successor.value();
        boolean moved = !fresh.isEmpty() && installed.contains(user.name());
        if (moved) {
            world.use(fresh, now, "s3", "eu-central-1");
        }
        for (SimKey key : user.keys()) {
            Instant last = key.lastUsed();
            boolean inUse = last != null && last.isAfter(now.minus(IN_USE));
            if (key.active() && inUse && !moved && !key.id().equals(fresh)) {
                world.use(key.id(), now, "s3", "eu-central-1");
            }
        }
    }

    private static boolean reacts(SimUser user) {
        return Math.floorMod(user.name().hashCode(), ONE_IN_SO_MANY_IGNORES) != 0;
    }
}
