package io.keyturn.engine.apply;

import io.keyturn.core.assess.Deadline;
import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Placement;
import io.keyturn.core.model.Problem;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.User;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.Verb;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.journal.AccountJournal;
import io.keyturn.engine.journal.AccountPast;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.port.LiveAccount;
import io.keyturn.engine.port.Notifier;
import io.keyturn.engine.port.ReadFailure;
import io.keyturn.engine.port.StoreFailure;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what is planned for one account, one action after the other: looks again, writes down what it is about to
 * do, does it once, writes down what came of it.
 */
public final class AccountApplier {
    private final Tools tools;
    private final Account account;
    private final LiveAccount live;
    private final AccountJournal journal;
    private final Recheck recheck;
    private final Tenure tenure;

    /**
     * @param past what {@code journal} comes to; it follows the journal
     * @param tenure the right to change this account
     */
    public AccountApplier(
            Tools tools, Account account, LiveAccount live, AccountJournal journal, AccountPast past, Tenure tenure) {
        this.tools = tools;
        this.account = account;
        this.live = live;
        this.journal = journal;
        this.recheck = new Recheck(tools, account, live, past);
        this.tenure = tenure;
    }

    /**
     * Carries out these actions in their order. A failing one never holds up the next.
     *
     * @param plan the hash of the plan they belong to
     * @throws StoreFailure where the journal cannot be written: then nothing more is done in this account
     */
    public void apply(List<Action> actions, String plan, Consumer<Outcome> sink)
            throws StoreFailure, InterruptedException {
        for (Action action : actions) {
            Optional<String> stopped = mayNot(action);
            sink.accept(stopped.isPresent() ? new Outcome.NotTried(action, stopped.get()) : apply(action, plan));
        }
    }

    /** Why nothing, or nothing of this kind, may be done now. */
    private Optional<String> mayNot(Action action) {
        Optional<String> stop = tools.stop().raised();
        if (stop.isPresent()) {
            return stop.map(why -> "everything is stopped: " + why);
        }
        if (!action.step().speaksOnly() && tools.weather().isBad()) {
            return Optional.of("AWS answered an earlier change with an error of its own; the next run tries again");
        }
        return Optional.empty();
    }

    private Outcome apply(Action action, String plan) throws StoreFailure, InterruptedException {
        try {
            Recheck.Answer answer = recheck.ask(action);
            return switch (answer) {
                case Recheck.Answer.No(String why) -> new Outcome.Skipped(action, why);
                case Recheck.Answer.Yes yes -> carryOut(yes, plan);
            };
        } catch (ReadFailure e) {
            return new Outcome.Failed(action, e.problem());
        } catch (StoreFailure e) {
            return switch (e.kind()) {
                // Somebody decided something meanwhile. It has been read now, and the next run judges by it.
                case CONFLICT -> new Outcome.Skipped(action, "the journal has news of this account since it was read");
                case FENCED -> new Outcome.NotTried(action, e.problem().sentence());
                case IN_DOUBT, UNAVAILABLE, DAMAGED, NEWER -> throw e;
            };
        }
    }

    private Outcome carryOut(Recheck.Answer.Yes yes, String plan) throws StoreFailure, InterruptedException {
        return switch (yes.action()) {
            case Action.Remind remind -> tell(remind, yes, plan);
            case Action.Deactivate deactivate -> change(yes, plan, target -> live.setActive(target, false));
            case Action.Delete delete -> change(yes, plan, live::delete);
            case Action.OpenTicket ticket -> new Outcome.Skipped(ticket, "no channel for tickets is configured");
            case Action.CreateKey create -> new Outcome.Skipped(create, "this version makes no keys yet");
            case Action.DeliverSecret deliver -> new Outcome.Skipped(deliver, "this version makes no keys yet");
        };
    }

    /** One call that changes a key. */
    private interface Change {
        LiveAccount.Answer send(Target target) throws InterruptedException;
    }

    private Outcome change(Recheck.Answer.Yes yes, String plan, Change change)
            throws StoreFailure, InterruptedException {
        Action action = yes.action();
        Target target = target(yes);
        Entry.Intent intent = intend(action.kind(), target, yes.user(), plan);
        // Between this line and the next the process may die: the intent then tells the next run where to look.
        LiveAccount.Answer answer = tenure.holds()
                ? change.send(target)
                : new LiveAccount.Answer.Refused(new Problem(
                        action.kind().label() + " the key",
                        target.name().value(),
                        "the right to change the account ended before the call",
                        "the next run goes on"));
        return switch (answer) {
            case LiveAccount.Answer.Done() -> {
                record(intent, Entry.Result.DONE, "");
                yield new Outcome.Done(action);
            }
            case LiveAccount.Answer.Refused(Problem problem) -> {
                record(intent, Entry.Result.FAILED, problem.why());
                yield new Outcome.Failed(action, problem);
            }
            case LiveAccount.Answer.InDoubt(Problem problem, boolean unwell) -> {
                if (unwell) {
                    tools.weather().turnedBad();
                }
                record(intent, Entry.Result.IN_DOUBT, problem.why());
                yield new Outcome.InDoubt(action, problem);
            }
        };
    }

    private Outcome tell(Action.Remind remind, Recheck.Answer.Yes yes, String plan)
            throws StoreFailure, InterruptedException {
        if (remind.owner() == null) {
            return new Outcome.Skipped(remind, "nobody is known to own the key");
        }
        Target target = target(yes);
        Entry.Intent intent = intend(Verb.REMIND, target, yes.user(), plan);
        Notifier.Receipt receipt = tools.notifier()
                .tell(new Notifier.Notice(intent.id(), account, yes.finding(), remind.owner(), remind.announced()));
        boolean failed = receipt.placement() == Placement.FAILED;
        Problem problem = receipt.problem();
        Entry.Outcome outcome =
                outcome(intent, failed ? Entry.Result.FAILED : Entry.Result.DONE, problem == null ? "" : problem.why());
        // What did not go out was not said, so that the next run says it.
        journal.record(failed ? List.of(outcome) : List.of(notice(intent, remind, receipt), outcome));
        return failed && problem != null ? new Outcome.Failed(remind, problem) : new Outcome.Done(remind);
    }

    private Entry.Notice notice(Entry.Intent intent, Action.Remind remind, Notifier.Receipt receipt) {
        Deadline announced = remind.announced();
        return new Entry.Notice(
                tools.stamp(),
                intent.id(),
                intent.target(),
                announced == null ? Step.REMIND : announced.step(),
                announced == null ? tools.clock().instant() : announced.at(),
                receipt.channel(),
                receipt.recipient(),
                receipt.placement(),
                receipt.reference());
    }

    private Entry.Intent intend(Verb verb, Target target, User user, @Nullable String plan) throws StoreFailure {
        List<KeyId> present = user.keys() instanceof Fact.Known<List<AccessKey>> known
                ? known.value().stream()
                        .map(AccessKey::id)
                        .filter(Objects::nonNull)
                        .toList()
                : List.of();
        Entry.Intent intent = new Entry.Intent(tools.stamp(), tools.ids().get(), verb, target, present, plan);
        journal.intend(tenure.renewed(), List.of(intent));
        return intent;
    }

    private void record(Entry.Intent intent, Entry.Result result, String why) throws StoreFailure {
        journal.record(List.of(outcome(intent, result, why)));
    }

    private Entry.Outcome outcome(Entry.Intent intent, Entry.Result result, String why) {
        return new Entry.Outcome(tools.stamp(), intent.id(), intent.verb(), intent.target(), result, null, why);
    }

    private static Target target(Recheck.Answer.Yes yes) {
        User user = yes.user();
        return new Target(
                yes.finding().credential().account(),
                user.id(),
                user.name(),
                yes.finding().credential().keyId());
    }
}
