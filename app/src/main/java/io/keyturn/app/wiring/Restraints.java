package io.keyturn.app.wiring;

import io.keyturn.app.config.Settings;
import io.keyturn.app.words.Manner;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.plan.AccountPlan;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.Approved;
import io.keyturn.core.plan.History;
import io.keyturn.core.plan.Plan;
import io.keyturn.core.plan.ShortWay;
import io.keyturn.core.policy.ActWindow;
import io.keyturn.core.policy.Approval;
import io.keyturn.engine.journal.Approvals;
import io.keyturn.engine.journal.JournalMemory;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.StoreFailure;
import io.keyturn.engine.run.OtherHands;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration asks for before a key may be changed, beyond stage, notice and caps: an open window, the approval
 * of people. What this version cannot do is not skipped: the changes that wait for it are left undone.
 */
final class Restraints {
    private final @Nullable ActWindow window;
    private final boolean closed;
    private final Approval approval;
    private final Instant now;
    /** When people are told again of what can wait; now, where they are at any time. */
    private final Instant spoken;

    private final ZoneId zone;
    private final Set<Action> unapproved = new HashSet<>();
    private final Crowd crowd = new Crowd();

    Restraints(Settings settings, Instant now) {
        this.window = settings.acting().window();
        // Nobody's clock is known to be the owner's yet, so a window by it goes by UTC.
        this.closed = window != null && !window.isOpen(now, ZoneOffset.UTC);
        Manner manner = settings.acting().manner();
        ActWindow within = manner.within();
        this.zone = manner.zone();
        this.spoken = within == null ? now : within.opening(now, zone);
        this.approval = settings.acting().approval();
        this.now = now;
    }

    /**
     * Finds out which changes enough people approved: as steps of their keys, or in the plan as a whole.
     *
     * @param hash of the plan
     */
    void weigh(Plan due, String hash, Optional<JournalStore> store) throws StoreFailure {
        if (approval == Approval.NONE) {
            return;
        }
        List<Approved> whole = store.isEmpty() ? List.of() : Approvals.ofPlan(store.get(), hash, now);
        Map<AccountId, History> pasts = new HashMap<>();
        for (Action action : due.actions()) {
            if (!action.step().speaksOnly() && !isWayBack(action)) {
                AccountId account = action.credential().account();
                if (!pasts.containsKey(account)) {
                    pasts.put(account, store.isEmpty() ? History.NONE : past(store.get(), account));
                }
                Set<String> people = new HashSet<>();
                whole.forEach(approved -> people.add(approved.by()));
                pasts.getOrDefault(account, History.NONE)
                        .approvals(action.credential(), action.step(), now)
                        .forEach(approved -> people.add(approved.by()));
                if (!approval.suffices(people)) {
                    unapproved.add(action);
                }
            }
        }
    }

    /** Looks, in each account where a key would be changed, whether another automation changes keys too. */
    void lookAround(Plan due, Collection<AccountPlan> plans, OtherHands hands) throws InterruptedException {
        Set<AccountId> concerned = changed(due);
        for (AccountPlan plan : plans) {
            if (concerned.contains(plan.account().id())) {
                crowd.look(plan.account(), hands, now);
            }
        }
    }

    /** Whether some of it would change a key that another automation may change as well. */
    static boolean anyCouldCollide(Plan due) {
        return due.actions().stream().anyMatch(Restraints::couldCollide);
    }

    private static boolean couldCollide(Action action) {
        return !action.step().speaksOnly() && !ShortWay.isTakenBy(action) && !isWayBack(action);
    }

    /** The accounts in which it would. */
    private static Set<AccountId> changed(Plan due) {
        return due.actions().stream()
                .filter(Restraints::couldCollide)
                .map(action -> action.credential().account())
                .collect(Collectors.toSet());
    }

    private boolean waitsForOthers(Action action) {
        return couldCollide(action) && crowd.holds(action.credential().account());
    }

    private static History past(JournalStore store, AccountId account) throws StoreFailure {
        return new JournalMemory(store, Set.of()).of(account);
    }

    /**
     * What Keyturn made and nobody ever held is taken back without asking, as it needs no more than making it did; and what
     * it switched off for a while is switched on in any case.
     */
    private static boolean isWayBack(Action action) {
        return action instanceof Action.Reactivate
                || action.reasons().stream().anyMatch(Reason.Undelivered.class::isInstance);
    }

    /** Whether nothing holds the action back. */
    boolean allows(Action action) {
        if (action.step().speaksOnly()) {
            return !waitsForHours(action);
        }
        if (action instanceof Action.Reactivate) {
            return true;
        }
        return (ShortWay.isTakenBy(action) && !unapproved.contains(action))
                || (!waitsForWindow(action) && !unapproved.contains(action) && !waitsForOthers(action));
    }

    /**
     * Whether it waits until people work again. What would come too late then, after the day that it announces, goes out
     * at any hour; and a leaked key waits for nothing.
     */
    private boolean waitsForHours(Action action) {
        boolean leaked = action.reasons().stream()
                .anyMatch(reason -> reason instanceof Reason.Quarantined || reason instanceof Reason.Compromised);
        return spoken.isAfter(now)
                && !leaked
                && switch (action) {
                    case Action.Remind remind ->
                        remind.announced() == null || remind.announced().at().isAfter(spoken);
                    case Action.CloseNotice close -> true;
                    // A ticket wakes nobody.
                    case Action.OpenTicket ticket -> false;
                    case Action.CloseTicket ticket -> false;
                    case Action.CreateKey create -> false;
                    case Action.DeliverSecret deliver -> false;
                    case Action.Deactivate deactivate -> false;
                    case Action.Brownout brownout -> false;
                    case Action.Reactivate reactivate -> false;
                    case Action.Delete delete -> false;
                };
    }

    private boolean waitsForWindow(Action action) {
        return closed || endsTooLate(action);
    }

    /** A short deactivation is to be noticed, and taken back, while people work. */
    private boolean endsTooLate(Action action) {
        return action instanceof Action.Brownout brownout
                && window != null
                && !window.isOpen(now.plus(brownout.lasting()), ZoneOffset.UTC);
    }

    /** Why some of what is due is held back, a sentence each. */
    List<String> sentences(Plan due) {
        List<String> sentences = new ArrayList<>();
        long words = due.actions().stream().filter(this::waitsForHours).count();
        if (words > 0) {
            String until = spoken.equals(Instant.MAX)
                    ? "hours come that never do within a year"
                    : DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm", Locale.ROOT)
                                    .format(spoken.atZone(zone)) + ", "
                            + (zone.getId().equals("Z") ? "UTC" : zone.getId());
            sentences.add("outside of notices.within: " + (words == 1 ? "1 message waits" : words + " messages wait")
                    + " until " + until);
        }
        long changes = due.actions().stream()
                .filter(action -> !action.step().speaksOnly() && !ShortWay.isTakenBy(action) && !isWayBack(action))
                .count();
        if (changes > 0 && closed) {
            sentences.add("outside of the act-window: " + count(changes) + " until it opens");
        }
        long waiting = due.actions().stream().filter(unapproved::contains).count();
        if (waiting > 0) {
            sentences.add("the configuration asks for the approval of "
                    + (approval == Approval.TWO ? "two people: " : "a person: ") + count(waiting)
                    + " for `keyturn approve USER|KEY --why TEXT`, or of a plan in a file");
        }
        long brownouts = due.actions().stream().filter(this::endsTooLate).count();
        if (brownouts > 0 && !closed) {
            sentences.add("the act-window closes before the end of the brownout: " + count(brownouts)
                    + " for an earlier hour");
        }
        Set<AccountId> accounts = changed(due);
        long crowded = due.actions().stream().filter(this::waitsForOthers).count();
        if (crowded > 0) {
            String why = String.join("; ", crowd.held(accounts));
            sentences.add("another automation is at work: " + count(crowded) + ": " + why);
        }
        sentences.addAll(crowd.unseen(accounts));
        return sentences;
    }

    private static String count(long changes) {
        return changes == 1 ? "1 change waits" : changes + " changes wait";
    }
}
