package io.keyturn.engine.apply;

import io.keyturn.core.plan.Action;
import io.keyturn.engine.port.ReadFailure;
import io.keyturn.engine.port.StoreFailure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Goes through the tickets among a run's actions, and takes those together that make one ticket. */
final class TicketRound {
    private final Ticketing ticketing;
    private final Recheck recheck;
    private final Turn turn;
    private final ReentrantLock desk = new ReentrantLock();
    private final List<Action.OpenTicket> left = new ArrayList<>();
    private final Map<Action, Outcome> filed = new HashMap<>();

    TicketRound(Ticketing ticketing, Recheck recheck, Turn turn) {
        this.ticketing = ticketing;
        this.recheck = recheck;
        this.turn = turn;
    }

    /** What is done at the desk. */
    interface Visit {
        Outcome visit() throws StoreFailure, InterruptedException;
    }

    /**
     * Does all there is to do about one ticket before the next one is looked at: who files it takes other users' keys in,
     * and waits for AWS meanwhile.
     */
    Outcome alone(Visit visit) throws StoreFailure, InterruptedException {
        turn.await(desk);
        try {
            return visit.visit();
        } finally {
            desk.unlock();
        }
    }

    /** What the run has before it. */
    void begin(List<Action> actions) {
        actions.stream()
                .filter(Action.OpenTicket.class::isInstance)
                .map(Action.OpenTicket.class::cast)
                .forEach(left::add);
    }

    /** What came of an action that was filed together with an earlier one. */
    Optional<Outcome> filed(Action action) {
        return Optional.ofNullable(filed.remove(action));
    }

    /** Files the ticket of an action, with all further ones that belong in it and are due still. */
    Outcome open(Action.OpenTicket ticket, Recheck.Answer.Yes yes, String plan)
            throws StoreFailure, InterruptedException {
        List<Action.OpenTicket> planned = new ArrayList<>();
        List<Ticketing.Due> due = new ArrayList<>(List.of(new Ticketing.Due(ticket, yes)));
        left.removeIf(other -> Recheck.isSame(other.credential(), ticket.credential()));
        for (Action.OpenTicket other : List.copyOf(left)) {
            if (ticketing.together(ticket, other)) {
                take(other).ifPresent(one -> {
                    planned.add(other);
                    due.add(one);
                });
            }
        }
        left.removeAll(planned);
        List<Outcome> outcomes = ticketing.open(due, plan);
        for (int i = 0; i < planned.size(); i++) {
            filed.put(planned.get(i), outcomes.get(i + 1));
        }
        return outcomes.getFirst();
    }

    /** What is not due any more, or cannot be read, is told when its own turn comes. */
    private Optional<Ticketing.Due> take(Action.OpenTicket other) throws InterruptedException {
        try {
            return recheck.ask(other) instanceof Recheck.Answer.Yes yes
                            && yes.action() instanceof Action.OpenTicket still
                    ? Optional.of(new Ticketing.Due(still, yes))
                    : Optional.empty();
        } catch (ReadFailure e) {
            return Optional.empty();
        }
    }

    Outcome close(Action.CloseTicket close, String plan) throws StoreFailure, InterruptedException {
        return ticketing.close(close, plan);
    }
}
