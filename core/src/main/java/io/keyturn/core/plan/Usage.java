package io.keyturn.core.plan;

import io.keyturn.core.model.AccountId;
import io.keyturn.core.policy.Capped;

/** How much of the caps is used up already, by earlier runs and other workers, in the window of each cap. */
public interface Usage {
    /** In all accounts together. */
    int global(Capped capped);

    /** In one account. */
    int of(AccountId account, Capped capped);

    /** Nothing is. */
    Usage NONE = new Usage() {
        @Override
        public int global(Capped capped) {
            return 0;
        }

        @Override
        public int of(AccountId account, Capped capped) {
            return 0;
        }
    };
}
