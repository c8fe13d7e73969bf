package io.keyturn.core.plan;

import io.keyturn.core.assess.Deadline;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Owner;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.policy.DayCount;
import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Rotation;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The end of a key that is switched off: deleted after it was recorded inactive for the whole cool-down, was announced
 * (unless the rules announce nothing), and is known not to have been used since.
 */
final class Deletion {
    private final Finding finding;
    /** Nobody ever held it, as far as is known, so that nobody is told. */
    private final boolean undelivered;

    private final boolean byTime;
    private final DayCount days;
    private final @Nullable Duration after;
    private final @Nullable Instant inactiveSince;
    private final List<Told> told;
    private final Rhythm rhythm;
    private final @Nullable Hold hold;
    private final @Nullable Duration noticeTime;
    private final Instant now;

    Deletion(Finding finding, Policy policy, History history, Rules rules, Instant now) {
        this.finding = finding;
        Rotation rotation = policy.rotation();
        this.byTime = rotation != null && rotation.byTime();
        // Only there, for elsewhere a cool-down is whole days of 24 hours.
        this.days = byTime ? rules.days() : DayCount.ELAPSED;
        this.undelivered =
                finding.reasons().stream().anyMatch(reason -> reason instanceof Reason.Undelivered it && !it.used());
        this.after = undelivered && !byTime ? Rotation.UNHELD_DELETE_AFTER : after(policy);
        this.inactiveSince = offSince(history, finding);
        this.told = history.told(finding.credential());
        this.rhythm = new Rhythm(
                policy.remindEvery(),
                history.spoken(finding.credential()).stream()
                        .filter(word -> inactiveSince != null && !word.isBefore(inactiveSince))
                        .toList());
        this.hold = history.hold(finding.credential(), now);
        this.noticeTime = rules.firstNotice();
        this.now = now;
    }

    /**
     * Since when it is off, for all that is known; null where nobody knows. What was announced of it as a working key since
     * it was switched off tells that it worked again, so whoever switched it off after that began another cool-down.
     */
    private static @Nullable Instant offSince(History history, Finding finding) {
        Instant off = history.inactiveSince(finding.credential());
        return off == null || history.said(finding.credential()).stream().noneMatch(told -> worked(told, off))
                ? off
                : null;
    }

    private static boolean worked(Told told, Instant off) {
        return told.at().isAfter(off) && (told.step() == Step.DEACTIVATE || told.step() == Step.ROTATE);
    }

    /** How long a key of this policy stays inactive before it is deleted; null where none ever is. */
    static @Nullable Duration after(Policy policy) {
        Rotation rotation = policy.rotation();
        if (rotation != null) {
            return rotation.deleteAfter();
        }
        return deletes(policy.age()) || deletes(policy.idle()) ? Rotation.DEFAULT_DELETE_AFTER : null;
    }

    private static boolean deletes(@Nullable Limit limit) {
        return limit != null
                && (limit.onWarn().contains(Step.DELETE) || limit.onExpire().contains(Step.DELETE));
    }

    /** When it is deleted, if nothing happens before; null where it never is. */
    @Nullable
    Deadline next() {
        if (after == null || !isQuiet()) {
            return null;
        }
        if (undelivered) {
            return new Deadline(Step.DELETE, Deadline.COOL_DOWN, later(now, since().plus(after)));
        }
        Instant at = since().plus(after);
        if (noticeTime != null) {
            Instant first = firstTold();
            at = later(at, (first == null ? now : first).plus(noticeTime));
        }
        for (Told notice : told) {
            at = counts(notice) ? later(at, notice.due()) : at;
        }
        return new Deadline(Step.DELETE, Deadline.COOL_DOWN, later(now, at));
    }

    /** What is due now and allowed at {@code stage}: the announcement, once, and at its time the deletion. */
    List<Action> due(Stage stage) {
        Deadline deadline = next();
        if (deadline == null || inactiveSince == null) {
            return List.of();
        }
        List<Action> actions = new ArrayList<>(1);
        boolean announced = isAnnounced();
        // A word that has not got there yet is not said again in every run.
        boolean isTime = rhythm.last() == null || !rhythm.easing().isAfter(now);
        if (!announced && isTime && stage.allows(Step.REMIND) && (hold == null || !hold.quiet())) {
            Owner owner = finding.knownOwner();
            actions.add(new Action.Remind(finding.credential(), finding.reasons(), owner, deadline));
        }
        if (announced
                && hold == null
                && stage.allows(undelivered ? Step.ROTATE : Step.DELETE)
                && !deadline.at().isAfter(now)) {
            actions.add(new Action.Delete(finding.credential(), finding.reasons()));
        }
        return actions;
    }

    private boolean isAnnounced() {
        // By time nothing waits for the word, and all the same it is said before the end.
        return undelivered || (noticeTime == null && !byTime) || firstTold() != null;
    }

    /** Until when nothing is due; not after now where something is. */
    Instant quietUntil(Stage stage) {
        if (!due(stage).isEmpty()) {
            return now;
        }
        Deadline deadline = next();
        if (deadline == null || inactiveSince == null) {
            return Instant.MAX;
        }
        Instant turn = isAnnounced() ? deadline.at() : rhythm.easing();
        return turn.isAfter(now) ? turn : Instant.MAX;
    }

    /** Whether it is known not to have been used since it was switched off; by time, or its successor to be in use. */
    private boolean isQuiet() {
        boolean unused = switch (finding.lastUse()) {
            case LastUse.Used used -> !days.isAfter(used.at(), since());
            case LastUse.NeverUsed() -> true;
            case LastUse.Unknown unknown -> false;
        };
        return unused || (byTime && isReplaced());
    }

    private boolean isReplaced() {
        return finding.reasons().stream()
                .anyMatch(reason -> reason instanceof Reason.Succeeded succeeded && succeeded.installed());
    }

    private Instant since() {
        return days.from(inactiveSince == null ? now : inactiveSince);
    }

    private @Nullable Instant firstTold() {
        return told.stream()
                .filter(this::counts)
                .map(Told::at)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    /** What was said before it was switched off was said of another cool-down. */
    private boolean counts(Told notice) {
        return notice.step() == Step.DELETE
                && inactiveSince != null
                && !notice.at().isBefore(inactiveSince);
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
