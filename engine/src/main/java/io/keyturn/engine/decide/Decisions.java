package io.keyturn.engine.decide;

import io.keyturn.core.model.Target;
import io.keyturn.core.plan.Hold;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.apply.StageMark;
import io.keyturn.engine.apply.StopFlag;
import io.keyturn.engine.journal.AccountJournal;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.journal.Entry.Decision.Kind;
import io.keyturn.engine.journal.Scope;
import io.keyturn.engine.journal.Streams;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.StoreFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Everything a person may decide, whatever door it comes in by: each with who, why and until, in the journal. */
public final class Decisions {
    private final JournalStore store;
    private final InstantSource clock;
    private final Supplier<String> ids;
    private final String door;

    /**
     * @param ids names decisions, each name once
     * @param door where the person came in, such as {@code command line}
     */
    public Decisions(JournalStore store, InstantSource clock, Supplier<String> ids, String door) {
        this.store = store;
        this.clock = clock;
        this.ids = ids;
        this.door = door;
    }

    /** Nothing that changes a key happens to the user, the key or the account until it is thawed, or until then. */
    public void freeze(Scope scope, String by, String why, @Nullable Instant until) throws StoreFailure, Refused {
        decide(Kind.FREEZE, scope, by, why, until);
    }

    /** Ends what was frozen or snoozed exactly there. */
    public void thaw(Scope scope, String by, String why) throws StoreFailure, Refused {
        decide(Kind.THAW, scope, by, why, null);
    }

    /**
     * Neither reminders nor changes until then.
     *
     * @param atMost how far ahead the policies of the keys allow it to reach
     */
    public void snooze(Scope scope, String by, String why, Instant until, Duration atMost)
            throws StoreFailure, Refused {
        // Whole days, as people name them.
        Instant latest =
                clock.instant().plus(atMost).truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
        if (atMost.isZero() || until.isAfter(latest)) {
            String most = atMost.isZero() ? "none" : atMost.toDays() + " days ahead, " + Hold.until(latest);
            throw new Refused(
                    "a snooze " + Hold.until(until) + " is longer than its policy allows: " + most,
                    "name an earlier end, freeze what must not change for longer, or raise snooze-at-most in the policy");
        }
        decide(Kind.SNOOZE, scope, by, why, until);
    }

    /** The owner has put the new key in the place of this one. It makes nothing happen earlier. */
    public void installed(Target key, String by, String why) throws StoreFailure, Refused {
        decide(Kind.INSTALLED, new Scope.OfTarget(keyOf(key)), by, why, null);
    }

    /** The owner needs until then, and asks: nothing is held back until somebody snoozes it. */
    public void askForTime(Scope scope, String by, String why, Instant until) throws StoreFailure, Refused {
        decide(Kind.ASK_FOR_TIME, scope, by, why, until);
    }

    /** No worker starts a change any more. The flag is raised first: what stops must not wait for what is written down. */
    public void stop(String by, String why) throws StoreFailure, Refused {
        check(why, null);
        new StopFlag(store).raise(by + ": " + why);
        decide(Kind.STOP, new Scope.All(), by, why, null);
    }

    /** Changes may start again. Written down first: nothing may start before it is known who allowed it. */
    public void resume(String by, String why) throws StoreFailure, Refused {
        decide(Kind.RESUME, new Scope.All(), by, why, null);
        new StopFlag(store).lower();
    }

    /**
     * A run is begun at once, by hand. Written down first: nothing may start before it is known who began it.
     *
     * @param acts whether it carries out what is due; else it only reads
     */
    public void begin(boolean acts, String by, String why) throws StoreFailure, Refused {
        decide(acts ? Kind.RUN : Kind.READ, new Scope.All(), by, why, null);
    }

    /**
     * What was approved of a plan is carried out at once, by hand, and nothing else. Written down first, like every run.
     *
     * @param run the run that does it, by which what came of it is found
     */
    public void apply(String hash, String by, String why, String run) throws StoreFailure, Refused {
        decide(Kind.RUN, new Scope.OfPlan(hash), by, why, null, run);
    }

    /**
     * A plan, or one step of one key, may be carried out until then.
     *
     * @param step the step of the key; null for a plan
     * @param by whose identity somebody else vouches for: nobody counts twice
     */
    public void approve(Scope scope, @Nullable Step step, String by, String why, Instant until)
            throws StoreFailure, Refused {
        decide(Kind.APPROVE, scope, by, why, until, step == null ? null : step.label());
    }

    /** One step of one key. */
    public record KeyStep(Target key, Step step) {}

    /**
     * These steps of keys of one account may be carried out until then: all of them are approved, or none.
     *
     * @param by whose identity somebody else vouches for: nobody counts twice
     */
    public void approve(List<KeyStep> steps, String by, String why, Instant until) throws StoreFailure, Refused {
        check(why, until);
        List<Entry.Decision> decisions = steps.stream()
                .map(step -> decision(
                        Kind.APPROVE,
                        new Scope.OfTarget(keyOf(step.key())),
                        by,
                        why,
                        until,
                        step.step().label()))
                .toList();
        AccountJournal.open(store, Streams.of(decisions.getFirst()), entry -> {})
                .record(decisions);
    }

    /**
     * What a plan changes may be done until then: by this plan, or by a later one that changes the same for the same reasons.
     *
     * @param changes fingerprint of what it changes; null where it is not known
     * @param by whose identity somebody else vouches for: nobody counts twice
     */
    public void approve(String hash, @Nullable String changes, String by, String why, Instant until)
            throws StoreFailure, Refused {
        decide(Kind.APPROVE, new Scope.OfPlan(hash), by, why, until, changes);
    }

    /**
     * What a plan changes is not to be done: whoever approved it before is not heard any more, and nobody is asked again
     * until it changes, or somebody approves it after all.
     *
     * @param changes fingerprint of what it changes
     */
    public void refuse(String hash, String changes, String by, String why) throws StoreFailure, Refused {
        decide(Kind.REFUSE, new Scope.OfPlan(hash), by, why, null, changes);
    }

    /**
     * The key is in others' hands: every worker may switch it off without waiting for a successor, and nothing brings it
     * back but {@link #withdraw}. It counts as an approval of that one step.
     *
     * @param by whose identity somebody else vouches for: nobody counts twice
     */
    public void compromised(Target key, String by, String why) throws StoreFailure, Refused {
        decide(Kind.COMPROMISED, new Scope.OfTarget(keyOf(key)), by, why, null, Step.DEACTIVATE.label());
    }

    /**
     * The key is not in others' hands after all, or it was and that is over.
     *
     * @param compromise the ID of the decision that is withdrawn
     */
    public void withdraw(Target key, String compromise, String by, String why) throws StoreFailure, Refused {
        decide(Kind.UNDO, new Scope.OfTarget(keyOf(key)), by, why, null, compromise);
    }

    private static Target keyOf(Target target) {
        if (target.key() == null) {
            throw new IllegalArgumentException("that is said of one key");
        }
        return target;
    }

    /** No worker goes further than {@code stage} in the unit or account, until the configuration raises it again. */
    public void lower(Scope scope, Stage stage, String by, String why) throws StoreFailure, Refused {
        if (stage == Stage.ENFORCE) {
            throw new Refused("enforce is the highest stage", "lower it to rotate, notify or observe");
        }
        decide(Kind.LOWER_STAGE, scope, by, why, null, stage.label());
        new StageMark(store).move(by + ": " + why);
    }

    private void decide(Kind kind, Scope scope, String by, String why, @Nullable Instant until)
            throws StoreFailure, Refused {
        decide(kind, scope, by, why, until, null);
    }

    private void decide(Kind kind, Scope scope, String by, String why, @Nullable Instant until, @Nullable String value)
            throws StoreFailure, Refused {
        check(why, until);
        Entry.Decision decision = decision(kind, scope, by, why, until, value);
        AccountJournal.open(store, Streams.of(decision), entry -> {}).record(List.of(decision));
    }

    private Entry.Decision decision(
            Kind kind, Scope scope, String by, String why, @Nullable Instant until, @Nullable String value) {
        return new Entry.Decision(
                new Entry.Stamp(clock.instant(), door, by), ids.get(), kind, scope, by, why, until, value);
    }

    private void check(String why, @Nullable Instant until) throws Refused {
        if (why.isBlank()) {
            throw new Refused("no reason is given", "say why, for whoever reads the journal later");
        }
        if (until != null && !until.isAfter(clock.instant())) {
            throw new Refused("it would hold " + Hold.until(until) + ", which is over", "name an end that is to come");
        }
    }
}
