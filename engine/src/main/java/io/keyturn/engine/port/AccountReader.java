package io.keyturn.engine.port;

import io.keyturn.core.model.Needs;

/** Reads one account. */
public interface AccountReader {
    /**
     * Starts whatever takes AWS time, such as the credential report, and keeps nothing but credentials.
     *
     * @throws ReadFailure where the account cannot be read at all
     */
    AccountReading begin(Needs needs) throws ReadFailure, InterruptedException;
}
