package io.keyturn.adapters.aws;

import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Fact;
import io.keyturn.engine.port.AccountEntry;
import io.keyturn.engine.port.AccountSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.organizations.model.Account;

/** The accounts of an organization, handed over as their pages come. */
final class OrganizationAccounts {
    private static final int PAGE = 20;

    private final Run run;
    private final AccountSource.Organization source;
    private final AwsCredentialsProvider provider;
    private final AwsAccounts.Caller caller;
    private final OrganizationsClient client;
    private final AwsRequestOverrideConfiguration as;
    private final Calls calls;
    private final Set<String> handedOver = new HashSet<>();

    OrganizationAccounts(
            Run run, AccountSource.Organization source, AwsCredentialsProvider provider, AwsAccounts.Caller caller) {
        this.run = run;
        this.source = source;
        this.provider = provider;
        this.caller = caller;
        this.client = run.clients().organizations(caller.partition());
        this.as = AwsRequestOverrideConfiguration.builder()
                .credentialsProvider(provider)
                .build();
        this.calls = run.calls();
    }

    void each(Consumer<AccountEntry> sink) throws CallFailure, InterruptedException {
        if (run.settings().withUnits()
                || !source.include().isEmpty()
                || !source.excludeUnits().isEmpty()) {
            byUnit(sink);
        } else {
            Pages.each(
                    calls,
                    token -> client.listAccounts(
                            r -> r.maxResults(PAGE).nextToken(token).overrideConfiguration(as)),
                    page -> page.accounts(),
                    page -> next(page.nextToken()),
                    account -> hand(account, null, sink));
        }
    }

    private static @Nullable String next(@Nullable String token) {
        return token == null || token.isEmpty() ? null : token;
    }

    private void byUnit(Consumer<AccountEntry> sink) throws CallFailure, InterruptedException {
        Map<String, String> roots = new TreeMap<>();
        Pages.each(
                calls,
                token -> client.listRoots(r -> r.nextToken(token).overrideConfiguration(as)),
                page -> page.roots(),
                page -> next(page.nextToken()),
                root -> roots.put(root.id(), ""));
        for (String root : roots.keySet()) {
            unit(root, "", sink);
        }
    }

    private void unit(String parent, String path, Consumer<AccountEntry> sink)
            throws CallFailure, InterruptedException {
        Pages.each(
                calls,
                token -> client.listAccountsForParent(r ->
                        r.parentId(parent).maxResults(PAGE).nextToken(token).overrideConfiguration(as)),
                page -> page.accounts(),
                page -> next(page.nextToken()),
                account -> hand(account, path, sink));
        Map<String, String> children = new TreeMap<>();
        Pages.each(
                calls,
                token -> client.listOrganizationalUnitsForParent(r ->
                        r.parentId(parent).maxResults(PAGE).nextToken(token).overrideConfiguration(as)),
                page -> page.organizationalUnits(),
                page -> next(page.nextToken()),
                unit -> children.put(unit.id(), unit.name()));
        for (Map.Entry<String, String> child : children.entrySet()) {
            unit(child.getKey(), path.isEmpty() ? child.getValue() : path + "/" + child.getValue(), sink);
        }
    }

    private void hand(Account found, @Nullable String unit, Consumer<AccountEntry> sink) {
        if (!handedOver.add(found.id())) {
            return;
        }
        String name = found.name() == null || found.name().isBlank() ? found.id() : found.name();
        String label = name.equals(found.id()) ? name : name + " (" + found.id() + ")";
        String why = skipped(found, unit);
        sink.accept(
                why != null
                        ? new AccountEntry.Skipped(label, found.id(), why)
                        : new AccountEntry.Readable(label, found.id(), reader(found, name, unit)));
    }

    private @Nullable String skipped(Account found, @Nullable String unit) {
        String state = found.stateAsString() == null ? found.statusAsString() : found.stateAsString();
        if (state != null && !state.equals("ACTIVE")) {
            return "its state in the organization is " + state;
        }
        if (source.exclude().contains(new AccountId(found.id()))) {
            return "excluded by configuration";
        }
        if (unit == null) {
            return null;
        }
        if (within(unit, source.excludeUnits())) {
            return "its organizational unit " + unit + " is excluded by configuration";
        }
        return source.include().isEmpty() || within(unit, source.include())
                ? null
                : "its organizational unit " + (unit.isEmpty() ? "(the root)" : unit)
                        + " is not included by configuration";
    }

    private static boolean within(String unit, List<String> paths) {
        return paths.stream().anyMatch(path -> unit.equals(path) || unit.startsWith(path + "/"));
    }

    private AwsAccountReader reader(Account found, String name, @Nullable String unit) {
        var account = new io.keyturn.core.model.Account(
                new AccountId(found.id()),
                name,
                caller.partition(),
                unit == null ? Fact.notRead() : Fact.known(unit, run.clock().instant()),
                Fact.notRead(),
                source.dr());
        Login.Assume assume = caller.account().value().equals(found.id())
                ? null
                : new Login.Assume(
                        run.clients().sts(caller.partition()),
                        "arn:" + caller.partition().id() + ":iam::" + found.id() + ":role/" + source.role(),
                        source.externalId(),
                        run.settings().runName());
        return new AwsAccountReader(
                run, account, new Login(provider, assume, false, run.clock()), own -> tags(own, found.id()));
    }

    private Map<String, String> tags(Calls own, String account) throws CallFailure, InterruptedException {
        Map<String, String> tags = new TreeMap<>();
        Pages.each(
                own,
                token -> client.listTagsForResource(
                        r -> r.resourceId(account).nextToken(token).overrideConfiguration(as)),
                page -> page.tags(),
                page -> next(page.nextToken()),
                tag -> tags.put(tag.key(), tag.value()));
        return tags;
    }
}
