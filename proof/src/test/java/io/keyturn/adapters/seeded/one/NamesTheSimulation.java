package io.keyturn.adapters.seeded.one;

/** Breaks a rule on purpose: adapters know no door and no simulation. */
public final class NamesTheSimulation {
    Class<?> simulated() {
        return io.keyturn.sandbox.world.World.class;
    }
}
