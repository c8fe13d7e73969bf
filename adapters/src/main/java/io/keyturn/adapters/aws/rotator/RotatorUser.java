package io.keyturn.adapters.aws.rotator;

import io.keyturn.core.model.Account;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.User;
import io.keyturn.core.plan.Verb;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.port.LiveAccount;
import io.keyturn.engine.port.ReadFailure;
import io.keyturn.engine.port.StoreFailure;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One user's tags, kept true to what a run does about the user's keys. */
final class RotatorUser {
    private final RotatorTags names;
    private final Account account;
    private final User user;
    private final RotationState found;
    /** The key that is replaced, and the key that replaces it, as far as there is one. */
    private @Nullable KeyId old;

    private @Nullable KeyId made;
    private boolean delivered;
    /** The day that the date tag says; null where there is none. */
    private @Nullable LocalDate day;
    /** Whether the mark stands on the user, or may. */
    private boolean marked;

    RotatorUser(RotatorTags names, Account account, User user, RotationState found) {
        this.names = names;
        this.account = account;
        this.user = user;
        this.found = found;
        begin();
    }

    private void begin() {
        switch (found) {
            case RotationState.Grace(LocalDate since, KeyId from, var fresh, boolean told) -> dated(since, from, !told);
            case RotationState.CoolDown(LocalDate since, KeyId from, var fresh, boolean told) ->
                dated(since, from, !told);
            case RotationState.Making(Mark mark) -> of(mark, null);
            case RotationState.Lost(Mark mark) -> of(mark, mark.made());
            case RotationState.LostAndOff(Mark mark) -> of(mark, mark.made());
            case RotationState.LostAndNoted(Mark mark) -> of(mark, mark.made());
            case RotationState.None none -> {
                // Nothing is under way.
            }
            case RotationState.Over over -> {
                // Nothing is any more.
            }
            case RotationState.Unreadable unreadable -> {
                // Nothing is done.
            }
        }
    }

    private void dated(LocalDate since, KeyId from, boolean mark) {
        day = since;
        old = from;
        delivered = true;
        marked = mark;
    }

    private void of(Mark mark, @Nullable KeyId lost) {
        old = mark.old();
        made = lost;
        marked = true;
    }

    Account account() {
        return account;
    }

    RotationState found() {
        return found;
    }

    Target target() {
        return new Target(account.id(), user.id(), user.name(), null);
    }

    private String name() {
        return user.name().value();
    }

    /** Notes an entry before it counts. */
    void take(Entry entry, Target target, LiveAccount live, Consumer<String> fails)
            throws StoreFailure, ReadFailure, InterruptedException {
        switch (entry) {
            case Entry.Intent intent -> intend(intent, live);
            case Entry.Outcome outcome -> ended(outcome, live, fails);
            case Entry.Notice notice -> told(notice, live, fails);
            case Entry.Decision decision -> {
                // It has no place in the tags, and ends with the run.
            }
        }
    }

    private void intend(Entry.Intent intent, LiveAccount live) throws StoreFailure, ReadFailure, InterruptedException {
        KeyId key = intent.target().key();
        if (key == null) {
            return;
        }
        if (intent.verb() == Verb.CREATE_KEY) {
            Room.require(names, target(), live);
            // The mark names all keys there are: what a later run finds beside them is the one made here.
            List<KeyId> present = new ArrayList<>(List.of(key));
            intent.present().stream().filter(other -> !other.equals(key)).forEach(present::add);
            marked = true;
            Notes.require(live.tag(
                    target(), Notes.mark(Mark.Step.MAKING, intent.stamp().at(), present)));
            old = key;
            made = null;
        } else if (intent.verb() == Verb.DEACTIVATE && delivered && key.equals(old)) {
            // Before it is switched off: a date that is late for a crash makes the cool-down longer, never shorter.
            Map<String, String> dated = Map.of(names.date(), date(intent).toString());
            Map<String, String> both = new HashMap<>(dated);
            both.putAll(Notes.mark(Mark.Step.UNTOLD, intent.stamp().at(), List.of(key)));
            marked = live.tag(target(), both) instanceof LiveAccount.Answer.Done;
            if (!marked) {
                // There may be no room for the mark: without it the owner is told once, whether that succeeds or not.
                Notes.require(live.tag(target(), dated));
            }
        }
    }

    private void ended(Entry.Outcome outcome, LiveAccount live, Consumer<String> fails)
            throws StoreFailure, InterruptedException {
        KeyId key = outcome.target().key();
        if (key == null || outcome.result() == Entry.Result.IN_DOUBT) {
            return;
        }
        boolean done = outcome.result() == Entry.Result.DONE;
        switch (outcome.verb()) {
            case CREATE_KEY -> created(outcome, live, fails);
            case DELIVER_SECRET -> {
                if (done && key.equals(made)) {
                    delivered(outcome, live);
                }
            }
            case DEACTIVATE -> {
                if (key.equals(made) && !delivered) {
                    if (done) {
                        Notes.noted(live.tag(target(), Notes.off(outcome.stamp().at(), old(), key)), fails);
                    }
                } else if (key.equals(old) && !done) {
                    backToThatDay(live, fails);
                }
            }
            case DELETE -> {
                if (done && key.equals(made) && !delivered) {
                    unmark(live, fails);
                } else if (done && key.equals(old)) {
                    Notes.noted(live.untag(target(), ours()), fails);
                    marked = false;
                }
            }
            case REMIND, CLOSE_NOTICE, OPEN_TICKET, CLOSE_TICKET, CLEAR_SECRET, BROWNOUT, REACTIVATE, FREEZE, THAW -> {
                // They move no rotation on.
            }
        }
    }

    private void created(Entry.Outcome outcome, LiveAccount live, Consumer<String> fails) throws InterruptedException {
        KeyId key = outcome.made();
        if (key == null || outcome.result() != Entry.Result.DONE) {
            // Nothing was made, or what appeared meanwhile is somebody else's.
            unmark(live, fails);
            return;
        }
        made = key;
        if (found instanceof RotationState.Making) {
            // Found by this run: the next one needs to know it by its ID.
            Notes.noted(
                    live.tag(
                            target(), Notes.mark(Mark.Step.LOST, outcome.stamp().at(), List.of(old(), key))),
                    fails);
        }
    }

    private void delivered(Entry.Outcome outcome, LiveAccount live) throws StoreFailure, InterruptedException {
        LocalDate today = date(outcome);
        Map<String, String> tags =
                new HashMap<>(Notes.mark(Mark.Step.UNTOLD, outcome.stamp().at(), List.of(old())));
        tags.put(names.date(), today.toString());
        tags.put(names.oldKey(), old().value());
        Notes.require(live.tag(target(), tags));
        delivered = true;
        day = today;
    }

    /** The old key was not switched off after all. */
    private void backToThatDay(LiveAccount live, Consumer<String> fails) throws InterruptedException {
        if (day != null) {
            Notes.noted(live.tag(target(), Map.of(names.date(), day.toString())), fails);
            unmark(live, fails);
        }
    }

    private void told(Entry.Notice notice, LiveAccount live, Consumer<String> fails) throws InterruptedException {
        boolean placed = switch (notice.placement()) {
            case SEEN, PLACED, HANDED_OVER -> true;
            case DOUBTFUL, FAILED -> false;
        };
        boolean ofStep = notice.step() == Step.DEACTIVATE || notice.step() == Step.DELETE;
        if (!placed || !ofStep || !marked || !delivered) {
            return;
        }
        LocalDate today = date(notice);
        if (notice.step() == Step.DEACTIVATE && day != null && day.isBefore(today)) {
            // Whoever hears late has the whole time still.
            day = today;
            Notes.noted(live.tag(target(), Map.of(names.date(), today.toString())), fails);
        }
        unmark(live, fails);
    }

    private void unmark(LiveAccount live, Consumer<String> fails) throws InterruptedException {
        if (marked && Notes.noted(live.untag(target(), Set.of(RotatorTags.MARK)), fails)) {
            marked = false;
        }
    }

    private Set<String> ours() {
        Set<String> tags = new HashSet<>(Set.of(names.date(), names.oldKey()));
        if (marked) {
            tags.add(RotatorTags.MARK);
        }
        return tags;
    }

    private KeyId old() {
        if (old == null) {
            throw new IllegalStateException("no key of " + name() + " is replaced");
        }
        return old;
    }

    private static LocalDate date(Entry entry) {
        return LocalDate.ofInstant(entry.stamp().at(), ZoneOffset.UTC);
    }
}
