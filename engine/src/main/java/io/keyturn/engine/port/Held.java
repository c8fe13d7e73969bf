package io.keyturn.engine.port;

/** Told how much of an account is held in memory while it is read, so that many large accounts are not held at once. */
@FunctionalInterface
public interface Held {
    /** Room for everything. */
    Held ANY = users -> {};

    /**
     * So many users of the account are held by now. Waits while others leave no room for more; so it is called between the
     * pages of a list, without a permit.
     */
    void users(int users) throws InterruptedException;
}
