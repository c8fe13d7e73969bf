package io.keyturn.engine.port;

import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.plan.History;

/** Remembers what was done, said and decided in each account. */
public interface Memory {
    /**
     * Takes note of an account as it was read, before its past is asked for: for memories that live in what is read.
     *
     * @throws StoreFailure where its past cannot be read or trusted
     */
    default void seen(Snapshot snapshot) throws StoreFailure {}

    /**
     * The past of an account.
     *
     * @throws StoreFailure where it cannot be read or trusted: then nothing may be planned on its absence
     */
    History of(AccountId account) throws StoreFailure;

    /** The past of that account, as it was given, is not looked at any more. */
    default void done(AccountId account) {}

    /** Remembers nothing: every key is seen for the first time. */
    Memory NONE = account -> History.NONE;
}
