package io.keyturn.engine.apply;

import io.keyturn.engine.journal.Lease;
import io.keyturn.engine.journal.Leases;
import io.keyturn.engine.port.StoreFailure;
import java.time.Duration;
import java.time.InstantSource;

/** A lease held for as long as an account is worked on: renewed when half of it is gone, given back at the end. */
final class Tenure {
    private final Leases leases;
    private final InstantSource clock;
    /** Renewed by one thread, looked at by those that send. */
    private volatile Lease lease;

    Tenure(Leases leases, InstantSource clock, Lease lease) {
        this.leases = leases;
        this.clock = clock;
        this.lease = lease;
    }

    /** Whether a change may start now. */
    boolean holds() {
        return leases.holds(lease);
    }

    /** The lease with enough of its term left for one more change. */
    Lease renewed() throws StoreFailure {
        Duration left = Duration.between(clock.instant(), lease.until());
        if (left.compareTo(Leases.TERM.dividedBy(2)) < 0) {
            lease = leases.renew(lease);
        }
        return lease;
    }

    void end() throws StoreFailure {
        leases.release(lease);
    }
}
