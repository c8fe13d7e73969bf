package io.keyturn.engine.apply;

import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Owner;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.Problem;
import io.keyturn.core.model.Standing;
import io.keyturn.core.model.Target;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.Verb;
import io.keyturn.core.policy.Rotation;
import io.keyturn.engine.journal.AccountJournal;
import io.keyturn.engine.journal.AccountPast;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.port.Leave;
import io.keyturn.engine.port.LiveAccount;
import io.keyturn.engine.port.ReadFailure;
import io.keyturn.engine.port.StoreFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what is planned for one account: looks again, writes down what it is about to do, does it once, writes down
 * what came of it. One user's actions come one after the other, several users' beside each other. Owners are told at the
 * end, but before a key of theirs that they are told of is switched off.
 */
public final class AccountApplier {
    /** Its chain may still name somebody. */
    private static final Owner NOBODY = new Owner("", "nobody is known");

    private final Tools tools;
    private final Turn turn = new Turn();
    private final LiveAccount live;
    private final Scribe scribe;
    private final HeldAccount held;
    private final Recheck recheck;
    private final Rotator rotator;
    private final TicketRound tickets;
    private final List<Reminder.Due> news = new ArrayList<>();
    /** How many were not told, by the reason. */
    private final Map<String, Integer> untold = new LinkedHashMap<>();

    /**
     * @param past what {@code journal} comes to; it follows the journal
     * @param tenure the right to change this account
     */
    public AccountApplier(
            Tools tools, Account account, LiveAccount live, AccountJournal journal, AccountPast past, Tenure tenure) {
        this.tools = turn.with(tools);
        this.live = turn.with(live);
        this.scribe = new Scribe(this.tools, journal, tenure, this.live);
        this.recheck = new Recheck(this.tools, account, this.live, past);
        this.held = new HeldAccount(account, recheck, scribe, past);
        this.rotator = new Rotator(this.tools, account, this.live, scribe);
        this.tickets = new TicketRound(new Ticketing(this.tools, account, past, scribe), recheck, turn);
    }

    /** Hears of every action what became of it, and which of them were begun. */
    public interface Listener {
        /** An action is begun: from here on it may have an effect. */
        default void begins(Action action) {}

        /** It ended. */
        void ended(Outcome outcome);
    }

    /**
     * Carries out these actions, each user's in their order. A failing one never holds up the next.
     *
     * @param plan the hash of the plan they belong to
     * @throws StoreFailure where the journal cannot be written: then nothing more is begun in this account
     */
    public void apply(List<Action> actions, String plan, Listener listener) throws StoreFailure, InterruptedException {
        tickets.begin(actions);
        List<Action.CloseNotice> ends = new ArrayList<>();
        List<Reminder.Due> reminders = new ArrayList<>();
        List<Action> first = new ArrayList<>();
        List<Action> afterwards = new ArrayList<>();
        for (Action action : actions) {
            switch (action) {
                case Action.Remind remind -> reminders.add(new Reminder.Due(held, remind, true));
                case Action.CloseNotice end -> ends.add(end);
                // Of a key that is switched off nobody is reminded any more.
                default ->
                    (action.switchesOff() && has(actions, action, Action.Remind.class) ? afterwards : first)
                            .add(action);
            }
        }
        carryOut(first, actions, plan, listener);
        reminders.addAll(news);
        // Last, so that an owner hears once of all that was done and is to come.
        tell(reminders, plan, listener);
        int told = news.size();
        carryOut(afterwards, actions, plan, listener);
        tell(news.subList(told, news.size()), plan, listener);
        new NoticeCloser(tools, held).close(ends, plan, listener::ended);
    }

    private void carryOut(List<Action> some, List<Action> all, String plan, Listener listener)
            throws StoreFailure, InterruptedException {
        if (tools.abreast().isAlone()) {
            for (Action action : some) {
                carryOutNext(action, all, plan, listener);
            }
            return;
        }
        Map<Principal, List<Action>> byUser = new LinkedHashMap<>();
        some.forEach(action -> byUser.computeIfAbsent(action.credential().principal(), any -> new ArrayList<>())
                .add(action));
        AtomicReference<@Nullable StoreFailure> broken = new AtomicReference<>();
        tools.abreast().ended(List.copyOf(byUser.values()), this::keepHolding, own -> {
            try {
                turn.take(() -> {
                    for (Action action : own) {
                        if (broken.get() == null) {
                            carryOutNext(action, all, plan, listener);
                        }
                    }
                });
            } catch (StoreFailure e) {
                broken.compareAndSet(null, e);
            }
            return own;
        });
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        StoreFailure failure = broken.get();
        if (failure != null) {
            throw failure;
        }
    }

    /** A wave of many users may take longer than an account is held for by itself. */
    private void keepHolding() {
        try {
            turn.take(scribe::keepHolding);
        } catch (StoreFailure e) {
            // It is lost, or may be: every change asks before it is sent.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void carryOutNext(Action action, List<Action> all, String plan, Listener listener)
            throws StoreFailure, InterruptedException {
        listener.begins(action);
        listener.ended(outcome(action, all, plan));
        if (rotator.wasDelivered(action) && !has(all, action, Action.Remind.class)) {
            // Whose key was replaced hears of it at once. Where that fails, the next run finds it unsaid.
            Action.Remind replaced = new Action.Remind(action.credential(), action.reasons(), null, null);
            news.add(new Reminder.Due(held, replaced, false));
        }
    }

    private void tell(List<Reminder.Due> due, String plan, Listener listener)
            throws StoreFailure, InterruptedException {
        if (due.isEmpty()) {
            return;
        }
        due.stream().filter(Reminder.Due::planned).forEach(one -> listener.begins(one.remind()));
        new Teller(tools, plan, new Teller.Listener() {
                    @Override
                    public void ended(Account account, Outcome outcome) {
                        listener.ended(outcome);
                    }

                    @Override
                    public void untold(Account account, Problem problem) {
                        untold.merge(problem.sentence(), 1, Integer::sum);
                    }
                })
                .tell(due);
    }

    /** Why owners were not told of what was done: each reason once, with the number of keys where there are several. */
    List<String> untold() {
        return untold.entrySet().stream()
                .map(why -> why.getValue() == 1 ? why.getKey() : why.getKey() + " (" + why.getValue() + " keys)")
                .toList();
    }

    private Outcome outcome(Action action, List<Action> all, String plan) throws StoreFailure, InterruptedException {
        if (action instanceof Action.DeliverSecret deliver) {
            return rotator.delivery(deliver);
        }
        Optional<String> stopped = mayNot(action);
        if (stopped.isPresent()) {
            return new Outcome.NotTried(action, stopped.get());
        }
        if (action instanceof Action.CreateKey && !has(all, action, Action.DeliverSecret.class)) {
            return new Outcome.Skipped(action, "a key is made only where its secret is delivered too");
        }
        return action instanceof Action.OpenTicket || action instanceof Action.CloseTicket
                ? tickets.alone(() -> apply(action, plan))
                : apply(action, plan);
    }

    private static boolean has(List<Action> all, Action like, Class<? extends Action> kind) {
        return all.stream()
                .anyMatch(other -> kind.isInstance(other) && Recheck.isSame(other.credential(), like.credential()));
    }

    /** Why nothing, or nothing of this kind, may be done now. */
    private Optional<String> mayNot(Action action) {
        Optional<String> stop = tools.stop().raised();
        if (stop.isPresent()) {
            return stop.map(why -> "everything is stopped: " + why);
        }
        return weatherForbids(action);
    }

    private Optional<String> weatherForbids(Action action) {
        return !action.step().speaksOnly() && tools.weather().isBad()
                ? Optional.of("AWS answered an earlier change with an error of its own; the next run tries again")
                : Optional.empty();
    }

    private Outcome apply(Action action, String plan) throws StoreFailure, InterruptedException {
        Optional<Outcome> filed = tickets.filed(action);
        if (filed.isPresent()) {
            return filed.get();
        }
        try {
            Recheck.Answer answer = recheck.ask(action);
            return switch (answer) {
                case Recheck.Answer.No(String why) -> new Outcome.Skipped(action, why);
                case Recheck.Answer.Over(Action.CloseTicket close) -> tickets.close(close, plan);
                case Recheck.Answer.Closed closed -> throw new IllegalStateException("notices are closed together");
                case Recheck.Answer.Yes yes -> {
                    // Another user's change may have met bad weather while this one was read.
                    Optional<String> bad = weatherForbids(action);
                    yield bad.isPresent() ? new Outcome.NotTried(action, bad.get()) : carryOut(yes, plan);
                }
            };
        } catch (ReadFailure e) {
            return new Outcome.Failed(action, e.problem());
        } catch (StoreFailure e) {
            return switch (e.kind()) {
                // Somebody decided something meanwhile. It has been read now, and the next run judges by it.
                case CONFLICT -> new Outcome.Skipped(action, "the journal has news of this account since it was read");
                case FENCED -> new Outcome.NotTried(action, e.problem().sentence());
                case REFUSED -> new Outcome.Failed(action, e.problem());
                case IN_DOUBT, UNAVAILABLE, DAMAGED, NEWER -> throw e;
            };
        }
    }

    private Outcome carryOut(Recheck.Answer.Yes yes, String plan) throws StoreFailure, InterruptedException {
        return switch (yes.action()) {
            case Action.Deactivate deactivate ->
                change(yes, plan, null, (target, leave) -> live.setActive(target, false, leave));
            case Action.Brownout brownout ->
                change(yes, plan, brownout.lasting(), (target, leave) -> live.setActive(target, false, leave));
            case Action.Reactivate reactivate ->
                change(yes, plan, null, (target, leave) -> live.setActive(target, true, leave));
            case Action.Delete delete -> change(yes, plan, null, live::delete);
            case Action.OpenTicket ticket -> tickets.open(ticket, yes, plan);
            case Action.CreateKey create -> rotator.create(create, yes, plan);
            case Action.CloseTicket close -> tickets.close(close, plan);
            case Action.DeliverSecret deliver -> rotator.delivery(deliver);
            case Action.Remind remind -> throw new IllegalStateException("reminders are told together");
            case Action.CloseNotice close -> throw new IllegalStateException("notices are closed together");
        };
    }

    /** @param lasting until it is taken back; null for good */
    private Outcome change(Recheck.Answer.Yes yes, String plan, @Nullable Duration lasting, Change change)
            throws StoreFailure, InterruptedException {
        Action action = yes.action();
        Target target = yes.target();
        Entry.Intent intent = scribe.intend(action.kind(), target, Scribe.keysOf(yes.user()), plan, lasting);
        return switch (scribe.change(intent, leave -> change.send(target, leave))) {
            case LiveAccount.Answer.Done() -> {
                if (lasting == null && action.kind() != Verb.REACTIVATE) {
                    tellOfEnd(yes);
                }
                yield new Outcome.Done(action);
            }
            case LiveAccount.Answer.Refused(Problem problem) -> new Outcome.Failed(action, problem);
            case LiveAccount.Answer.InDoubt doubt -> new Outcome.InDoubt(action, doubt.problem());
        };
    }

    /**
     * Whose key was in others' hands hears at once that it is off; where a rotation goes by time its owner hears of each
     * end as it comes.
     */
    private void tellOfEnd(Recheck.Answer.Yes yes) {
        Finding finding = yes.finding();
        if (finding.standing() == Standing.LEAKED) {
            if (!tools.notifier().speaks()) {
                return;
            }
            Action.Remind told = new Action.Remind(
                    finding.credential(), finding.reasons(), finding.owner().orElse(NOBODY), null);
            news.add(new Reminder.Due(held, told, false, new Recheck.Answer.Yes(told, off(finding), yes.user())));
            return;
        }
        Rotation rotation = tools.planner().rotation(finding);
        boolean held = finding.reasons().stream().noneMatch(Reason.Undelivered.class::isInstance);
        if (rotation == null
                || !rotation.byTime()
                || !held
                || !(finding.owner() instanceof Fact.Known<Owner>(Owner owner, Instant asOf))) {
            return;
        }
        Action.Remind told = new Action.Remind(finding.credential(), finding.reasons(), owner, null);
        news.add(new Reminder.Due(
                this.held,
                told,
                false,
                // What is deleted cannot be read again.
                yes.action() instanceof Action.Delete ? new Recheck.Answer.Yes(told, finding, yes.user()) : null));
    }

    private static Finding off(Finding finding) {
        return new Finding(
                finding.credential(),
                false,
                finding.age(),
                finding.lastUse(),
                finding.idle(),
                finding.standing(),
                finding.governedBy(),
                finding.reasons(),
                finding.owner(),
                List.of(),
                finding.controls());
    }

    /** One call that changes a key. */
    private interface Change {
        LiveAccount.Answer send(Target target, Leave leave) throws InterruptedException;
    }
}
