package io.keyturn.engine.apply;

import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.Principal;
import io.keyturn.core.plan.AccountPlan;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.Planned;
import io.keyturn.core.plan.Scheduled;
import io.keyturn.core.report.Words;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What of an earlier plan the world still agrees with: exactly the actions that would be planned again. Nothing that has
 * become due since is added.
 *
 * @param actions those that agree, as they are due now, in the order of the earlier plan
 * @param refused the others, each with why
 */
public record Agreement(List<Action> actions, List<Refused> refused) {
    /** An action of the earlier plan that is not taken. */
    public record Refused(Planned planned, String why) {}

    public Agreement {
        actions = List.copyOf(actions);
        refused = List.copyOf(refused);
    }

    /**
     * Compares.
     *
     * @param accounts what is due now, by account
     * @param findings how the keys of these accounts stand now
     */
    public static Agreement of(List<Planned> planned, Collection<AccountPlan> accounts, List<Finding> findings) {
        List<Action> actions = new ArrayList<>();
        List<Refused> refused = new ArrayList<>();
        for (Planned wanted : planned) {
            AccountPlan account = accounts.stream()
                    .filter(candidate -> candidate.account().id().equals(wanted.account()))
                    .findFirst()
                    .orElse(null);
            Optional<Action> same = account == null
                    ? Optional.empty()
                    : account.due().stream()
                            .filter(action ->
                                    Planned.of(action).filter(wanted::isStill).isPresent())
                            .findFirst();
            if (same.isPresent()) {
                actions.add(same.get());
            } else {
                refused.add(new Refused(wanted, why(wanted, account, findings)));
            }
        }
        return new Agreement(actions, refused);
    }

    private static String why(Planned wanted, @Nullable AccountPlan account, List<Finding> findings) {
        if (account == null) {
            return "its account is not among those that were read";
        }
        for (Action action : account.due()) {
            Optional<Planned> now = Planned.of(action).filter(wanted::isLike);
            if (now.isPresent()) {
                return difference(wanted, now.get());
            }
        }
        Finding finding = findings.stream()
                .filter(candidate ->
                        wanted.account().equals(candidate.credential().account())
                                && wanted.key().equals(candidate.credential().keyId()))
                .findFirst()
                .orElse(null);
        if (finding == null) {
            return gone(wanted, findings);
        }
        return notDue(wanted, account, finding);
    }

    private static String difference(Planned wanted, Planned now) {
        if (!Objects.equals(wanted.owner(), now.owner())) {
            return "its owner is " + said(now.owner()) + " now, and was " + said(wanted.owner());
        }
        if (!Objects.equals(wanted.sink(), now.sink())) {
            return "its secret goes to " + said(now.sink()) + " now, and went to " + said(wanted.sink());
        }
        if (!wanted.name().equals(now.name())) {
            return "its user is called " + now.name() + " now, and was called " + wanted.name();
        }
        return "it would announce another step or day: "
                + (now.announced() == null ? "none" : now.announced().label() + " on " + now.day()) + ", and not "
                + (wanted.announced() == null ? "none" : wanted.announced().label() + " on " + wanted.day());
    }

    private static String said(@Nullable String name) {
        return name == null ? "nobody" : name;
    }

    private static String gone(Planned wanted, List<Finding> findings) {
        boolean again = findings.stream()
                .anyMatch(finding -> finding.credential().account().equals(wanted.account())
                        && finding.credential().principal() instanceof Principal.OfUser user
                        && user.name().equals(wanted.name())
                        && !user.id().equals(wanted.user()));
        return again
                ? "the user was deleted and made again: it is another one now"
                : "the key is gone, or its ID could not be read";
    }

    private static String notDue(Planned wanted, AccountPlan account, Finding finding) {
        if (!(finding.credential().principal() instanceof Principal.OfUser user)
                || !user.id().equals(wanted.user())) {
            return "the key is another user's";
        }
        for (Scheduled next : account.next()) {
            if (next.credential().equals(finding.credential())) {
                if (next.hold() != null) {
                    return next.hold().sentence();
                }
                if (next.heldBy() != null) {
                    return "the stage of its account is " + next.heldBy().label() + " now";
                }
            }
        }
        String reasons = finding.reasons().isEmpty()
                ? ""
                : ": " + Words.sentence(finding.reasons().getFirst());
        return "it is not due any more: the key is " + Words.of(finding.standing()) + reasons;
    }
}
