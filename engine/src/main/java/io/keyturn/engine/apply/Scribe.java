package io.keyturn.engine.apply;

import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Problem;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.User;
import io.keyturn.core.plan.Verb;
import io.keyturn.engine.journal.AccountJournal;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.port.Leave;
import io.keyturn.engine.port.LiveAccount;
import io.keyturn.engine.port.StoreFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes down what is about to be done to an account, does it while the right to is held, and writes what came of it. */
final class Scribe {
    private static final int ATTEMPTS = 8;

    /** From where on two clocks differ by more than what an answer may be off. */
    private static final Duration NOTICEABLE = Duration.ofMinutes(1);

    private final Tools tools;
    private final AccountJournal journal;
    private final Tenure tenure;
    private final LiveAccount live;

    Scribe(Tools tools, AccountJournal journal, Tenure tenure, LiveAccount live) {
        this.tools = tools;
        this.journal = journal;
        this.tenure = tenure;
        this.live = live;
    }

    /** One call that changes a key. */
    interface Change {
        LiveAccount.Answer send(Leave leave) throws InterruptedException;
    }

    /** The IDs of the user's keys, as they are known. */
    static List<KeyId> keysOf(User user) {
        return user.keys() instanceof Fact.Known<List<AccessKey>> known
                ? known.value().stream()
                        .map(AccessKey::id)
                        .filter(Objects::nonNull)
                        .toList()
                : List.of();
    }

    /** Writes an intent, durable before this returns. */
    Entry.Intent intend(Verb verb, Target target, List<KeyId> present, @Nullable String plan) throws StoreFailure {
        return intend(verb, target, present, plan, null);
    }

    /** The same of what is taken back after a while. */
    Entry.Intent intend(
            Verb verb, Target target, List<KeyId> present, @Nullable String plan, @Nullable Duration lasting)
            throws StoreFailure {
        return intend(new Entry.Intent(tools.stamp(), tools.ids().get(), verb, target, present, plan, lasting, null));
    }

    /** Writes the intent of a ticket that is found again by its marker. */
    Entry.Intent intendTicket(Target target, List<KeyId> present, String plan, String marker) throws StoreFailure {
        return intend(new Entry.Intent(
                tools.stamp(), tools.ids().get(), Verb.OPEN_TICKET, target, present, plan, null, marker));
    }

    private Entry.Intent intend(Entry.Intent intent) throws StoreFailure {
        journal.intend(tenure.renewed(), List.of(intent));
        return intent;
    }

    /** Writes several intents at once, durable before this returns. */
    void intend(List<Entry.Intent> intents) throws StoreFailure {
        journal.intend(tenure.renewed(), intents);
    }

    /** The same in the middle of something that must go on: news of others is read, and does not hold it up. */
    Entry.Intent intendOn(Verb verb, Target target) throws StoreFailure {
        for (int attempt = 1; ; attempt++) {
            try {
                return intend(verb, target, List.of(), null);
            } catch (StoreFailure e) {
                if (e.kind() != StoreFailure.Kind.CONFLICT || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /**
     * Why no change may start any more; empty where it may. Asked last before the call, since what was read, proven and
     * written before took its time.
     */
    Optional<Problem> tooLate(Verb verb, Target target) {
        Optional<String> stop = tools.stop().raised();
        if (stop.isPresent()) {
            return Optional.of(tooLate(verb, target, "everything is stopped: " + stop.get(), "resume first"));
        }
        return tenure.holds()
                ? Optional.empty()
                : Optional.of(tooLate(
                        verb, target, "the right to change the account ended before the call", "the next run goes on"));
    }

    /** Leave for what the intent says. */
    Leave leave(Entry.Intent intent) {
        return () -> tooLate(intent.verb(), intent.target());
    }

    /** Keeps the right to change the account while something goes on that takes long. */
    void keepHolding() throws StoreFailure {
        tenure.renewed();
    }

    /** That nothing was sent, and why. */
    private static Problem tooLate(Verb verb, Target target, String why, String advice) {
        return new Problem(verb.label() + " the key", target.name().value(), why, advice);
    }

    /** Makes a change whose intent is written, and writes down its end. */
    LiveAccount.Answer change(Entry.Intent intent, Change change) throws StoreFailure, InterruptedException {
        // Between this line and the next the process may die: the intent then tells the next run where to look.
        return end(intent, change.send(leave(intent)));
    }

    /** Writes down the end of a change. */
    LiveAccount.Answer end(Entry.Intent intent, LiveAccount.Answer answer) throws StoreFailure {
        switch (answer) {
            case LiveAccount.Answer.Done() -> record(intent, Entry.Result.DONE, "");
            case LiveAccount.Answer.Refused(Problem problem) -> record(intent, Entry.Result.FAILED, problem.why());
            case LiveAccount.Answer.InDoubt doubt -> {
                if (doubt.unwell()) {
                    tools.weather().turnedBad();
                }
                record(intent, Entry.Result.IN_DOUBT, doubt.problem().why());
            }
        }
        return answer;
    }

    /** Writes down what an intent came to. */
    void record(Entry.Intent intent, Entry.Result result, String why) throws StoreFailure {
        journal.record(List.of(Entry.Outcome.of(stamp(), intent, result, why)));
    }

    /**
     * When something ended, by AWS's clock where this machine's is behind it: a time that is counted from there would end
     * too early once the clock is set right. AWS tells whole seconds, and its answer took its time.
     */
    private Entry.Stamp stamp() {
        Entry.Stamp here = tools.stamp();
        Instant there = live.awsTime();
        return there != null && there.isAfter(here.at().plus(NOTICEABLE))
                ? new Entry.Stamp(there, here.run(), here.worker())
                : here;
    }

    /** Writes down what is so. */
    void record(List<? extends Entry> entries) throws StoreFailure {
        journal.record(entries);
    }
}
