package io.keyturn.engine.port;

import io.keyturn.core.model.Account;

/** Accounts that were surveyed, opened again to be acted on. */
public interface LiveAccounts {
    /**
     * Opens one.
     *
     * @throws ReadFailure where it cannot be reached any more
     */
    LiveAccount open(Account account) throws ReadFailure, InterruptedException;
}
