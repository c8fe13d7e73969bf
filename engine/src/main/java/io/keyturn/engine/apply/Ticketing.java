package io.keyturn.engine.apply;

import io.keyturn.core.assess.Deadline;
import io.keyturn.core.assess.Owner;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Problem;
import io.keyturn.core.model.Target;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.OpenedTicket;
import io.keyturn.core.plan.Verb;
import io.keyturn.core.policy.Step;
import io.keyturn.core.trail.KeyUses;
import io.keyturn.engine.journal.AccountPast;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.message.Message;
import io.keyturn.engine.message.Notice;
import io.keyturn.engine.port.StoreFailure;
import io.keyturn.engine.port.TicketDesk.Filing;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Files and closes the tickets of one account. What is filed is looked for by its marker first, so that an intent whose
 * end nobody saw is simply filed again.
 */
final class Ticketing {
    private static final Owner NOBODY = new Owner("nobody", "nobody is known to own it");

    private final Tools tools;
    private final Account account;
    private final AccountPast past;
    private final Scribe scribe;

    Ticketing(Tools tools, Account account, AccountPast past, Scribe scribe) {
        this.tools = tools;
        this.account = account;
        this.past = past;
        this.scribe = scribe;
    }

    /** A ticket that is due still, for the key as it was read right before. */
    record Due(Action.OpenTicket ticket, Recheck.Answer.Yes yes) {
        Target target() {
            return yes.target();
        }
    }

    /** Whether both belong in one ticket. */
    boolean together(Action.OpenTicket a, Action.OpenTicket b) {
        return tools.tickets() != null
                && tools.tickets().each() == TicketTools.Each.OWNER
                && Objects.equals(a.owner(), b.owner());
    }

    /**
     * Files one ticket; an outcome each.
     *
     * @param due what it is about: one key, or several that belong {@link #together}
     */
    List<Outcome> open(List<Due> due, String plan) throws StoreFailure, InterruptedException {
        TicketTools tickets = tools.tickets();
        if (tickets == null) {
            return due.stream()
                    .<Outcome>map(one -> new Outcome.Skipped(one.ticket(), "no channel for tickets is configured"))
                    .toList();
        }
        Owner owner = due.getFirst().ticket().owner();
        List<Fact<KeyUses>> uses = new ArrayList<>();
        for (Due one : due) {
            uses.add(tools.uses().of(account, one.yes().user(), one.yes().finding()));
        }
        String marker = marker(tickets, due.getFirst(), owner);
        Entry.Intent first = intend(due.getFirst(), plan, marker);
        Message message = message(tickets, due, uses, owner == null ? NOBODY : owner, first.id());
        Filing filing = tickets.desk().file(marker, message, scribe.leave(first));
        List<Outcome> outcomes = new ArrayList<>();
        outcomes.add(filed(due.getFirst(), first, marker, filing));
        for (Due other : due.subList(1, due.size())) {
            // Written after the call that it belongs to, so that never more than one end is open.
            outcomes.add(filed(other, intend(other, plan, marker), marker, filing));
        }
        return outcomes;
    }

    private Entry.Intent intend(Due due, String plan, String marker) throws StoreFailure {
        return scribe.intendTicket(due.target(), Scribe.keysOf(due.yes().user()), plan, marker);
    }

    /** @param uses where the key of each is used from */
    private Message message(TicketTools tickets, List<Due> due, List<Fact<KeyUses>> uses, Owner owner, String id) {
        List<Notice> notices = new ArrayList<>();
        for (Due one : due) {
            Notice notice = new Notice(
                    id + "-" + notices.size(),
                    account,
                    one.yes().user(),
                    one.yes().finding(),
                    owner,
                    one.ticket().announced());
            notices.add(notice.from(uses.get(notices.size())));
        }
        return tickets.wording().message(id, owner, notices);
    }

    private String marker(TicketTools tickets, Due due, @Nullable Owner owner) {
        KeyId key = due.target().key();
        return switch (tickets.each()) {
            case OWNER -> TicketMarker.of(account.id(), owner);
            case KEY ->
                TicketMarker.of(
                        account.id(),
                        due.target().user(),
                        Objects.requireNonNull(key, "a key that is acted on is known by its ID"));
        };
    }

    private Outcome filed(Due due, Entry.Intent intent, String marker, Filing filing) throws StoreFailure {
        return switch (filing) {
            case Filing.Filed filed -> {
                Entry.Outcome outcome =
                        Entry.Outcome.of(tools.stamp(), intent, Entry.Result.DONE, "as " + filed.reference());
                scribe.record(List.of(notice(due, intent, marker, filed), outcome));
                yield new Outcome.Done(due.ticket());
            }
            case Filing.None() -> {
                scribe.record(intent, Entry.Result.FAILED, "nothing was filed");
                Problem problem =
                        new Problem("file a ticket", intent.target().name().value(), "nothing was filed", "");
                yield new Outcome.Failed(due.ticket(), problem);
            }
            case Filing.Refused(Problem problem) -> {
                scribe.record(intent, Entry.Result.FAILED, problem.why());
                yield new Outcome.Failed(due.ticket(), problem);
            }
            case Filing.InDoubt(Problem problem) -> {
                scribe.record(intent, Entry.Result.IN_DOUBT, problem.why());
                yield new Outcome.InDoubt(due.ticket(), problem);
            }
        };
    }

    private Entry.Notice notice(Due due, Entry.Intent intent, String marker, Filing.Filed filed) {
        Deadline announced = due.ticket().announced();
        return new Entry.Notice(
                tools.stamp(),
                intent.id(),
                intent.target(),
                announced == null ? Step.TICKET : announced.step(),
                announced == null ? tools.clock().instant() : announced.at(),
                Objects.requireNonNull(tools.tickets()).desk().name(),
                // By which it is found again when it is closed, whatever the configuration says by then.
                marker,
                filed.placement(),
                filed.reference());
    }

    /** Closes the ticket of a key that needs nobody any more; one of several keys stays until the last of them. */
    Outcome close(Action.CloseTicket close, String plan) throws StoreFailure, InterruptedException {
        OpenedTicket open = past.ticketOrDoubt(close.credential());
        if (open == null) {
            return new Outcome.Skipped(close, "its ticket is closed already");
        }
        TicketTools tickets = tools.tickets();
        if (tickets == null) {
            return new Outcome.Skipped(close, "no channel for tickets is configured");
        }
        Entry.Intent intent = scribe.intend(Verb.CLOSE_TICKET, open.target(), List.of(), plan);
        boolean others =
                past.tickets().stream().anyMatch(other -> other.marker().equals(open.marker()) && !other.equals(open));
        if (others) {
            scribe.record(intent, Entry.Result.DONE, open.reference() + " is about other keys still");
            return new Outcome.Done(close);
        }
        return switch (tickets.desk().close(open.marker(), closing(tickets, close), scribe.leave(intent))) {
            case Filing.Filed filed -> done(close, intent, "as " + filed.reference());
            case Filing.None() -> done(close, intent, "no open ticket was found");
            case Filing.Refused(Problem problem) -> {
                scribe.record(intent, Entry.Result.FAILED, problem.why());
                yield new Outcome.Failed(close, problem);
            }
            case Filing.InDoubt(Problem problem) -> {
                scribe.record(intent, Entry.Result.IN_DOUBT, problem.why());
                yield new Outcome.InDoubt(close, problem);
            }
        };
    }

    private Outcome done(Action.CloseTicket close, Entry.Intent intent, String why) throws StoreFailure {
        scribe.record(intent, Entry.Result.DONE, why);
        return new Outcome.Done(close);
    }

    private String closing(TicketTools tickets, Action.CloseTicket close) {
        KeyId key = Objects.requireNonNull(close.credential().keyId());
        String name = close.credential().principal().display() + " · " + key.lastFour() + " · " + account.name();
        return tickets.wording().closing(name, close.settled());
    }
}
