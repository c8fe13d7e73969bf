package io.keyturn.sandbox.world;

import io.keyturn.sandbox.policy.PolicyDocument;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A role of an account.
 *
 * @param policies what it may do
 * @param trusted numbers of the accounts whose principals may assume it, {@link #ANYBODY} among them for everybody;
 *     empty for the management account and the delegated administrators
 * @param externalId what they must say; null for nothing
 * @param longest how long a session may last
 */
public record SimRole(
        String name,
        List<PolicyDocument> policies,
        Set<String> trusted,
        @Nullable String externalId,
        Duration longest) {
    /** In place of an account's number: whoever asks. */
    public static final String ANYBODY = "*";

    public SimRole {
        policies = List.copyOf(policies);
        trusted = Set.copyOf(trusted);
    }

    /** A role with sessions of an hour that whoever manages the organization may assume. */
    public static SimRole of(String name, PolicyDocument... policies) {
        return new SimRole(name, List.of(policies), Set.of(), null, Duration.ofHours(1));
    }

    public SimRole withExternalId(@Nullable String id) {
        return new SimRole(name, policies, trusted, id, longest);
    }

    public String arn(String partition, String account) {
        return "arn:" + partition + ":iam::" + account + ":role/" + name;
    }

    /** The same, assumed by the principals of these accounts. */
    public SimRole trusting(String... accounts) {
        return new SimRole(name, policies, Set.of(accounts), externalId, longest);
    }

    /** The unique ID, as AWS makes them. */
    public String id(String account) {
        return "AROA" + Keys.letters(Chance.bits(1, account, name), 17);
    }
}
