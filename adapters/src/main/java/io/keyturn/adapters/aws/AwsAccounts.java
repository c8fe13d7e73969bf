package io.keyturn.adapters.aws;

import io.keyturn.core.model.Account;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.Partition;
import io.keyturn.core.model.Problem;
import io.keyturn.engine.port.AccountEntry;
import io.keyturn.engine.port.AccountSource;
import io.keyturn.engine.port.Accounts;
import io.keyturn.engine.port.KeyIdMemory;
import io.keyturn.engine.port.LiveAccount;
import io.keyturn.engine.port.LiveAccounts;
import io.keyturn.engine.port.Meter;
import io.keyturn.engine.port.RawReports;
import io.keyturn.engine.port.ReadFailure;
import io.keyturn.engine.port.Witness;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** The accounts of AWS that the configuration names. Close it after the run: it holds threads and connections. */
public final class AwsAccounts implements Accounts, LiveAccounts, AutoCloseable {
    private final Run run;
    private final Credentials credentials;
    private final Map<AccountId, AwsLiveAccount> live = new ConcurrentHashMap<>();
    private final Map<AccountId, DeliveryDoor> doors = new ConcurrentHashMap<>();
    private final Map<AccountId, Login> logins = new ConcurrentHashMap<>();
    private final Witness witness;

    /**
     * Opens nothing yet.
     *
     * @param memory where learnt key IDs are kept
     * @param meter counts the calls
     * @param clock tells when something was read
     */
    public AwsAccounts(AwsSettings settings, KeyIdMemory memory, Meter meter, InstantSource clock) {
        this(settings, memory, meter, clock, RawReports.NONE);
    }

    /**
     * The same with the credential reports kept as they come.
     *
     * @param reports takes each report that an account is read by
     */
    public AwsAccounts(AwsSettings settings, KeyIdMemory memory, Meter meter, InstantSource clock, RawReports reports) {
        AwsClients clients = new AwsClients(settings.environment());
        this.run = new Run(settings, clients, new CallPool(), memory, meter, clock, reports);
        this.credentials = new Credentials(settings.environment());
        this.witness = new AwsWitness(run, live);
    }

    @Override
    public void each(Consumer<AccountEntry> sink) throws InterruptedException {
        Set<String> known = new HashSet<>();
        for (AccountSource source : run.settings().sources()) {
            Consumer<AccountEntry> once = entry -> sink.accept(remembered(firstTime(entry, known), source));
            switch (source) {
                case AccountSource.Ambient ambient -> once.accept(ambient(ambient));
                case AccountSource.Profile profile -> once.accept(profile(profile));
                case AccountSource.Role role -> once.accept(role(role));
                case AccountSource.Organization organization -> organization(organization, once);
            }
        }
    }

    /** An account that two sources name is read through the first, so that none of its keys counts twice. */
    private static AccountEntry firstTime(AccountEntry entry, Set<String> known) {
        if (entry instanceof AccountEntry.Readable(String label, String id, AwsAccountReader reader)
                && !known.add(reader.account().id().value())) {
            return new AccountEntry.Skipped(label, id, "the configuration names it twice, and it is read once");
        }
        return entry;
    }

    private AccountEntry remembered(AccountEntry entry, AccountSource source) {
        if (entry instanceof AccountEntry.Readable(String label, String id, AwsAccountReader reader)) {
            ChangeLogin changes = source instanceof AccountSource.Organization organization
                    ? reader.changes(organization.actRole(), organization.createRole())
                    : reader.changes();
            live.put(reader.account().id(), reader.live(changes));
            logins.put(reader.account().id(), reader.login());
            doors.put(reader.account().id(), new DeliveryDoor(run, reader.account(), changes));
        }
        return entry;
    }

    /** Opens an account that {@link #each} handed over as readable. */
    @Override
    public LiveAccount open(Account account) throws ReadFailure {
        return known(live, account);
    }

    /**
     * The way into an account that {@link #each} handed over as readable, for what delivers secrets there.
     *
     * @throws ReadFailure where it is not among them
     */
    public DeliveryDoor door(Account account) throws ReadFailure {
        return known(doors, account);
    }

    /**
     * The Security Hub of an account that {@link #each} handed over as readable.
     *
     * @throws ReadFailure where it is not among them
     */
    public FindingsDoor findings(Account account, String region) throws ReadFailure {
        return new FindingsDoor(run, account, known(logins, account), region);
    }

    private static <T> T known(Map<AccountId, T> all, Account account) throws ReadFailure {
        T known = all.get(account.id());
        if (known == null) {
            throw new ReadFailure(new Problem(
                    "open the account",
                    Access.label(account),
                    "it is not among the accounts of this run",
                    "plan again with the accounts as they are configured now"));
        }
        return known;
    }

    /**
     * Tries what a run will ask of the accounts that {@link #each} hands over.
     *
     * @param hubs the Regions in whose Security Hub it puts findings
     */
    public AwsProbe probe(Set<String> hubs) {
        return new AwsProbe(run, live, hubs);
    }

    /** What AWS tells of the accounts that {@link #each} handed over, beside their users. */
    public Witness witness() {
        return witness;
    }

    /** The ARN that AWS knows the credentials at hand by; empty where it did not say. */
    public Optional<String> caller() throws InterruptedException {
        AwsCredentialsProvider provider = run.settings().sources().stream()
                .filter(AccountSource.Profile.class::isInstance)
                .map(source -> ((AccountSource.Profile) source).name())
                .filter(credentials.profiles()::contains)
                .findFirst()
                .map(credentials::profile)
                .orElseGet(credentials::ambient);
        AwsRequestOverrideConfiguration as = AwsRequestOverrideConfiguration.builder()
                .credentialsProvider(provider)
                .build();
        try {
            return Optional.ofNullable(run.calls()
                    .call(() ->
                            run.clients().sts(ambientPartition()).getCallerIdentity(r -> r.overrideConfiguration(as)))
                    .arn());
        } catch (CallFailure failure) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        run.pool().close();
        run.clients().close();
    }

    /** Who the credentials are. */
    record Caller(AccountId account, Partition partition) {}

    private AccountEntry ambient(AccountSource.Ambient source) throws InterruptedException {
        return single(
                "the default credentials",
                "",
                null,
                credentials.ambient(),
                ambientPartition(),
                source.expected(),
                source.dr());
    }

    private Partition ambientPartition() {
        String region = run.clients().configuredRegion();
        String profile = run.settings().environment().getOrDefault("AWS_PROFILE", "default");
        return Regions.partitionOf(
                region != null ? region : credentials.region(profile).orElse(""));
    }

    private AccountEntry profile(AccountSource.Profile source) throws InterruptedException {
        String label = "profile " + source.name();
        Optional<Problem> unknown = credentials.unknown(source.name());
        if (unknown.isPresent()) {
            return new AccountEntry.Unreachable(label, expectedId(source.expected()), unknown.get());
        }
        Partition partition =
                credentials.region(source.name()).map(Regions::partitionOf).orElseGet(this::ambientPartition);
        return single(
                label,
                source.name(),
                source.called(),
                credentials.profile(source.name()),
                partition,
                source.expected(),
                source.dr());
    }

    private static String expectedId(@Nullable AccountId expected) {
        return expected == null ? "" : expected.value();
    }

    private AccountEntry single(
            String label,
            String name,
            @Nullable String called,
            AwsCredentialsProvider provider,
            Partition partition,
            @Nullable AccountId expected,
            boolean dr)
            throws InterruptedException {
        Caller caller;
        try {
            caller = caller(provider, partition);
        } catch (CallFailure failure) {
            return new AccountEntry.Unreachable(
                    label,
                    expectedId(expected),
                    new Problem("find out the account", label, failure.why(), failure.advice()));
        }
        if (expected != null && !expected.equals(caller.account())) {
            return new AccountEntry.Unreachable(
                    label, expected.value(), otherAccount(label, expected, caller.account()));
        }
        String id = caller.account().value();
        Account account = new Account(
                caller.account(), called == null ? id : called, caller.partition(), Fact.notRead(), Fact.notRead(), dr);
        Login login = new Login(provider, null, true, run.clock());
        return new AccountEntry.Readable(
                name.isEmpty() ? id : name + " (" + id + ")", id, new AwsAccountReader(run, account, login, null));
    }

    private static Problem otherAccount(String label, AccountId expected, AccountId found) {
        return new Problem(
                "read the keys",
                label,
                "its credentials are of account " + found + ", and the configuration expects " + expected,
                "log in to the right account, or correct the configuration");
    }

    private AccountEntry role(AccountSource.Role source) throws InterruptedException {
        String label = "role " + source.arn();
        String id = Login.accountOf(source.arn());
        Account account;
        try {
            account = new Account(
                    new AccountId(id), id, Partition.ofArn(source.arn()), Fact.notRead(), Fact.notRead(), source.dr());
        } catch (IllegalArgumentException e) {
            Problem problem = new Problem(
                    "assume the role", label, "it is no ARN of a role", "write arn:aws:iam::ACCOUNT:role/NAME");
            return new AccountEntry.Unreachable(label, "", problem);
        }
        Login login = new Login(credentials.ambient(), assume(account, source), true, run.clock());
        try {
            String reached = login.renew(run.calls());
            if (reached != null && !reached.isEmpty() && !reached.equals(id)) {
                return new AccountEntry.Unreachable(
                        label, id, otherAccount(label, account.id(), new AccountId(reached)));
            }
        } catch (CallFailure failure) {
            return new AccountEntry.Unreachable(
                    label, id, new Problem("assume the session", label, failure.why(), failure.advice()));
        }
        return new AccountEntry.Readable(id, id, new AwsAccountReader(run, account, login, null));
    }

    private Login.Assume assume(Account account, AccountSource.Role source) {
        return new Login.Assume(
                run.clients().sts(account.partition()),
                source.arn(),
                source.externalId(),
                run.settings().runName());
    }

    private void organization(AccountSource.Organization source, Consumer<AccountEntry> sink)
            throws InterruptedException {
        AwsCredentialsProvider provider = credentials.ambient();
        try {
            Caller caller = caller(provider, ambientPartition());
            new OrganizationAccounts(run, source, provider, caller).each(sink);
        } catch (CallFailure failure) {
            sink.accept(new AccountEntry.Unreachable(
                    "the organization",
                    "",
                    new Problem("list the accounts", "the organization", failure.why(), advice(failure))));
        }
    }

    private static String advice(CallFailure failure) {
        return switch (failure.code()) {
            case "AWSOrganizationsNotInUseException" ->
                "the account is in no organization: name profiles or roles instead";
            case "AccessDeniedException" ->
                "only the management account and a delegated administrator may; where this is one, " + failure.advice();
            default -> failure.advice();
        };
    }

    private Caller caller(AwsCredentialsProvider provider, Partition partition)
            throws CallFailure, InterruptedException {
        AwsRequestOverrideConfiguration as = AwsRequestOverrideConfiguration.builder()
                .credentialsProvider(provider)
                .build();
        GetCallerIdentityResponse identity = run.calls()
                .call(() -> run.clients().sts(partition).getCallerIdentity(r -> r.overrideConfiguration(as)));
        return new Caller(new AccountId(identity.account()), Partition.ofArn(identity.arn()));
    }
}
