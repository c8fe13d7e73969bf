package io.keyturn.core.plan;

import io.keyturn.core.assess.Deadline;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Owner;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.assess.Succession;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Standing;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Rotation;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The steps of one working key that a policy governs. A step that cuts or makes a key is due only after a placed notice
 * and the time that follows it, unless the rules announce nothing.
 */
final class KeySteps {
    private final Finding finding;
    private final Policy policy;
    private final Instant now;
    private final Announcements announcements;
    private final Rhythm rhythm;
    private final List<Told> said;
    private final @Nullable OpenedTicket ticket;
    private final @Nullable Hold hold;
    private final boolean mayNotRotate;
    private final Brownouts brownouts;

    KeySteps(Finding finding, Policy policy, History history, @Nullable Duration noticeTime, Instant now) {
        this.finding = finding;
        this.policy = policy;
        this.now = now;
        this.announcements = new Announcements(
                finding,
                SwitchedOnAgain.counting(history, finding, history.told(finding.credential())),
                noticeTime,
                now);
        this.rhythm = new Rhythm(policy.remindEvery(), Silence.words(finding, history));
        this.said = rhythm.last() == null
                ? List.of()
                : SwitchedOnAgain.counting(history, finding, history.said(finding.credential()));
        this.ticket = history.ticket(finding.credential());
        this.hold = SwitchedOnAgain.hold(history, finding, now);
        this.brownouts = new Brownouts(policy, history, finding.credential());
        this.mayNotRotate = hasObstacle(finding.reasons(), isApproved(finding, history, now));
    }

    /** Whether a person approved that the key gets another successor, since it got the last one. */
    private static boolean isApproved(Finding finding, History history, Instant now) {
        KeyId key = finding.credential().keyId();
        Succession begun = key == null ? null : history.of(key);
        Instant approved = begun == null ? null : history.approved(finding.credential(), Step.ROTATE, now);
        return begun != null && approved != null && approved.isAfter(begun.made());
    }

    private static boolean hasObstacle(List<Reason> reasons, boolean approved) {
        for (int i = 0; i < reasons.size(); i++) {
            if (isObstacle(reasons.get(i), approved)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isObstacle(Reason reason, boolean approved) {
        return reason instanceof Reason.TwoKeys
                || reason instanceof Reason.PredecessorRemains
                || (reason instanceof Reason.SuccessorLost && !approved)
                || reason instanceof Reason.OwnedByCode
                || reason instanceof Reason.TagsUnknown
                || reason instanceof Reason.ThiefCouldFetch
                || reason instanceof Reason.SendsMail;
    }

    /** Whether the key counts as in use: what is not known does. */
    static boolean inUse(Finding finding, Policy policy) {
        return switch (finding.lastUse()) {
            case LastUse.Used used -> finding.idle() == null || finding.idle().compareTo(policy.inUseWindow()) <= 0;
            case LastUse.NeverUsed() -> false;
            case LastUse.Unknown unknown -> true;
        };
    }

    /** What is due now and allowed at {@code stage}. */
    List<Action> due(Stage stage) {
        List<Action> actions = new ArrayList<>(2);
        Owner owner = finding.knownOwner();
        if (stage.allows(Step.REMIND) && isDue(Step.REMIND)) {
            actions.add(new Action.Remind(finding.credential(), finding.reasons(), owner, best(true, true)));
        }
        if (stage.allows(Step.TICKET) && isDue(Step.TICKET)) {
            actions.add(new Action.OpenTicket(
                    finding.credential(),
                    finding.reasons(),
                    owner,
                    best(true, true),
                    ticket == null ? null : ticket.reference()));
        }
        Rotation rotation = policy.rotation();
        if (rotation != null && stage.allows(Step.ROTATE) && isDue(Step.ROTATE)) {
            // Before what is said, so that the owner hears of the successor and not that there will be one.
            actions.addFirst(new Action.DeliverSecret(finding.credential(), finding.reasons(), rotation.deliverTo()));
            actions.addFirst(new Action.CreateKey(finding.credential(), finding.reasons()));
        } else if (stage.allows(Step.DEACTIVATE) && isDue(Step.DEACTIVATE)) {
            // Not in the run that makes a successor: the old key goes when the new one is proven.
            actions.add(brownouts.next(finding, whyCut(), announcedFrom()));
        }
        return actions;
    }

    /** Why it is switched off, and where that cuts a key in use, that it does: whoever approves a plan has to see it. */
    private List<Reason> whyCut() {
        if (!inUse(finding, policy)) {
            return finding.reasons();
        }
        List<Reason> reasons = new ArrayList<>(finding.reasons());
        reasons.add(new Reason.CutInUse(policy.name(), finding.idle()));
        return reasons;
    }

    private boolean isDue(Step step) {
        if (isHeldBack(step)) {
            return false;
        }
        for (Deadline deadline : finding.deadlines()) {
            if (deadline.step() == step
                    && isPossible(deadline)
                    && (step.speaksOnly() || announcements.wereMade(deadline))
                    && !at(deadline).isAfter(now)) {
                return true;
            }
        }
        return false;
    }

    private boolean isHeldBack(Step step) {
        return (hold != null && (hold.quiet() || !step.speaksOnly())) || (step.speaksOnly() && waitsForRoom());
    }

    /**
     * Until when nothing is due: an instant at or before the first at which something may be. It is not after now where
     * something is due, or only asking again can tell.
     *
     * @param goesOn whether the key goes on being used, so that it is always as much in use as now
     */
    Instant quietUntil(Stage stage, boolean goesOn) {
        Instant until = Instant.MAX;
        for (Deadline deadline : finding.deadlines()) {
            if (!isPossible(deadline)) {
                until = earlier(until, possibleFrom(deadline, goesOn));
            } else if (stage.allows(deadline.step()) && !isHeldBack(deadline.step())) {
                until = earlier(until, earliest(deadline));
            }
        }
        return until;
    }

    /** A key in use that nobody uses any more is not in use one day; what else stands in the way stays there. */
    private Instant possibleFrom(Deadline deadline, boolean goesOn) {
        if (deadline.step() != Step.DEACTIVATE || !(finding.lastUse() instanceof LastUse.Used used)) {
            return Instant.MAX;
        }
        if (deadline.limit().equals("idle")) {
            return now;
        }
        return goesOn ? Instant.MAX : used.at().plus(policy.inUseWindow());
    }

    /** The earliest that a step may come which nothing but time keeps back. */
    private Instant earliest(Deadline deadline) {
        Instant last = rhythm.last();
        if (deadline.step() == Step.REMIND && last != null) {
            return later(deadline.at(), earliestWord(last));
        }
        if (deadline.step().speaksOnly()) {
            return at(deadline);
        }
        return announcements.wereMade(deadline) ? announcements.at(deadline) : Instant.MAX;
    }

    /** Which step is nearest may change while the days go by, so any that is ahead may set the time of the next word. */
    private Instant earliestWord(Instant last) {
        return finding.deadlines().stream()
                .filter(deadline -> !rhythm.isSteady() && isAct(deadline) && isPossible(deadline))
                .map(deadline -> nextWord(last, deadline))
                .min(Comparator.naturalOrder())
                .orElseGet(() -> nextWord(last, null));
    }

    /** Whether nothing is asked of anybody yet: the successor is made as soon as there is room for it. */
    private boolean waitsForRoom() {
        return finding.standing() == Standing.WARNED
                && policy.rotation() != null
                && finding.reasons().stream().anyMatch(Reason.PredecessorRemains.class::isInstance);
    }

    /** The next step with its instant, never before now; null where there is none. */
    @Nullable
    Deadline next() {
        return switch (finding.standing()) {
            case HEALTHY -> best(false, false);
            case WARNED -> orElse(best(true, false), best(false, false));
            case EXPIRED -> orElse(best(true, true), orElse(best(true, false), best(false, false)));
            case LEAKED, ROTATING, UNKNOWN, INACTIVE, EXEMPT -> null;
        };
    }

    private static @Nullable Deadline orElse(@Nullable Deadline first, @Nullable Deadline second) {
        return first == null ? second : first;
    }

    /** The earliest step; at one instant the weightiest. */
    private @Nullable Deadline best(boolean notReminders, boolean onlyActs) {
        Deadline best = null;
        Instant bestAt = now;
        List<Deadline> deadlines = finding.deadlines();
        for (int i = 0; i < deadlines.size(); i++) {
            Deadline deadline = deadlines.get(i);
            boolean fits = !(notReminders && isSpent(deadline)) && !(onlyActs && !isAct(deadline));
            if (fits && isPossible(deadline)) {
                Instant at = later(now, at(deadline));
                if (best == null || isBetter(deadline, at, best, bestAt)) {
                    best = deadline;
                    bestAt = at;
                }
            }
        }
        return best == null ? null : new Deadline(best.step(), best.limit(), bestAt);
    }

    /** Whether it is a step that changes the key, with a date. */
    private boolean isAct(Deadline deadline) {
        return !deadline.step().speaksOnly() && isInSight(deadline);
    }

    /** The end of a key's disuse moves with every use of it: it is a date only once the key lies idle. */
    private boolean isInSight(Deadline deadline) {
        if (!deadline.limit().equals("idle")) {
            return true;
        }
        for (Reason reason : finding.reasons()) {
            if (reason instanceof Reason.NearIdle || reason instanceof Reason.PastIdle) {
                return true;
            }
        }
        return false;
    }

    /** Reminders, and for a key not yet overdue also tickets that were due before now. */
    private boolean isSpent(Deadline deadline) {
        return deadline.step() == Step.REMIND
                || (finding.standing() == Standing.WARNED
                        && deadline.step() == Step.TICKET
                        && !deadline.at().isAfter(now));
    }

    private static boolean isBetter(Deadline a, Instant aAt, Deadline b, Instant bAt) {
        int byTime = aAt.compareTo(bAt);
        return byTime != 0 ? byTime < 0 : weight(a.step()) > weight(b.step());
    }

    /** A successor comes before the old key goes. */
    private static int weight(Step step) {
        return switch (step) {
            case REMIND -> 0;
            case TICKET -> 1;
            case DELETE -> 2;
            case DEACTIVATE -> 3;
            case ROTATE -> 4;
        };
    }

    private boolean isPossible(Deadline deadline) {
        return switch (deadline.step()) {
            case REMIND, TICKET -> true;
            case ROTATE -> policy.rotation() != null && !mayNotRotate;
            case DEACTIVATE -> policy.cutInUse() || !inUseAt(deadline);
            // A working key is never deleted: that takes a recorded cool-down first.
            case DELETE -> false;
        };
    }

    /** Whether the key would count as in use when the step comes, if it is not used again to run into its idle limit. */
    private boolean inUseAt(Deadline deadline) {
        if (deadline.limit().equals("idle") && finding.lastUse() instanceof LastUse.Used used) {
            return !used.at().plus(policy.inUseWindow()).isBefore(later(now, at(deadline)));
        }
        return inUse(finding, policy);
    }

    private Instant at(Deadline deadline) {
        if (deadline.step() == Step.REMIND) {
            Instant last = rhythm.last();
            return last == null
                    ? deadline.at()
                    : later(deadline.at(), nextWord(last, rhythm.isSteady() ? null : best(true, true)));
        }
        if (deadline.step() == Step.TICKET) {
            // As often as reminders: what is new is added, and whoever closed it meanwhile finds it open again.
            return ticket == null
                    ? deadline.at()
                    : later(deadline.at(), ticket.at().plus(policy.remindEvery()));
        }
        Instant at = announcements.at(deadline);
        return deadline.step() == Step.DEACTIVATE ? later(at, brownouts.earliest(announcedFrom())) : at;
    }

    /** The first day that was told for switching it off; null where none was. */
    private @Nullable Instant announcedFrom() {
        return finding.deadlines().stream()
                .filter(deadline -> deadline.step() == Step.DEACTIVATE)
                .map(announcements::firstPromised)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    /**
     * When the owner hears again after the last word.
     *
     * @param ahead the next step that changes the key; null where none is in sight, or the rhythm does not ask
     */
    private Instant nextWord(Instant last, @Nullable Deadline ahead) {
        if (ahead == null) {
            return rhythm.easing();
        }
        Instant promised = announcements.promised(ahead);
        Instant first = announcements.firstPromised(ahead);
        if (promised == null || first == null) {
            // What was said so far was of something else, or has not got there yet.
            return said.stream().noneMatch(told -> told.step() == ahead.step()) ? rhythm.steady() : rhythm.easing();
        }
        if (!promised.isAfter(last)) {
            return rhythm.easing(first);
        }
        // A new key takes nothing from anybody: the next word is that it is there.
        return ahead.step() == Step.ROTATE ? rhythm.after(promised) : rhythm.towards(promised);
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
