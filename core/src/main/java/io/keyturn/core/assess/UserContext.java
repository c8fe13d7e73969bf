package io.keyturn.core.assess;

import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.User;
import io.keyturn.core.policy.Exemption;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Subject;
import io.keyturn.core.policy.Verdict;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is the same for all keys of one user; verdicts that do not depend on the key are found once. */
final class UserContext {
    /** The name prefix of the policies that AWS attaches to users of leaked keys, whatever their version. */
    private static final String QUARANTINE = "AWSCompromisedKeyQuarantine";

    /** The prefix of the tags that CloudFormation puts on what it makes; nobody else may set them. */
    private static final String CLOUD_FORMATION = "aws:cloudformation:";

    /** Which policy governs a key. */
    sealed interface Governance {
        record By(Policy policy) implements Governance {}

        record Undecided(Reason.Undecided reason) implements Governance {}

        record Nobody() implements Governance {}
    }

    private static final Governance NOBODY = new Governance.Nobody();

    private final Rules rules;
    private final Account account;
    private final User user;
    private final Instant now;
    private final @Nullable Verdict[] verdicts;

    UserContext(Rules rules, Account account, User user, Instant now) {
        this.rules = rules;
        this.account = account;
        this.user = user;
        this.now = now;
        this.verdicts = new Verdict[rules.policies().size()];
    }

    /** From when the age of a key made at {@code created} counts. */
    Instant ageFrom(Instant created) {
        return rules.days().from(created);
    }

    /** The first policy that matches; an undecided one before it leaves the key ungoverned. */
    Governance governance(AccessKey key) {
        List<Policy> policies = rules.policies();
        for (int i = 0; i < policies.size(); i++) {
            Policy policy = policies.get(i);
            switch (verdict(i, policy, key)) {
                case Verdict.Matches() -> {
                    return new Governance.By(policy);
                }
                case Verdict.Undecided(String why, boolean failed) -> {
                    return new Governance.Undecided(new Reason.Undecided(policy.name(), why, failed));
                }
                case Verdict.DoesNotMatch() -> {
                    // the next policy is asked
                }
            }
        }
        return NOBODY;
    }

    private Verdict verdict(int index, Policy policy, AccessKey key) {
        if (policy.when().mentionsKey()) {
            return policy.when().test(new Subject(account, user, key, now));
        }
        Verdict known = verdicts[index];
        if (known == null) {
            known = policy.when().test(new Subject(account, user, null, now));
            verdicts[index] = known;
        }
        return known;
    }

    /** The sign that a key of this user leaked, or that this is not known; null where there is none. */
    @Nullable
    Reason leak() {
        if (!rules.leaks()) {
            return null;
        }
        return switch (user.policies()) {
            case Fact.Known<List<String>> known -> quarantine(known.value());
            case Fact.NotRead<List<String>>() ->
                new Reason.LeakUnknown("the user's policies were not read in this run");
            case Fact.Unknown<List<String>>(String why) -> new Reason.LeakUnknown(why);
        };
    }

    private static @Nullable Reason quarantine(List<String> policies) {
        return policies.stream()
                .filter(policy -> policy.startsWith(QUARANTINE))
                .min(Comparator.naturalOrder())
                .<Reason>map(Reason.Quarantined::new)
                .orElse(null);
    }

    /** The sign that a template makes the user's keys, or that this is not known; null where there is none. */
    @Nullable
    Reason keptByCode() {
        return switch (user.tags()) {
            case Fact.Known<Map<String, String>> known ->
                known.value().keySet().stream()
                        .filter(tag -> tag.startsWith(CLOUD_FORMATION))
                        .min(Comparator.naturalOrder())
                        .<Reason>map(Reason.OwnedByCode::new)
                        .orElse(null);
            case Fact.NotRead<Map<String, String>>() -> new Reason.TagsUnknown("the tags were not read in this run");
            case Fact.Unknown<Map<String, String>>(String why) -> new Reason.TagsUnknown(why);
        };
    }

    /** That the user is exempt, or was until lately; null where no exemption fits. */
    @Nullable
    Reason exemption() {
        Exemption ended = null;
        for (Exemption exemption : rules.exemptions()) {
            if (exemption.user().matches(user.arn())) {
                if (!LocalDate.ofInstant(now, ZoneOffset.UTC).isAfter(exemption.until())) {
                    return new Reason.Exempted(exemption);
                }
                if (ended == null || exemption.until().isAfter(ended.until())) {
                    ended = exemption;
                }
            }
        }
        return ended == null ? null : new Reason.ExemptionEnded(ended);
    }
}
