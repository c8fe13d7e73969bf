package io.keyturn.adapters.aws;

import io.keyturn.engine.port.KeyIdMemory;
import io.keyturn.engine.port.Meter;
import java.time.InstantSource;

/** What all accounts of a run share. */
record Run(
        AwsSettings settings, AwsClients clients, CallPool pool, KeyIdMemory memory, Meter meter, InstantSource clock) {
    /** The calls of one more account, its deadline counted from now. */
    Calls calls() {
        return new Calls(pool, new AccountLimiter(settings.fast()), meter, settings.accountDeadline());
    }
}
