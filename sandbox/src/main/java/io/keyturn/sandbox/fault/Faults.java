package io.keyturn.sandbox.fault;

/**
 * Says what becomes of each call; the one hook of both doors. An enumerator that fails the Nth operation implements it,
 * and throws an error of its own where the process is to be killed. Implementations behind the HTTP door are safe for
 * use by several threads.
 */
public interface Faults {
    /** Called once before each call takes effect. */
    Fate before(Operation operation);

    /** Called after a call took effect, before its answer goes out. */
    default void after(Operation operation) {}

    /** Whether such a call would be denied, as IAM's policy simulator should say; not counted as a call. */
    default boolean denies(Operation operation) {
        return false;
    }

    /** Nothing goes wrong. */
    Faults NONE = operation -> Fate.OK;
}
