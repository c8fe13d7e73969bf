package io.keyturn.app.wiring;

import io.keyturn.adapters.aws.AwsAccounts;
import io.keyturn.adapters.aws.AwsProbe;
import io.keyturn.adapters.aws.ReadPermissions;
import io.keyturn.app.config.Report;
import io.keyturn.app.config.Settings;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.Needs;
import io.keyturn.core.plan.Stages;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.checkup.Check;
import io.keyturn.engine.checkup.Checkup;
import io.keyturn.engine.checkup.Demands;
import io.keyturn.engine.checkup.Remedy;
import io.keyturn.engine.checkup.Rounds;
import io.keyturn.engine.port.AccountEntry;
import io.keyturn.engine.port.KeyIdMemory;
import io.keyturn.engine.port.Meter;
import io.keyturn.engine.port.Secrets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tries everything that a run will need, and changes nothing, not even a file. */
public final class DoctorJob {
    /** Less than workers' clocks may differ by without one taking over what the other still holds. */
    private static final Duration NOTICEABLE = Duration.ofSeconds(10);

    /** AWS refuses what was signed longer ago, or for later. */
    private static final Duration TOLERATED = Duration.ofMinutes(5);

    private final Settings settings;
    private final Map<String, String> environment;
    private final InstantSource clock;
    private final IamPolicies policies;
    private final Meter meter = new Meter();

    public DoctorJob(Settings settings, Map<String, String> environment, InstantSource clock) {
        this.settings = settings;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
        this.policies = new IamPolicies(settings, environment);
    }

    /** Counts while it runs. */
    public Meter meter() {
        return meter;
    }

    /**
     * What was found.
     *
     * @param remedies what to add to which policy
     * @param labels how people know the accounts there are, whether they were tried or not
     */
    public record Result(Checkup checkup, List<Remedy> remedies, Set<String> labels) {
        public Result {
            remedies = List.copyOf(remedies);
            labels = Set.copyOf(labels);
        }
    }

    /** Tries the accounts that pass {@code taken}, and all that is of no single account. */
    public Result run(Predicate<AccountEntry> taken) throws InterruptedException {
        try (AwsAccounts accounts = new AwsAccounts(
                Surveys.awsSettings(settings, environment, RunName.of(clock.instant())),
                KeyIdMemory.NONE,
                meter,
                clock)) {
            AwsProbe probe = accounts.probe(hubs());
            Rounds rounds = new Rounds(probe, this::demands, meter);
            rounds.go(accounts, taken);
            List<Check> here = new ArrayList<>();
            here.add(clock(probe.awsTime()));
            here.addAll(new StoreCheck(settings, environment, clock).checks(rounds.accounts()));
            try (Secrets secrets = new RunSecrets(environment, settings.acting().credstash())) {
                here.addAll(new ChannelChecks(settings.acting().channels(), environment, secrets, clock).checks());
            }
            Checkup checkup = new Checkup(clock.instant(), here, rounds.accounts(), rounds.leftOut());
            return new Result(checkup, new Remedies(settings, policies).of(checkup), rounds.labels());
        }
    }

    private Set<String> hubs() {
        return settings.reports().stream()
                .filter(Report.SecurityHub.class::isInstance)
                .map(report -> ((Report.SecurityHub) report).region())
                .flatMap(region -> region == null ? ReadPermissions.region(environment).stream() : Stream.of(region))
                .collect(Collectors.toSet());
    }

    private Demands demands(Account account) {
        Stage stage = Stages.of(account, settings.rules().stages());
        Needs needs = stage.allows(Step.REMIND) ? Surveys.whole(settings) : Surveys.needs(settings);
        return new Demands(stage, settings.read(), needs, policies.acts(stage), policies.creates(stage));
    }

    private Check clock(@Nullable Instant awsTime) {
        if (awsTime == null) {
            return Check.unknown(null, "clock", "AWS gave no answer to compare it with");
        }
        Duration ahead = Duration.between(awsTime, clock.instant());
        Duration off = ahead.abs();
        if (off.compareTo(NOTICEABLE) <= 0) {
            return Check.works(null, "clock", "as AWS's");
        }
        String said = off.toSeconds() + " s " + (ahead.isNegative() ? "behind" : "ahead of") + " AWS's";
        return off.compareTo(TOLERATED) <= 0
                ? Check.note(null, "clock", said)
                : Check.fails(null, "clock", said + "; set it, or let a time service do so");
    }
}
