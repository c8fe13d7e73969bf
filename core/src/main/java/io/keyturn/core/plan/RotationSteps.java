package io.keyturn.core.plan;

import io.keyturn.core.assess.Deadline;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Observed;
import io.keyturn.core.assess.Owner;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.policy.DayCount;
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

/** The steps of a key whose successor is made: telling, waiting for it to be installed, and the end of the old key. */
final class RotationSteps {
    /** A presigned URL, made at the last use, lives 7 days; twice that, and a key used every week is not taken for quiet. */
    private static final Duration QUIET = Duration.ofDays(14);

    private final Finding finding;
    private final @Nullable Rotation rotation;
    private final boolean byTime;
    private final DayCount days;
    private final Duration remindEvery;
    private final Rhythm rhythm;
    private final Instant now;
    private final Reason.@Nullable Succeeded succeeded;
    private final @Nullable Instant delivered;
    private final List<Told> ends;
    private final List<Told> saidEnds;
    /** The last day that was ever named for the key's end, also before it had a successor; null where none was. */
    private final @Nullable Instant promised;

    private final @Nullable Instant spoken;
    private final @Nullable Hold hold;
    private final boolean approved;
    private final RotationPhase phase;
    private final Brownouts brownouts;

    RotationSteps(Finding finding, Policy policy, History history, DayCount days, Instant now) {
        this.finding = finding;
        this.rotation = policy.rotation();
        this.byTime = rotation != null && rotation.byTime();
        this.days = byTime ? days : DayCount.ELAPSED;
        this.brownouts = new Brownouts(policy, history, finding.credential());
        this.remindEvery = policy.remindEvery();
        this.now = now;
        this.succeeded = finding.reasons().stream()
                .filter(Reason.Succeeded.class::isInstance)
                .map(Reason.Succeeded.class::cast)
                .findFirst()
                .orElse(null);
        this.delivered = succeeded == null ? null : succeeded.delivered();
        this.rhythm = new Rhythm(remindEvery, Silence.words(finding, history));
        List<Told> ever = succeeded == null
                ? List.of()
                : SwitchedOnAgain.counting(history, finding, history.said(finding.credential()));
        List<Told> said = succeeded == null ? List.of() : since(succeeded, ever);
        this.promised = latest(ends(ever));
        this.spoken = said.isEmpty() ? null : said.getLast().at();
        this.saidEnds = ends(said);
        this.ends = succeeded == null
                ? List.of()
                : ends(since(
                        succeeded, SwitchedOnAgain.counting(history, finding, history.told(finding.credential()))));
        this.hold = SwitchedOnAgain.hold(history, finding, now);
        Instant approval = history.approved(finding.credential(), Step.DEACTIVATE, now);
        this.approved = approval != null;
        RotationPhase.Facts facts = facts(approval);
        this.phase = byTime ? RotationPhase.byTime(facts) : RotationPhase.of(facts);
    }

    /** Whether only a person moves it on. */
    boolean waitsForDecision() {
        return phase.waitsForDecision() || (phase == RotationPhase.UNDELIVERED && isTaken() && !approved);
    }

    /** Whether somebody uses what is not known to have been delivered, or may. */
    private boolean isTaken() {
        return finding.reasons().stream().anyMatch(reason -> reason instanceof Reason.Undelivered it && it.used());
    }

    private RotationPhase.Facts facts(@Nullable Instant approved) {
        if (succeeded == null) {
            return new RotationPhase.Facts(false, false, false, false, RotationPhase.End.NONE, false, false, false);
        }
        Instant end = end();
        return new RotationPhase.Facts(
                true,
                spoken != null,
                succeeded.installed(),
                rotation != null && !now.isBefore(succeeded.delivered().plus(rotation.holdAfter())),
                end == null
                        ? RotationPhase.End.NONE
                        : end.isAfter(now) ? RotationPhase.End.AHEAD : RotationPhase.End.PASSED,
                isExtended(),
                isQuiet(succeeded.delivered()),
                approved != null && approved.isAfter(succeeded.delivered()));
    }

    /** Notices since the delivery: what was said before was said of the key without a successor. */
    private static List<Told> since(Reason.Succeeded succeeded, List<Told> all) {
        return all.stream()
                .filter(told -> !told.at().isBefore(succeeded.delivered()))
                .toList();
    }

    private static List<Told> ends(List<Told> notices) {
        return notices.stream().filter(told -> told.step() == Step.DEACTIVATE).toList();
    }

    /** The latest end that was announced; null where none was. */
    private @Nullable Instant end() {
        return latest(ends);
    }

    private static @Nullable Instant latest(List<Told> ends) {
        return ends.stream().map(Told::due).max(Comparator.naturalOrder()).orElse(null);
    }

    /** Whether an end was announced after another one had passed. */
    private boolean isExtended() {
        Instant first = null;
        for (Told told : ends) {
            if (first != null && !told.at().isBefore(first)) {
                return true;
            }
            first = first == null || told.due().isAfter(first) ? told.due() : first;
        }
        return false;
    }

    /** Whether the old key is known not to have been used lately; by time, since the delivery. */
    private boolean isQuiet(Instant delivered) {
        return switch (finding.lastUse()) {
            case LastUse.Used used ->
                byTime
                        ? !days.isAfter(used.at(), delivered)
                        : !used.at().plus(quiet()).isAfter(now);
            case LastUse.NeverUsed() -> true;
            case LastUse.Unknown unknown -> false;
        };
    }

    /** How long the old key must lie still: longer where it is used rarely. */
    private Duration quiet() {
        Observed observed = finding.observed();
        return observed == null || observed.stillness().compareTo(QUIET) < 0 ? QUIET : observed.stillness();
    }

    /** What is due now and allowed at {@code stage}. */
    List<Action> due(Stage stage) {
        List<Action> actions = new ArrayList<>(1);
        boolean mayAct = hold == null && rotation != null;
        switch (phase) {
            case UNDELIVERED -> {
                // The way back of what Keyturn made itself: it needs no more than making it did, and nobody to be told.
                if (hold == null && stage.allows(Step.ROTATE) && !waitsForDecision()) {
                    actions.add(new Action.Deactivate(finding.credential(), finding.reasons()));
                }
            }
            case ENDED -> {
                if (mayAct && stage.allows(Step.DEACTIVATE) && !breath().isAfter(now)) {
                    actions.add(brownouts.next(finding, finding.reasons(), delivered));
                }
            }
            case DELIVERED, INSTALLED, CONTESTED, WAITING, GRACE, UNUSED, HELD -> {
                if (stage.allows(Step.REMIND) && (hold == null || !hold.quiet()) && isTimeToSpeak()) {
                    Owner owner = finding.knownOwner();
                    actions.add(new Action.Remind(finding.credential(), finding.reasons(), owner, announced()));
                }
            }
        }
        return actions;
    }

    /**
     * Until when nothing is due: the first instant ahead that the present is held against. It is not after now where
     * something is due, or a use of the old key is all that is waited for.
     *
     * @param goesOn whether the old key goes on being used, so that it never lies still for longer than now
     */
    Instant quietUntil(Stage stage, boolean goesOn) {
        if (!due(stage).isEmpty()) {
            return now;
        }
        Instant end = end();
        List<Instant> turns = new ArrayList<>();
        if (end != null) {
            Instant towards = rhythm.towards(end);
            if (phase == RotationPhase.GRACE && !towards.isAfter(now)) {
                return now;
            }
            turns.add(towards);
            turns.add(end);
        }
        if (delivered != null && rotation != null) {
            turns.add(delivered.plus(rotation.holdAfter()));
        }
        if (spoken != null) {
            turns.add(rhythm.isSteady() ? spoken.plus(remindEvery) : rhythm.easing());
        }
        if (!goesOn && finding.lastUse() instanceof LastUse.Used used) {
            turns.add(used.at().plus(quiet()));
        }
        turns.add(breath());
        return turns.stream()
                .filter(turn -> turn.isAfter(now))
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
    }

    /** Whether something new is to be said, or the same again. */
    private boolean isTimeToSpeak() {
        return spoken == null || isTimeToSpeakAgain(spoken);
    }

    private boolean isTimeToSpeakAgain(Instant last) {
        return switch (phase) {
            // Said again only in case the first word was lost, for it may still be on its way to be placed.
            case INSTALLED -> !saidEndAfter(null) || isTimeToRepeat(last);
            case CONTESTED -> !saidEndAfter(end()) || isTimeToRepeat(last);
            // By time the one word named the day already.
            case GRACE -> !byTime && (rhythm.isSteady() ? isTimeToRepeat(last) : isStillUsed());
            case UNDELIVERED, DELIVERED, WAITING, UNUSED, HELD, ENDED -> isTimeToRepeat(last);
        };
    }

    private boolean isTimeToRepeat(Instant last) {
        return !(rhythm.isSteady() ? last.plus(remindEvery) : rhythm.easing()).isAfter(now);
    }

    /** Whether the old key was used since its end was told, and that is near: otherwise there is nothing to say again. */
    private boolean isStillUsed() {
        Instant end = end();
        Instant last = rhythm.last();
        return end != null
                && last != null
                && finding.lastUse() instanceof LastUse.Used used
                && used.at().isAfter(last)
                && !rhythm.towards(end).isAfter(now);
    }

    private boolean saidEndAfter(@Nullable Instant end) {
        return saidEnds.stream().anyMatch(told -> end == null || !told.at().isBefore(end));
    }

    /** What is said to come: only where it has a date. */
    private @Nullable Deadline announced() {
        boolean dated = byTime || (phase != RotationPhase.DELIVERED && phase != RotationPhase.WAITING);
        return dated && !phase.waitsForDecision() ? next() : null;
    }

    /** The next step; null where only a person moves it on, or nothing has a date yet. */
    @Nullable
    Deadline next() {
        if (rotation == null) {
            return phase == RotationPhase.UNDELIVERED && !waitsForDecision() ? step(now) : null;
        }
        Instant end = end();
        return switch (phase) {
            case UNDELIVERED -> waitsForDecision() ? null : step(now);
            case ENDED -> step(breath().isAfter(now) ? breath() : now);
            // From the first word, so that whoever hears late loses nothing of the time.
            case DELIVERED -> byTime ? step(asPromised(days.from(now).plus(rotation.deactivateAfter()))) : null;
            case WAITING, UNUSED, HELD -> null;
            case INSTALLED, CONTESTED -> step(asPromised(now.plus(rotation.deactivateAfter())));
            case GRACE -> step(Objects.requireNonNullElse(end, now));
        };
    }

    /** An announced day never moves earlier, also where it was announced for another reason. */
    private Instant asPromised(Instant at) {
        return promised == null || promised.isBefore(at) ? at : promised;
    }

    /** When the end may go on after the last brownout. */
    private Instant breath() {
        return brownouts.earliest(delivered);
    }

    private static Deadline step(Instant at) {
        return new Deadline(Step.DEACTIVATE, Deadline.ROTATION, at);
    }
}
