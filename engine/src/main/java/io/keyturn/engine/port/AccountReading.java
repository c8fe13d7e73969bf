package io.keyturn.engine.port;

import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.UserId;
import java.util.Set;

/** The reading of one account, in the order of its methods. */
public interface AccountReading {
    /** Waits until {@link #read} would not wait for AWS to prepare something; holds no permit and no memory meanwhile. */
    void awaitReady() throws ReadFailure, InterruptedException;

    /**
     * Reads what the run needs. What could not be read is unknown in the Snapshot, and its reading then partial.
     *
     * @param held told as the account grows
     */
    Snapshot read(Held held) throws ReadFailure, InterruptedException;

    /** The same, where nothing else takes the memory. */
    default Snapshot read() throws ReadFailure, InterruptedException {
        return read(Held.ANY);
    }

    /**
     * The same Snapshot with the key IDs of these users learnt, from memory where it still fits, else live.
     * A user whose IDs cannot be learnt keeps its keys, and the reading becomes partial.
     */
    Snapshot identify(Snapshot snapshot, Set<UserId> users) throws InterruptedException;
}
