package io.keyturn.adapters.aws;

import io.keyturn.core.model.Account;
import io.keyturn.core.model.Needs;
import io.keyturn.core.model.Problem;
import io.keyturn.engine.port.KeyIdMemory;
import io.keyturn.engine.port.Meter;
import io.keyturn.engine.port.RawReports;
import io.keyturn.engine.port.ReadFailure;
import java.time.InstantSource;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.iam.IamClient;

/** What every part of reading one account needs: the way in, and what to read. */
record Access(
        Account account,
        IamClient iam,
        HotReads reads,
        AwsRequestOverrideConfiguration as,
        Calls calls,
        Needs needs,
        KeyIdMemory memory,
        Meter meter,
        InstantSource clock,
        RawReports reports) {
    /** The same way into the account, of which more is known now. */
    Access of(Account described) {
        return new Access(described, iam, reads, as, calls, needs, memory, meter, clock, reports);
    }

    /** How people know the account. */
    String label() {
        return label(account);
    }

    static String label(Account account) {
        String id = account.id().value();
        return account.name().equals(id) ? "account " + id : "account " + id + " (" + account.name() + ")";
    }

    /** The account cannot be read because that call failed. */
    ReadFailure failure(String tried, CallFailure cause) {
        return new ReadFailure(new Problem(tried, label(), cause.why(), cause.advice()), cause);
    }
}
