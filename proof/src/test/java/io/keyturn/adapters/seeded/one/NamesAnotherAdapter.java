package io.keyturn.adapters.seeded.one;

/** Breaks a rule on purpose: adapters are blind to each other. */
public final class NamesAnotherAdapter {
    Class<?> other() {
        return io.keyturn.adapters.neighbour.Neighbour.class;
    }
}
