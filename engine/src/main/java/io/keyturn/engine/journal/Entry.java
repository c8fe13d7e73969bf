package io.keyturn.engine.journal;

import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Placement;
import io.keyturn.core.model.Target;
import io.keyturn.core.plan.Verb;
import io.keyturn.core.policy.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What Keyturn meant to do, did, said or was told: written once, never changed. No entry can hold a secret. */
public sealed interface Entry {
    Stamp stamp();

    /** Whom it is about; null where it is about no single user. */
    default @Nullable Target target() {
        return null;
    }

    /**
     * When and by whom an entry was written.
     *
     * @param at by the clock of the worker, exact to a millisecond
     * @param run the run that wrote it
     * @param worker the process that wrote it
     */
    record Stamp(Instant at, String run, String worker) {
        public Stamp {
            at = at.truncatedTo(ChronoUnit.MILLIS);
        }
    }

    /**
     * Something is about to be done; written before the call that does it.
     *
     * @param id names the intent in its outcome
     * @param present the user's keys right before: what recovery compares with
     * @param plan hash of the plan it belongs to; null outside a plan
     * @param lasting after how long it is taken back; null for what is not
     * @param marker what a ticket is found again by; null for all else
     */
    record Intent(
            Stamp stamp,
            String id,
            Verb verb,
            Target target,
            List<KeyId> present,
            @Nullable String plan,
            @Nullable Duration lasting,
            @Nullable String marker)
            implements Entry {
        public Intent {
            present = List.copyOf(present);
        }

        /** Of what is done for good. */
        public Intent(Stamp stamp, String id, Verb verb, Target target, List<KeyId> present, @Nullable String plan) {
            this(stamp, id, verb, target, present, plan, null, null);
        }
    }

    /**
     * What an intent came to.
     *
     * @param intent the ID of the intent
     * @param made the key it made; null where it made none
     * @param place where a secret was delivered to; null where none was
     * @param why a sentence for people; empty where there is nothing to say
     */
    record Outcome(
            Stamp stamp,
            String intent,
            Verb verb,
            Target target,
            Result result,
            @Nullable KeyId made,
            @Nullable String place,
            String why)
            implements Entry {
        /** Of an intent that made and delivered nothing. */
        public static Outcome of(Stamp stamp, Intent intent, Result result, String why) {
            return new Outcome(stamp, intent.id(), intent.verb(), intent.target(), result, null, null, why);
        }
    }

    /** How an act ended. */
    enum Result {
        DONE,
        /** Nothing was done: a precondition no longer held. */
        SKIPPED,
        /** Nothing was done: the call was refused. */
        FAILED,
        /** It may be done or not; the next run finds out. */
        IN_DOUBT
    }

    /**
     * A message about a key that names what comes and when.
     *
     * @param id names the message; a later entry of the same ID tells what became of its placement
     * @param due the date announced for the step
     * @param channel such as {@code email}
     * @param recipient as the channel names them
     * @param reference what the channel calls the message; null where it gave no name
     * @param closing what its readers are to hear when the key needs nobody any more; null where that is nothing, or the
     *     entry is older than that
     */
    record Notice(
            Stamp stamp,
            String id,
            Target target,
            Step step,
            Instant due,
            String channel,
            String recipient,
            Placement placement,
            @Nullable String reference,
            @Nullable Closing closing)
            implements Entry {
        /** Of which no end is told. */
        public Notice(
                Stamp stamp,
                String id,
                Target target,
                Step step,
                Instant due,
                String channel,
                String recipient,
                Placement placement,
                @Nullable String reference) {
            this(stamp, id, target, step, due, channel, recipient, placement, reference, null);
        }

        /** What became of the same message later. */
        public Notice later(Stamp at, Placement placement, @Nullable String reference, @Nullable Closing closing) {
            return new Notice(at, id, target, step, due, channel, recipient, placement, reference, closing);
        }
    }

    /**
     * How a message can be closed.
     *
     * @param keys how many keys the message is about that the reference names, whatever accounts these are of: it may be
     *     changed only when none of them needs anybody
     * @param onlyIfWithdrawn whether its end is told only where it comes before the date that was announced
     */
    record Closing(int keys, boolean onlyIfWithdrawn) {
        public Closing {
            if (keys < 1) {
                throw new IllegalArgumentException("a message is about at least one key");
            }
        }
    }

    /**
     * What a person decided.
     *
     * @param by who decided
     * @param until the end of what was decided; null where it has none
     * @param value what was decided, where the kind needs one, such as the stage of {@code LOWER_STAGE}
     */
    record Decision(
            Stamp stamp,
            String id,
            Kind kind,
            Scope scope,
            String by,
            String why,
            @Nullable Instant until,
            @Nullable String value)
            implements Entry {
        /** What can be decided. */
        public enum Kind {
            APPROVE,
            /** What a plan changes is not to be done, as long as it stays the same. */
            REFUSE,
            SNOOZE,
            INSTALLED,
            /** An owner asks for more time; it holds nothing back until somebody grants it. */
            ASK_FOR_TIME,
            FREEZE,
            THAW,
            STOP,
            RESUME,
            EXEMPT,
            LOWER_STAGE,
            COMPROMISED,
            UNDO,
            /** Everything is read at once, and nothing is changed. */
            READ,
            /** What is due is done at once, as far as it may be. */
            RUN
        }

        @Override
        public @Nullable Target target() {
            return scope instanceof Scope.OfTarget(Target target) ? target : null;
        }

        public Decision {
            if (by.isBlank()) {
                throw new IllegalArgumentException("a decision names who decided");
            }
        }
    }
}
