package io.keyturn.sandbox.world;

import java.time.Instant;

/**
 * What a generated world is like; the same spec makes the same world.
 *
 * @param accounts how many, the management account among them, at least one
 * @param users in all accounts together
 * @param atRisk the share of users, from 0 to 1, with a key that is too old or idle for too long
 * @param now the world's instant: ages are counted back from it
 */
public record WorldSpec(long seed, int accounts, int users, double atRisk, Instant now, WorldOptions options) {
    public WorldSpec {
        if (accounts < 1 || users < 0 || atRisk < 0 || atRisk > 1) {
            throw new IllegalArgumentException(
                    "a world has at least one account, no negative users, and a share at risk from 0 to 1");
        }
    }

    public WorldSpec(long seed, int accounts, int users, double atRisk, Instant now) {
        this(seed, accounts, users, atRisk, now, WorldOptions.DEFAULT);
    }

    /** The same world, behaving otherwise. */
    public WorldSpec with(WorldOptions other) {
        return new WorldSpec(seed, accounts, users, atRisk, now, other);
    }
}
