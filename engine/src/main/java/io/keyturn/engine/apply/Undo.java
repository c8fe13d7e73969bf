package io.keyturn.engine.apply;

import io.keyturn.core.assess.Compromise;
import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.FactName;
import io.keyturn.core.model.Needs;
import io.keyturn.core.model.Problem;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.User;
import io.keyturn.core.plan.Verb;
import io.keyturn.engine.journal.AccountJournal;
import io.keyturn.engine.journal.AccountPast;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.port.LiveAccount;
import io.keyturn.engine.port.ReadFailure;
import io.keyturn.engine.port.StoreFailure;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/** Switches keys on again that Keyturn had switched off. No cap, window or stage holds it up: only the stop flag does. */
public final class Undo {
    private static final Needs KEYS = new Needs(EnumSet.of(FactName.KEYS), Needs.Identify.ALL);

    private final Tools tools;
    private final AccountSession session;

    public Undo(Tools tools, AccountSession session) {
        this.tools = tools;
        this.session = session;
    }

    /** Told of every key that was asked for. */
    public interface Listener {
        /**
         * The end of one key's undoing.
         *
         * @param done whether it works again
         * @param why empty where it was done
         */
        void ended(Target target, boolean done, String why);
    }

    /** Undoes the deactivations of one account that {@code wanted} picks, newest first. */
    public AccountSession.End undo(
            Account account, LiveAccount live, Predicate<Entry.Outcome> wanted, Listener listener)
            throws StoreFailure, InterruptedException {
        return session.hold(account, live, (journal, past, tenure) -> {
            for (Entry.Outcome deactivation : past.deactivated().reversed()) {
                if (wanted.test(deactivation)) {
                    reactivate(live, journal, past, tenure, deactivation, listener);
                }
            }
            for (Entry.Outcome deactivation : past.perhapsDeactivated().reversed()) {
                if (wanted.test(deactivation) && mayBeOff(live, deactivation.target())) {
                    reactivate(live, journal, past, tenure, deactivation, listener);
                }
            }
        });
    }

    /** Whether what may have been switched off after it was found on is off; what cannot be read may be. */
    private static boolean mayBeOff(LiveAccount live, Target target) throws InterruptedException {
        try {
            Optional<User> user =
                    live.user(target.name(), KEYS).filter(now -> now.id().equals(target.user()));
            return user.isPresent()
                    && (!(user.get().keys() instanceof Fact.Known<List<AccessKey>> known)
                            || known.value().stream()
                                    .anyMatch(key -> Objects.equals(key.id(), target.key()) && !key.active()));
        } catch (ReadFailure e) {
            return true;
        }
    }

    private void reactivate(
            LiveAccount live,
            AccountJournal journal,
            AccountPast past,
            Tenure tenure,
            Entry.Outcome deactivation,
            Listener listener)
            throws StoreFailure, InterruptedException {
        Target target = deactivation.target();
        Optional<String> refusal = refusal(live, past, deactivation);
        if (refusal.isPresent()) {
            listener.ended(target, false, refusal.get());
            return;
        }
        Scribe scribe = new Scribe(tools, journal, tenure, live);
        Entry.Intent intent = scribe.intend(Verb.REACTIVATE, target, List.of(), null);
        switch (scribe.change(intent, leave -> live.setActive(target, true, leave))) {
            case LiveAccount.Answer.Done() -> listener.ended(target, true, "");
            case LiveAccount.Answer.Refused(Problem problem) -> listener.ended(target, false, problem.sentence());
            case LiveAccount.Answer.InDoubt doubt ->
                listener.ended(
                        target, false, doubt.problem().sentence() + "; it may work again: run undo once more to know");
        }
    }

    /** Why the key must not, or need not, be switched on. */
    private Optional<String> refusal(LiveAccount live, AccountPast past, Entry.Outcome deactivation)
            throws InterruptedException {
        Target target = deactivation.target();
        Compromise said = past.compromise(Objects.requireNonNull(target.key(), "only keys are switched off"));
        if (said != null) {
            return Optional.of(said.by() + " declared it compromised (" + said.why()
                    + "): whoever holds it could work with"
                    + " it again; where that is meant, name the compromise: --compromise " + said.id() + " --why TEXT");
        }
        Optional<String> stop = tools.stop().raised();
        if (stop.isPresent()) {
            return Optional.of("everything is stopped (" + stop.get() + "): resume first");
        }
        boolean inDoubt = past.unresolved().stream()
                .anyMatch(intent -> intent.target().user().equals(target.user()));
        if (inDoubt) {
            return Optional.of("it is not known yet what came of an earlier act on this user");
        }
        try {
            return look(live.user(target.name(), KEYS), target, isSettled(deactivation));
        } catch (ReadFailure e) {
            return Optional.of(e.problem().sentence());
        }
    }

    private boolean isSettled(Entry.Outcome deactivation) {
        return !deactivation
                .stamp()
                .at()
                .plus(Recovery.SETTLED)
                .isAfter(tools.clock().instant());
    }

    private static Optional<String> look(Optional<User> user, Target target, boolean settled) {
        if (user.isEmpty() || !user.get().id().equals(target.user())) {
            return Optional.of("the user is gone, and the key with it");
        }
        if (!(user.get().keys() instanceof Fact.Known<List<AccessKey>> known)) {
            return Optional.of("the keys of the user could not be read");
        }
        Optional<AccessKey> found = known.value().stream()
                .filter(candidate -> Objects.equals(candidate.id(), target.key()))
                .findFirst();
        if (found.isEmpty()) {
            return Optional.of("the key was deleted");
        }
        // Right after it was switched off AWS may still show it as it was: then it is switched on whatever is shown.
        return found.get().active() && settled ? Optional.of("the key works already") : Optional.empty();
    }
}
