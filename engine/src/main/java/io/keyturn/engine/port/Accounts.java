package io.keyturn.engine.port;

import java.util.function.Consumer;

/** Where the accounts of a run come from: credentials at hand, profiles, roles, a whole organization. */
public interface Accounts {
    /**
     * Hands every account to {@code sink} as soon as it is known, so that reading starts while pages still come.
     * Returns when all are handed over; what cannot be reached is handed over too, never left out.
     *
     * @throws InterruptedException where the run is cancelled
     */
    void each(Consumer<AccountEntry> sink) throws InterruptedException;
}
