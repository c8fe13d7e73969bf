package io.keyturn.app.planfile;

import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.Principal;
import io.keyturn.core.plan.Planned;
import io.keyturn.engine.port.AccountEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/**
 * A plan that was written to a file, to be looked at, approved and applied later.
 *
 * @param made when
 * @param validUntil nothing of it is done any more then
 * @param policy fingerprint of the configuration it was judged by
 * @param accounts those it was made of
 * @param complete whether all of these were read whole
 * @param hash SHA-256 of all else in the file: what is approved
 */
public record PlanFile(
        Instant made,
        Instant validUntil,
        String policy,
        List<Of> accounts,
        boolean complete,
        List<Planned> actions,
        String hash) {
    /** Names the version of the format. */
    public static final String SCHEMA = "https://keyturn.io/schema/plan/1";

    /** How long a plan may wait: over a weekend. */
    public static final Duration VALID = Duration.ofDays(3);

    /** An account, by its number and the name people know it by. */
    public record Of(AccountId id, String name) {}

    public PlanFile {
        accounts = List.copyOf(accounts);
        actions = List.copyOf(actions);
    }

    /** The hash as people compare it. */
    public String brief() {
        return hash.substring(0, 4) + " " + hash.substring(4, 8);
    }

    /** Whether the plan was made of this account. */
    public boolean concerns(AccountEntry entry) {
        return accounts.stream().anyMatch(account -> account.id().value().equals(entry.id()));
    }

    /** Whether the finding is about a key or user that the plan would act on. */
    public boolean concerns(Finding finding) {
        CredentialId credential = finding.credential();
        return actions.stream()
                .anyMatch(planned -> planned.account().equals(credential.account())
                        && credential.principal() instanceof Principal.OfUser user
                        && (planned.key().equals(credential.keyId())
                                || planned.name().equals(user.name())));
    }

    /** Some of it, under the hash of the whole. */
    public PlanFile only(Predicate<Planned> wanted) {
        List<Planned> fewer = actions.stream().filter(wanted).toList();
        return new PlanFile(made, validUntil, policy, accounts, complete, fewer, hash);
    }

    /** What people call the account of an action. */
    public String nameOf(AccountId id) {
        return accounts.stream()
                .filter(account -> account.id().equals(id))
                .map(Of::name)
                .findFirst()
                .orElse(id.value());
    }
}
