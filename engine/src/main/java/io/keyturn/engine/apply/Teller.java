package io.keyturn.engine.apply;

import io.keyturn.core.assess.Owner;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.Problem;
import io.keyturn.core.model.User;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.Silence;
import io.keyturn.engine.apply.Reminder.Due;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.message.Notice;
import io.keyturn.engine.port.Channel.Sending;
import io.keyturn.engine.port.Leave;
import io.keyturn.engine.port.Notifier.Telling;
import io.keyturn.engine.port.ReadFailure;
import io.keyturn.engine.port.StoreFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells owners of their keys, each owner once: looks at every key again, writes down whom it is about to tell of what,
 * sends one message, and writes down how far it got. Who cannot be reached is passed over for the next of the chain.
 */
final class Teller {
    /** Reminders that are prepared together; an owner's are never parted. */
    private static final int TOGETHER = 64;

    private final Tools tools;
    private final String plan;
    private final Listener listener;
    private final Abreast abreast;
    private final Map<HeldAccount, StoreFailure> broken = new HashMap<>();

    /** Is told what came of each reminder. */
    interface Listener {
        void ended(Account account, Outcome outcome);

        /** One that was not planned, and follows from an act, was not told; or a board did not hear of it. */
        default void untold(Account account, Problem problem) {}
    }

    Teller(Tools tools, String plan, Listener listener) {
        this.tools = tools;
        this.plan = plan;
        this.listener = listener;
        this.abreast = tools.abreast();
    }

    /** @throws StoreFailure where a journal could not be written; the other accounts' owners were told all the same */
    void tell(List<Due> due) throws StoreFailure, InterruptedException {
        List<Due> byOwner = new ArrayList<>(due);
        byOwner.sort(Comparator.comparing(Teller::ownerName));
        if (tools.notifier().tellsOfEachKey()) {
            byOwner = Interleaved.of(byOwner, Teller::ownerName);
        }
        for (int from = 0; from < byOwner.size(); ) {
            int to = Math.min(from + TOGETHER, byOwner.size());
            while (to < byOwner.size() && ownerName(byOwner.get(to)).equals(ownerName(byOwner.get(to - 1)))) {
                to++;
            }
            tellSome(byOwner.subList(from, to));
            from = to;
        }
        for (StoreFailure failure : broken.values()) {
            throw failure;
        }
    }

    private static String ownerName(Due due) {
        Owner owner = due.remind().owner();
        return owner == null ? "" : owner.name();
    }

    private void end(Due due, Outcome outcome) {
        if (due.planned()) {
            listener.ended(due.account(), outcome);
            return;
        }
        switch (outcome) {
            case Outcome.Failed(var action, Problem problem) -> listener.untold(due.account(), problem);
            case Outcome.InDoubt(var action, Problem problem) -> listener.untold(due.account(), problem);
            case Outcome.NotTried(var action, String why) ->
                listener.untold(
                        due.account(),
                        new Problem(
                                "tell the owner",
                                action.credential().principal().display(),
                                why,
                                ""));
            case Outcome.Done done -> {
                // It was told.
            }
            case Outcome.Skipped skipped -> {
                // There was nobody to tell, or nothing.
            }
        }
    }

    private void tellSome(List<Due> due) throws InterruptedException {
        Optional<String> stop = tools.stop().raised();
        if (stop.isPresent()) {
            due.forEach(one -> end(one, new Outcome.NotTried(one.remind(), "everything is stopped: " + stop.get())));
            return;
        }
        List<Reading> readings = abreast.ended(due, () -> {}, Teller::read);
        goOn();
        List<Reminder> prepared = new ArrayList<>();
        for (Reading reading : readings) {
            prepare(reading).ifPresent(prepared::add);
        }
        List<Reminder> reminders = abreast.ended(prepared, () -> keepHolding(List.of(prepared)), this::look);
        goOn();
        Collection<List<Reminder>> messages = byOwner(intended(reminders));
        while (!messages.isEmpty()) {
            Collection<List<Reminder>> wave = messages;
            List<Sent> sent = abreast.ended(List.copyOf(wave), () -> keepHolding(wave), this::send);
            List<Reminder> passedOn = new ArrayList<>();
            for (Sent one : sent) {
                passedOn.addAll(settle(one));
            }
            // What went out is written down before an interruption ends the run.
            goOn();
            messages = byOwner(passedOn);
        }
    }

    private static void goOn() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /** A user who was read live, or why not. */
    private record Reading(
            Due due, Optional<User> user, @Nullable Problem problem) {}

    private static Reading read(Due due) throws InterruptedException {
        if (due.known() != null) {
            return new Reading(due, Optional.of(due.known().user()), null);
        }
        try {
            return new Reading(due, due.held().recheck().read(due.remind()), null);
        } catch (ReadFailure e) {
            return new Reading(due, Optional.empty(), e.problem());
        }
    }

    /** Before anything is intended: nothing that takes its time comes between an intent and what is sent. */
    private Reminder look(Reminder reminder) throws InterruptedException {
        // Of a key that is gone nobody need know where it is used.
        return reminder.due().known() != null
                ? reminder
                : reminder.from(tools.uses()
                        .of(
                                reminder.due().account(),
                                reminder.now().user(),
                                reminder.now().finding()));
    }

    /** Empty where there is nothing to tell any more. */
    private Optional<Reminder> prepare(Reading reading) {
        Due due = reading.due();
        if (reading.problem() != null) {
            end(due, new Outcome.Failed(due.remind(), reading.problem()));
            return Optional.empty();
        }
        Recheck.Answer answer =
                due.known() == null ? due.held().recheck().judge(due.remind(), reading.user()) : due.known();
        return switch (answer) {
            case Recheck.Answer.No(String why) -> {
                end(due, new Outcome.Skipped(due.remind(), why));
                yield Optional.empty();
            }
            case Recheck.Answer.Yes yes -> prepare(due, yes);
            case Recheck.Answer.Over other -> throw new IllegalStateException("it is no ticket");
            case Recheck.Answer.Closed other -> throw new IllegalStateException("it is no end of a notice");
        };
    }

    private Optional<Reminder> prepare(Due due, Recheck.Answer.Yes yes) {
        Action.Remind remind = (Action.Remind) yes.action();
        List<Owner> chain = chain(due, yes, remind);
        if (remind.owner() == null || chain.isEmpty()) {
            end(due, new Outcome.Skipped(remind, "nobody is known to own the key"));
            return Optional.empty();
        }
        return Optional.of(
                new Reminder(due, remind, yes, Reminder.intent(tools, due, yes, plan), chain, 0, Fact.notRead()));
    }

    /** The owner and whoever else can be told; those first who hear in the place of an owner who did nothing. */
    private List<Owner> chain(Due due, Recheck.Answer.Yes yes, Action.Remind remind) {
        Instant now = tools.clock().instant();
        return Silence.since(
                        tools.assessor().escalation(),
                        yes.finding(),
                        remind.announced(),
                        due.held().past(),
                        now)
                .map(since -> tools.assessor().owners(yes.user(), since, now))
                .orElseGet(() -> tools.assessor().owners(yes.user(), now));
    }

    /** Those whose intents are written: all of an account at once. */
    private List<Reminder> intended(List<Reminder> reminders) {
        Map<HeldAccount, List<Reminder>> byAccount = new LinkedHashMap<>();
        reminders.forEach(reminder -> byAccount
                .computeIfAbsent(reminder.due().held(), any -> new ArrayList<>())
                .add(reminder));
        List<Reminder> intended = new ArrayList<>();
        byAccount.forEach((held, some) -> {
            StoreFailure earlier = broken.get(held);
            if (earlier != null) {
                some.forEach(one -> end(
                        one.due(),
                        new Outcome.NotTried(one.remind(), earlier.problem().sentence())));
                return;
            }
            try {
                held.scribe().intend(some.stream().map(Reminder::intent).toList());
                intended.addAll(some);
            } catch (StoreFailure e) {
                some.forEach(one -> end(one.due(), notIntended(one.remind(), held, e)));
            }
        });
        return intended;
    }

    private Outcome notIntended(Action remind, HeldAccount held, StoreFailure e) {
        return switch (e.kind()) {
            // Somebody decided something meanwhile. It has been read now, and the next run judges by it.
            case CONFLICT -> new Outcome.Skipped(remind, "the journal has news of this account since it was read");
            case FENCED -> new Outcome.NotTried(remind, e.problem().sentence());
            case REFUSED -> new Outcome.Failed(remind, e.problem());
            case IN_DOUBT, UNAVAILABLE, DAMAGED, NEWER -> {
                broken.putIfAbsent(held, e);
                yield new Outcome.NotTried(remind, e.problem().sentence());
            }
        };
    }

    private Collection<List<Reminder>> byOwner(List<Reminder> reminders) {
        boolean each = tools.notifier().tellsOfEachKey();
        Map<Object, List<Reminder>> byOwner = new LinkedHashMap<>();
        reminders.forEach(reminder -> byOwner.computeIfAbsent(
                        each ? reminder.intent().id() : reminder.owner().name(), any -> new ArrayList<>())
                .add(reminder));
        return byOwner.values();
    }

    private Sent send(List<Reminder> reminders) throws InterruptedException {
        Owner owner = reminders.getFirst().owner();
        Leave leave = leave(reminders);
        List<Notice> all = reminders.stream().map(this::notice).toList();
        Telling telling = tools.notifier()
                .tell(
                        all.getFirst().id(),
                        owner,
                        all,
                        (channel, recipient) -> thread(reminders, channel, recipient),
                        leave);
        // What is tried again is announced when it is through, lest everybody hears of it twice.
        List<Reminder> over = reminders.stream()
                .filter(reminder -> isOver(reminder, telling.sending()))
                .toList();
        List<Notice> notices = over.stream().map(this::notice).toList();
        return new Sent(
                reminders,
                telling,
                over.stream().map(reminder -> reminder.intent().id()).collect(Collectors.toSet()),
                over.isEmpty()
                        ? List.of()
                        : tools.notifier().announce(notices.getFirst().id(), owner, notices, leave));
    }

    private Notice notice(Reminder reminder) {
        return reminder.notice(tools.tickets());
    }

    /** Leave for all of a message. Whoever took one of its accounts over finds the intent open, and says it. */
    private static Leave leave(List<Reminder> reminders) {
        return () -> reminders.stream()
                .flatMap(reminder -> reminder.due().held().scribe().leave(reminder.intent()).refused().stream())
                .findFirst();
    }

    private static boolean isOver(Reminder reminder, Sending sending) {
        return switch (sending) {
            case Sending.Taken taken -> true;
            case Sending.Unreachable unreachable -> reminder.next() == null;
            case Sending.Refused refused -> false;
            case Sending.InDoubt doubt -> reminder.isDoubted();
        };
    }

    /** Sending may take longer than an account is held for by itself. */
    private static void keepHolding(Collection<List<Reminder>> messages) {
        messages.stream()
                .flatMap(List::stream)
                .map(reminder -> reminder.due().held().scribe())
                .distinct()
                .forEach(scribe -> {
                    try {
                        scribe.keepHolding();
                    } catch (StoreFailure e) {
                        // It is lost, or may be: what is not sent yet is asked for, and not sent.
                    }
                });
    }

    /** A message about several keys follows an earlier one only where that was about all of them. */
    private static @Nullable String thread(List<Reminder> reminders, String channel, String recipient) {
        String first = reminders.getFirst().thread(channel, recipient);
        return first != null && reminders.stream().allMatch(one -> first.equals(one.thread(channel, recipient)))
                ? first
                : null;
    }

    private record Settled(Reminder reminder, Outcome outcome) {}

    /** Writes down what came of it; those to be told to the next of their chain. */
    private List<Reminder> settle(Sent sent) {
        List<Reminder> passedOn = new ArrayList<>();
        Map<HeldAccount, List<Entry>> entries = new LinkedHashMap<>();
        List<Settled> settled = new ArrayList<>();
        for (Reminder reminder : sent.reminders()) {
            Reminder next = reminder.next();
            if (sent.telling().sending() instanceof Sending.Unreachable && next != null) {
                passedOn.add(next);
            } else {
                List<Entry> own = entries.computeIfAbsent(reminder.due().held(), any -> new ArrayList<>());
                settled.add(new Settled(reminder, sent.settle(reminder, tools, own)));
            }
        }
        entries.forEach((held, own) -> {
            try {
                held.scribe().record(own);
            } catch (StoreFailure e) {
                broken.putIfAbsent(held, e);
            }
        });
        settled.forEach(one -> end(one.reminder().due(), one.outcome()));
        for (Problem problem : sent.unannounced()) {
            sent.reminders().stream()
                    .filter(reminder -> sent.over().contains(reminder.intent().id()))
                    .forEach(reminder -> listener.untold(reminder.due().account(), problem));
        }
        return passedOn;
    }
}
