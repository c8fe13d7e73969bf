package io.keyturn.adapters.aws;

import io.keyturn.core.model.AccountId;
import io.keyturn.engine.port.KeyIdMemory;
import io.keyturn.engine.port.Meter;
import io.keyturn.engine.port.RawReports;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What all accounts of a run share. */
record Run(
        AwsSettings settings,
        AwsClients clients,
        CallPool pool,
        KeyIdMemory memory,
        Meter meter,
        InstantSource clock,
        RawReports reports,
        Map<AccountId, AccountLimiter> limiters) {
    Run(
            AwsSettings settings,
            AwsClients clients,
            CallPool pool,
            KeyIdMemory memory,
            Meter meter,
            InstantSource clock,
            RawReports reports) {
        this(settings, clients, pool, memory, meter, clock, reports, new ConcurrentHashMap<>());
    }

    /** Calls of an account that is not known yet, their deadline counted from now. */
    Calls calls() {
        return new Calls(pool, new AccountLimiter(settings.fast()), meter, settings.accountDeadline());
    }

    /** Calls of an account that must not take longer than that, their deadline counted from now. */
    Calls calls(Duration within) {
        return new Calls(pool, new AccountLimiter(settings.fast()), meter, within);
    }

    /** Calls of that account, their deadline counted from now, at the pace that its earlier calls learnt. */
    Calls calls(AccountId account) {
        AccountLimiter limiter = limiters.computeIfAbsent(account, any -> new AccountLimiter(settings.fast()));
        return new Calls(pool, limiter, meter, settings.accountDeadline());
    }
}
