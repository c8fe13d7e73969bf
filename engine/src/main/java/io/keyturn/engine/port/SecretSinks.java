package io.keyturn.engine.port;

import io.keyturn.core.model.Account;
import io.keyturn.core.policy.Rotation;

/** The sinks that policies name. */
public interface SecretSinks {
    /**
     * The sink for the users of an account whose policy rotates in this way.
     *
     * @throws ReadFailure where it cannot be reached at all
     */
    SecretSink open(Account account, Rotation rotation) throws ReadFailure, InterruptedException;
}
