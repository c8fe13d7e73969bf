package io.keyturn.adapters.aws;

import io.keyturn.core.model.Account;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.FactName;
import io.keyturn.core.model.Needs;
import io.keyturn.core.model.Problem;
import io.keyturn.core.model.ReadVia;
import io.keyturn.core.model.Reading;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.User;
import io.keyturn.core.model.UserName;
import io.keyturn.engine.port.AccountReader;
import io.keyturn.engine.port.AccountReading;
import io.keyturn.engine.port.ReadFailure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads one account that a source named. */
final class AwsAccountReader implements AccountReader {
    private final Run run;
    private final Account account;
    private final Login login;
    private final @Nullable Tags tags;

    /** Reads the tags that the organization keeps of an account. */
    @FunctionalInterface
    interface Tags {
        Map<String, String> read(Calls calls) throws CallFailure, InterruptedException;
    }

    /**
     * A reader.
     *
     * @param tags null where the account is not known from an organization
     */
    AwsAccountReader(Run run, Account account, Login login, @Nullable Tags tags) {
        this.run = run;
        this.account = account;
        this.login = login;
        this.tags = tags;
    }

    Account account() {
        return account;
    }

    /** The way in. */
    Login login() {
        return login;
    }

    /** Reads the tags that the organization keeps of the account; null where it is not known from one. */
    @Nullable
    Tags tags() {
        return tags;
    }

    @Override
    public Fact<String> unit() {
        return account.ou();
    }

    /** The account again, to be acted on. */
    AwsLiveAccount live(ChangeLogin changes) {
        return new AwsLiveAccount(this, run, changes);
    }

    /** The way in, for reading with a deadline of its own. */
    Access access(Needs needs) throws ReadFailure, InterruptedException {
        Calls calls = run.calls(account.id());
        enter(calls);
        return access(calls, needs);
    }

    /** How the account is changed where nothing else is configured: with the same credentials. */
    ChangeLogin changes() {
        Login.Assume assumed = login.assume();
        return assumed == null
                ? new ChangeLogin.AtHand(login)
                : new ChangeLogin.ByRole(login, account, assumed, assumed);
    }

    /** How the account is changed with roles of their own; null where there is none. */
    ChangeLogin changes(@Nullable String actRole, @Nullable String createRole) {
        Login.Assume assumed = login.assume();
        if (assumed == null) {
            // The account that holds the organization's credentials is entered without a role.
            return new ChangeLogin.AtHand(login);
        }
        if (actRole == null && createRole == null) {
            return new ChangeLogin.None("the configuration names a role that reads alone;"
                    + " name others as organization.roles.act and organization.roles.create");
        }
        return new ChangeLogin.ByRole(login, account, assumed.named(actRole), assumed.named(createRole));
    }

    @Override
    public AccountReading begin(Needs needs) throws ReadFailure, InterruptedException {
        Calls calls = run.calls(account.id());
        enter(calls);
        Problems problems = new Problems();
        OpenAccount open =
                new OpenAccount(access(calls, needs), login, run.settings().mode(), problems);
        try (Together together = new Together()) {
            Together.Later<Account> described = together.later(() -> described(needs, calls, problems));
            open.start();
            open.describe(described.get());
            return open;
        } catch (CallFailure failure) {
            throw new IllegalStateException("describing an account fails in no way that it does not note", failure);
        }
    }

    private Account described(Needs needs, Calls calls, Problems problems) throws InterruptedException {
        Account known = withFacts(needs, calls, problems);
        return login.single() && known.name().equals(known.id().value()) ? withAlias(calls, known) : known;
    }

    private Access access(Calls calls, Needs needs) {
        return new Access(
                account,
                run.clients().iam(account.partition()),
                run.clients().reads(account.partition()),
                login.as(),
                calls,
                needs,
                run.memory(),
                run.meter(),
                run.clock(),
                run.reports());
    }

    @Override
    public Optional<Snapshot> only(UserName name, Needs needs) throws ReadFailure, InterruptedException {
        Access plain = access(needs);
        Problems problems = new Problems();
        Account named = withFacts(needs, plain.calls(), problems);
        if (login.single() && named.name().equals(named.id().value())) {
            named = withAlias(plain.calls(), named);
        }
        Access access = plain.of(named);
        Instant start = run.clock().instant();
        LiveUsers users = new LiveUsers(access, problems);
        try {
            LiveUsers.Head head = users.find(name.value());
            User user = head == null ? null : users.read(head);
            return Optional.ofNullable(user)
                    .map(found -> new Snapshot(
                            access.account(),
                            ReadVia.LIVE,
                            start,
                            problems.over(Reading.COMPLETE),
                            List.of(),
                            Fact.notRead(),
                            List.of(found)));
        } catch (CallFailure failure) {
            if (failure.denied()) {
                // A role that may only have the report can still tell of every user.
                return AccountReader.super.only(name, needs);
            }
            throw access.failure("read the user " + name.value(), failure);
        }
    }

    private void enter(Calls calls) throws ReadFailure, InterruptedException {
        try {
            String reached = login.renew(calls);
            if (reached != null
                    && !reached.isEmpty()
                    && !reached.equals(account.id().value())) {
                throw new ReadFailure(new Problem(
                        "read the keys",
                        Access.label(account),
                        "the role led to account " + reached + " instead",
                        "check the role's ARN"));
            }
        } catch (CallFailure failure) {
            throw new ReadFailure(
                    new Problem("assume the reading role", Access.label(account), failure.why(), failure.advice()),
                    failure);
        }
    }

    private Account withFacts(Needs needs, Calls calls, Problems problems) throws InterruptedException {
        Account plain = account;
        Fact<Map<String, String>> accountTags = plain.tags();
        if (needs.has(FactName.ACCOUNT_TAGS)) {
            accountTags = readTags(calls, problems);
        }
        Fact<String> ou = plain.ou();
        if (!needs.has(FactName.ACCOUNT_OU)) {
            ou = Fact.notRead();
        } else if (ou instanceof Fact.NotRead<String>()) {
            ou = Fact.unknown("its organization was not asked for the account's organizational unit");
        }
        return new Account(plain.id(), plain.name(), plain.partition(), ou, accountTags, plain.dr());
    }

    private Fact<Map<String, String>> readTags(Calls calls, Problems problems) throws InterruptedException {
        if (tags == null) {
            return Fact.unknown("only an organization tells the tags of its accounts, and this account comes alone");
        }
        try {
            return Fact.known(new TreeMap<>(tags.read(calls)), run.clock().instant());
        } catch (CallFailure failure) {
            problems.add("the tags of the account", failure);
            return Fact.unknown(failure.why());
        }
    }

    private Account withAlias(Calls calls, Account plain) throws InterruptedException {
        try {
            var aliases = calls.call(() -> run.clients()
                    .iam(plain.partition())
                    .listAccountAliases(r -> r.overrideConfiguration(login.as()))
                    .accountAliases());
            if (!aliases.isEmpty()) {
                return new Account(
                        plain.id(), aliases.getFirst(), plain.partition(), plain.ou(), plain.tags(), plain.dr());
            }
        } catch (CallFailure failure) {
            // The number names it well enough: a role without iam:ListAccountAliases can still be read with.
            return plain;
        }
        return plain;
    }
}
