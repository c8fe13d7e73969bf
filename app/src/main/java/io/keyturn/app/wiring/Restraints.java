package io.keyturn.app.wiring;

import io.keyturn.app.config.Settings;
import io.keyturn.app.words.Manner;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Owner;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.UserName;
import io.keyturn.core.plan.AccountPlan;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.History;
import io.keyturn.core.plan.Hours;
import io.keyturn.core.plan.Plan;
import io.keyturn.core.plan.ShortWay;
import io.keyturn.core.policy.Approval;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.journal.JournalMemory;
import io.keyturn.engine.journal.PlanVerdict;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.StoreFailure;
import io.keyturn.engine.run.CodeSearch;
import io.keyturn.engine.run.OtherHands;
import io.keyturn.engine.tell.Switchboard;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
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
 * What the configuration asks for before a key may be changed or an owner told, beyond stage, notice and caps: open hours, the
 * approval of people, and that no other automation is at work.
 */
final class Restraints {
    private final Hours hours;
    private final Approval approval;
    private final Instant now;
    private final ZoneId zone;
    /** By whose clocks the owners of keys live, where it is known. */
    private final Map<KeyId, ZoneId> clocks = new HashMap<>();

    private final Map<String, ZoneId> clocksByName = new HashMap<>();
    private final Set<Action> unapproved = new HashSet<>();
    private final Crowd crowd = new Crowd();
    private final CodeKept code = new CodeKept();
    private Entry.@Nullable Decision refusal;

    Restraints(Settings settings, Instant now) {
        Manner manner = settings.acting().manner();
        this.hours = new Hours(settings.acting().window(), manner.within());
        this.zone = manner.zone();
        this.approval = settings.acting().approval();
        this.now = now;
    }

    /** Takes in by whose clocks the owners of keys live. */
    void know(List<Finding> findings) {
        for (Finding finding : findings) {
            KeyId key = finding.credential().keyId();
            if (key != null && finding.owner() instanceof Fact.Known<Owner>(Owner owner, Instant at)) {
                ZoneId own = owner.zone();
                if (own != null) {
                    clocks.put(key, own);
                }
            }
        }
    }

    /** Asks the channels by whose clocks those live who are due to be told, where hours matter and nobody said it. */
    void askClocks(Plan due, Switchboard voice) throws InterruptedException {
        if (hours.speaking() == null) {
            return;
        }
        for (Action action : due.actions()) {
            if (action instanceof Action.Remind remind
                    && remind.owner() != null
                    && remind.owner().zone() == null
                    && !clocksByName.containsKey(remind.owner().name())) {
                String name = remind.owner().name();
                clocksByName.put(name, voice.zone(name).orElse(zone));
            }
        }
    }

    private ZoneId clock(Action action) {
        Owner owner = action instanceof Action.Remind remind ? remind.owner() : null;
        if (owner != null) {
            ZoneId own = owner.zone();
            return own == null ? clocksByName.getOrDefault(owner.name(), zone) : own;
        }
        KeyId key = action.credential().keyId();
        return key == null ? zone : clocks.getOrDefault(key, zone);
    }

    private boolean closed(Action action) {
        return hours.areClosed(now, clock(action));
    }

    private boolean endsTooLate(Action action) {
        return hours.endTooSoon(action, now, clock(action));
    }

    private Instant said(Action action) {
        return hours.said(action, now, clock(action));
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
        PlanVerdict said = store.isEmpty() ? PlanVerdict.NONE : PlanVerdict.of(store.get(), hash, due.changes(), now);
        refusal = said.refusal();
        Map<AccountId, History> pasts = new HashMap<>();
        for (Action action : due.actions()) {
            if (!action.step().speaksOnly() && !isWayBack(action)) {
                AccountId account = action.credential().account();
                if (!pasts.containsKey(account)) {
                    pasts.put(account, store.isEmpty() ? History.NONE : past(store.get(), account));
                }
                Set<String> people = new HashSet<>();
                said.approved().forEach(approved -> people.add(approved.by()));
                pasts.getOrDefault(account, History.NONE).approvals(action.credential(), action.step(), now).stream()
                        .filter(said::hears)
                        .forEach(approved -> people.add(approved.by()));
                if (!approval.suffices(people)) {
                    unapproved.add(action);
                }
            }
        }
    }

    /**
     * Looks, in each account where a key would be changed, whether another automation changes keys too, and whether code
     * keeps users whose keys would be made or deleted.
     */
    void lookAround(Plan due, Collection<AccountPlan> plans, OtherHands hands, CodeSearch search)
            throws InterruptedException {
        Set<AccountId> concerned = changed(due);
        Map<AccountId, Set<UserName>> users = new HashMap<>();
        for (Action action : due.actions()) {
            if (couldCollide(action)
                    && CodeKept.concerns(action)
                    && action.credential().principal() instanceof Principal.OfUser user) {
                users.computeIfAbsent(action.credential().account(), any -> new HashSet<>())
                        .add(user.name());
            }
        }
        for (AccountPlan plan : plans) {
            if (concerned.contains(plan.account().id())) {
                crowd.look(plan.account(), hands, now);
            }
            Set<UserName> some = users.get(plan.account().id());
            if (some != null) {
                code.look(plan.account(), some, search, now);
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

    private boolean isKeptByCode(Action action) {
        return couldCollide(action) && code.holds(action);
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
        return !unapproved.contains(action)
                && !hours.holdUp(action, now, clock(action))
                && !waitsForOthers(action)
                && !isKeptByCode(action);
    }

    /** Whether it waits until people work again. */
    private boolean waitsForHours(Action action) {
        return said(action).isAfter(now);
    }

    /** Why some of what is due is held back, a sentence each. */
    List<String> sentences(Plan due) {
        List<String> sentences = new ArrayList<>();
        waiting(due).ifPresent(sentences::add);
        long changes = due.actions().stream()
                .filter(action -> !action.step().speaksOnly() && !ShortWay.isTakenBy(action) && !isWayBack(action))
                .filter(this::closed)
                .count();
        if (changes > 0) {
            sentences.add("outside of the act-window: " + count(changes) + " until it opens");
        }
        long waiting = due.actions().stream().filter(unapproved::contains).count();
        Entry.Decision refused = refusal;
        if (waiting > 0 && refused != null) {
            sentences.add("the plan was refused by " + refused.by() + " on "
                    + LocalDate.ofInstant(refused.stamp().at(), ZoneOffset.UTC) + ", " + refused.why() + ": "
                    + count(waiting) + " until it changes, or somebody approves it after all");
        } else if (waiting > 0) {
            sentences.add("the configuration asks for the approval of "
                    + (approval == Approval.TWO ? "two people: " : "a person: ") + count(waiting)
                    + " for `keyturn approve USER|KEY --why TEXT`, or of a plan in a file");
        }
        long brownouts = due.actions().stream()
                .filter(action -> endsTooLate(action) && !closed(action))
                .count();
        if (brownouts > 0) {
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
        sentences.addAll(code.sentences());
        return sentences;
    }

    /** Which messages wait for their owners' hours; empty where none does. */
    private Optional<String> waiting(Plan due) {
        List<Action> words = due.actions().stream().filter(this::waitsForHours).toList();
        return words.stream().min(Comparator.comparing(this::said)).map(first -> {
            Instant said = said(first);
            boolean together = words.stream().allMatch(action -> said(action).equals(said));
            return "outside of notices.within: "
                    + (words.size() == 1 ? "1 message waits" : words.size() + " messages wait") + " until "
                    + hour(said, clock(first)) + (together ? "" : ", and later by their owners' clocks");
        });
    }

    private static String hour(Instant at, ZoneId clock) {
        return at.equals(Instant.MAX)
                ? "hours come that never do within a year"
                : DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm", Locale.ROOT)
                                .format(at.atZone(clock)) + ", "
                        + (clock.getId().equals("Z") ? "UTC" : clock.getId());
    }

    private static String count(long changes) {
        return changes == 1 ? "1 change waits" : changes + " changes wait";
    }
}
