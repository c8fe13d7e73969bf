package io.keyturn.adapters.aws;

import io.keyturn.core.model.Account;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Problem;
import io.keyturn.engine.checkup.AccountCheckup;
import io.keyturn.engine.checkup.AccountProbe;
import io.keyturn.engine.checkup.Check;
import io.keyturn.engine.checkup.Demands;
import io.keyturn.engine.checkup.Role;
import io.keyturn.engine.port.AccountEntry;
import io.keyturn.engine.port.ReadFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tries AWS: reads with one cheap call each, and of changes asks the policies alone. */
public final class AwsProbe implements AccountProbe {
    private final Run run;
    private final Map<AccountId, AwsLiveAccount> live;
    private final Set<String> hubs;

    AwsProbe(Run run, Map<AccountId, AwsLiveAccount> live, Set<String> hubs) {
        this.run = run;
        this.live = live;
        this.hubs = new TreeSet<>(hubs);
    }

    @Override
    public AccountCheckup probe(AccountEntry.Readable entry, Function<Account, Demands> demanded)
            throws InterruptedException {
        if (!(entry.reader() instanceof AwsAccountReader reader)) {
            throw new IllegalArgumentException("not an account of AWS: " + entry.label());
        }
        Demands demands = demanded.apply(reader.account());
        List<Check> checks = new ArrayList<>();
        Access access;
        try {
            access = reader.access(demands.needs());
        } catch (ReadFailure failure) {
            checks.add(notEntered(reader, failure));
            return new AccountCheckup(entry.id(), entry.label(), demands.stage(), checks);
        }
        Login login = reader.login();
        if (login.assume() != null) {
            checks.add(Check.works(Role.READ, roleOf(login.assume()), "assumed"));
        }
        SampleUsers sample = new SampleUsers(access);
        checks.addAll(new ReadProbes(access, run.clients(), demands, reader, sample).checks());
        for (String region : hubs) {
            checks.add(new FindingsDoor(run, reader.account(), login, region).look());
        }
        AwsLiveAccount account = live.get(reader.account().id());
        ChangeLogin changes = account == null ? reader.changes() : account.changes();
        try {
            CallerRole caller = CallerRole.ask(run, access.account().partition(), access.calls(), login.asBase());
            checks.addAll(new ChangeProbes(access, changes, demands, sample).checks(caller));
            checks.addAll(new TrustProbes(access, login, changes).checks(caller));
        } catch (CallFailure failure) {
            checks.add(Check.unknown(null, "sts:GetCallerIdentity", failure.why()));
        }
        return new AccountCheckup(entry.id(), entry.label(), demands.stage(), checks);
    }

    private static Check notEntered(AwsAccountReader reader, ReadFailure failure) {
        Login.Assume assume = reader.login().assume();
        Problem problem = failure.problem();
        String said = failure.getCause() instanceof CallFailure cause ? brief(cause) : problem.why();
        Check failed = Check.fails(
                Role.READ, assume == null ? problem.tried() : roleOf(assume), "could not be entered: " + said);
        return failure.getCause() instanceof CallFailure cause && cause.denied() && assume != null
                ? failed.lacking("sts:AssumeRole")
                : failed;
    }

    private static String roleOf(Login.Assume assume) {
        return "role " + CallerRole.nameOf(assume.arn());
    }

    /** What AWS said: where it denies, its sentence only names again who may not do what. */
    static String brief(CallFailure failure) {
        return failure.denied() ? "denied" : failure.why();
    }

    /** What time it is by AWS; null where it has not answered. */
    public @Nullable Instant awsTime() {
        return run.clients().clock().now();
    }
}
