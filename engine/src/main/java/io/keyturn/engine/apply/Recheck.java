package io.keyturn.engine.apply;

import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Succession;
import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.ReadVia;
import io.keyturn.core.model.Reading;
import io.keyturn.core.model.RootKeys;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.User;
import io.keyturn.core.plan.AccountPlan;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.History;
import io.keyturn.core.plan.Hold;
import io.keyturn.core.plan.Scheduled;
import io.keyturn.core.plan.Settled;
import io.keyturn.core.plan.SwitchedOnAgain;
import io.keyturn.core.policy.Step;
import io.keyturn.core.report.Words;
import io.keyturn.engine.port.LiveAccount;
import io.keyturn.engine.port.ReadFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks, right before an action, whether it would be planned still: the user is read live, judged by the same rules and
 * planned for with the past as it is now. What is not planned again is not done. So whatever a person changed since, a
 * tag, an exemption, a freeze, a key, takes effect, and what cannot be read lets nothing pass.
 */
final class Recheck {
    /** How long it waits before it reads a list again that is behind. */
    /** By more than this a clock is wrong, and not merely late. */
    private static final Duration CLOCKS_APART = Duration.ofMinutes(5);

    private static final Duration AGAIN = Duration.ofSeconds(2);

    private static final int AGAIN_AT_MOST = (int) Recovery.SETTLED.dividedBy(AGAIN);

    private final Tools tools;
    private final Account account;
    private final LiveAccount live;
    private final History past;

    Recheck(Tools tools, Account account, LiveAccount live, History past) {
        this.tools = tools;
        this.account = account;
        this.live = live;
        this.past = past;
    }

    /** Whether an action may go on. */
    sealed interface Answer {
        /**
         * It may.
         *
         * @param action the action as it is planned now
         * @param user the user as it is now
         */
        record Yes(Action action, Finding finding, User user) implements Answer {
            Target target() {
                return new Target(
                        finding.credential().account(),
                        user.id(),
                        user.name(),
                        finding.credential().keyId());
            }
        }

        /** It may: a ticket is closed, of a key or a user that may be gone. */
        record Over(Action.CloseTicket action) implements Answer {}

        /**
         * It may: whoever was told of a key hears that nobody need do anything.
         *
         * @param seen the key and its user as they are now; null where one of them is gone
         */
        record Closed(Action.CloseNotice action, @Nullable Yes seen) implements Answer {}

        record No(String why) implements Answer {}
    }

    Answer ask(Action action) throws ReadFailure, InterruptedException {
        return judge(action, read(action));
    }

    /** The user of the action as it is now; empty where there is none. Safe to be asked for several at once. */
    Optional<User> read(Action action) throws ReadFailure, InterruptedException {
        if (!(action.credential().principal() instanceof Principal.OfUser target)) {
            return Optional.empty();
        }
        Optional<User> user = live.user(target.name(), tools.needs());
        for (int again = 0; again < AGAIN_AT_MOST && isBehind(user, action.credential()); again++) {
            tools.pause().pause(AGAIN);
            user = live.user(target.name(), tools.needs());
        }
        return user;
    }

    /**
     * Whether the list does not show yet the successor that was made a moment ago, as AWS's lists do not for some seconds:
     * it would read as if somebody had deleted it.
     */
    private boolean isBehind(Optional<User> user, CredentialId credential) {
        KeyId key = credential.keyId();
        Succession begun = key == null ? null : past.of(key);
        return begun != null
                && user.isPresent()
                && user.get().keys() instanceof Fact.Known<List<AccessKey>> known
                && known.value().stream().noneMatch(listed -> begun.successor().equals(listed.id()))
                && begun.made().plus(Recovery.SETTLED).isAfter(tools.clock().instant())
                && !begun.made().isAfter(tools.clock().instant());
    }

    /** What follows from what was read. */
    Answer judge(Action action, Optional<User> read) {
        if (!(action.credential().principal() instanceof Principal.OfUser target)) {
            return new Answer.No("the root user is never touched");
        }
        if (read.isEmpty()) {
            return over(action).orElseGet(() -> new Answer.No("the user is gone"));
        }
        User user = read.get();
        if (!user.id().equals(target.id())) {
            return over(action)
                    .orElseGet(() -> new Answer.No("the user was deleted and made again: it is another one now"));
        }
        Instant now = now();
        List<Finding> findings = tools.assessor().assess(snapshot(user, now), past, now);
        AccountPlan plan = plan(findings, now);
        Finding finding = find(findings, action.credential());
        for (Action due : plan.due()) {
            if (due.kind() == action.kind() && isSame(due.credential(), action.credential())) {
                if (due instanceof Action.CloseTicket close) {
                    return new Answer.Over(close);
                }
                if (due instanceof Action.CloseNotice close) {
                    return new Answer.Closed(close, finding == null ? null : new Answer.Yes(close, finding, user));
                }
                if (finding != null) {
                    return new Answer.Yes(due, finding, user);
                }
            }
        }
        if (finding == null) {
            return new Answer.No("the key is gone");
        }
        return new Answer.No(why(finding, now));
    }

    private AccountPlan plan(List<Finding> findings, Instant now) {
        return tools.planner().remembering(past).plan(account, findings, now);
    }

    /**
     * A key as it is now.
     *
     * @param next its next step; null where it has none
     * @param quiet whether nothing may be said of it
     */
    record Seen(User user, Finding finding, @Nullable Scheduled next, boolean quiet) {}

    /** Looks at a key without any action in mind; empty where it or its user is gone. */
    Optional<Seen> look(Target target) throws ReadFailure, InterruptedException {
        Optional<User> user = live.user(target.name(), tools.needs());
        if (user.isEmpty() || !user.get().id().equals(target.user())) {
            return Optional.empty();
        }
        Instant now = now();
        List<Finding> findings = tools.assessor().assess(snapshot(user.get(), now), past, now);
        AccountPlan plan = plan(findings, now);
        return findings.stream()
                .filter(finding -> Objects.equals(finding.credential().keyId(), target.key()))
                .findFirst()
                .map(finding -> seen(user.get(), finding, plan, past.hold(finding.credential(), now)));
    }

    private static Seen seen(User user, Finding finding, AccountPlan plan, @Nullable Hold hold) {
        Scheduled next = plan.next().stream()
                .filter(one -> one.credential().equals(finding.credential()))
                .findFirst()
                .orElse(null);
        return new Seen(user, finding, next, !plan.stage().allows(Step.REMIND) || (hold != null && hold.quiet()));
    }

    /** With its user a key is gone too, and what was said of it with that over. */
    private static Optional<Answer> over(Action action) {
        if (action instanceof Action.CloseTicket close) {
            return Optional.of(new Answer.Over(
                    new Action.CloseTicket(close.credential(), close.reasons(), close.open(), Settled.GONE)));
        }
        return action instanceof Action.CloseNotice close
                ? Optional.of(new Answer.Closed(
                        new Action.CloseNotice(close.credential(), close.reasons(), Settled.GONE), null))
                : Optional.empty();
    }

    /** The earlier of the two clocks, this machine's and AWS's: a step is due only by both. */
    private Instant now() {
        Instant local = tools.clock().instant();
        Instant aws = live.awsTime();
        return aws != null && aws.isBefore(local) ? aws : local;
    }

    private Snapshot snapshot(User user, Instant now) {
        return new Snapshot(
                account, ReadVia.LIVE, now, Reading.COMPLETE, List.of(), Fact.<RootKeys>notRead(), List.of(user));
    }

    private static @Nullable Finding find(List<Finding> findings, CredentialId wanted) {
        return findings.stream()
                .filter(finding -> isSame(finding.credential(), wanted))
                .findFirst()
                .orElse(null);
    }

    /** By ID, as every key that is acted on has one. */
    static boolean isSame(CredentialId a, CredentialId b) {
        return a.keyId() != null && a.keyId().equals(b.keyId());
    }

    private String why(Finding finding, Instant now) {
        List<Hold> holds = SwitchedOnAgain.holds(past, finding, now);
        if (!holds.isEmpty()) {
            return holds.getFirst().sentence();
        }
        String reasons = finding.reasons().isEmpty()
                ? ""
                : ": " + Words.sentence(finding.reasons().getFirst());
        Duration ahead = Duration.between(now, tools.clock().instant());
        if (ahead.compareTo(CLOCKS_APART) > 0) {
            return "by AWS's clock it is not due: this machine's is " + Words.span(ahead) + " ahead of it; set it right"
                    + " (the key is " + Words.of(finding.standing()) + reasons + ")";
        }
        return "it is not due any more: the key is " + Words.of(finding.standing()) + reasons;
    }
}
