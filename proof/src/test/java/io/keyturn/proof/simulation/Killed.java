package io.keyturn.proof.simulation;

/** The process dies: nothing catches this, and nothing more of it reaches the outside. */
final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    Killed() {
        super("killed", null, false, false);
    }
}
