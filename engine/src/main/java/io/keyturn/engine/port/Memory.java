package io.keyturn.engine.port;

import io.keyturn.core.model.AccountId;
import io.keyturn.core.plan.History;

/** Remembers what was done, said and decided in each account. */
public interface Memory {
    /**
     * The past of an account.
     *
     * @throws StoreFailure where it cannot be read or trusted: then nothing may be planned on its absence
     */
    History of(AccountId account) throws StoreFailure;

    /** Remembers nothing: every key is seen for the first time. */
    Memory NONE = account -> History.NONE;
}
