package io.keyturn.adapters.neighbour;

/** The other half of a seeded cycle. */
public final class Neighbour {
    Class<?> back() {
        return io.keyturn.adapters.seeded.one.NamesAnotherAdapter.class;
    }
}
