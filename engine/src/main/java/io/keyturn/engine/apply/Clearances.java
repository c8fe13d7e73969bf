package io.keyturn.engine.apply;

import io.keyturn.core.assess.Succession;
import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.FactName;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Needs;
import io.keyturn.core.model.Problem;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.User;
import io.keyturn.core.plan.Verb;
import io.keyturn.core.policy.Rotation;
import io.keyturn.engine.journal.AccountPast;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.journal.Left;
import io.keyturn.engine.port.LiveAccount;
import io.keyturn.engine.port.ReadFailure;
import io.keyturn.engine.port.SecretSink;
import io.keyturn.engine.port.StoreFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Takes secrets out of their sinks again: those that were delivered when their time is over, or after two weeks where the
 * new key is in use by then; others at once.
 */
final class Clearances {
    private final Tools tools;
    private final Account account;
    private static final Needs KEYS = new Needs(EnumSet.of(FactName.KEYS, FactName.LAST_USE), Needs.Identify.ALL);

    private final LiveAccount live;
    private final AccountPast past;
    private final Scribe scribe;

    Clearances(Tools tools, Account account, LiveAccount live, AccountPast past, Scribe scribe) {
        this.tools = tools;
        this.account = account;
        this.live = live;
        this.past = past;
        this.scribe = scribe;
    }

    /** Whether a secret should be in no sink any more. */
    private boolean isOver(Left left) throws ReadFailure, InterruptedException {
        Instant delivered = left.delivered();
        Instant now = tools.clock().instant();
        if (delivered == null) {
            return !mayBeHeld(left);
        }
        if (delivered.plus(SecretSink.KEPT_AT_LEAST).isAfter(now)) {
            return false;
        }
        // Where time alone counts, it counts here too.
        boolean byTime = tools.planner().rotations().stream().allMatch(Rotation::byTime);
        return byTime || !delivered.plus(SecretSink.KEPT).isAfter(now) || !isAwaited(left, delivered);
    }

    /** Whether somebody may still come for it: the key works, and nobody uses it yet as far as is known. */
    private boolean isAwaited(Left left, Instant delivered) throws ReadFailure, InterruptedException {
        return works(left, key -> !Succession.isInstalled(delivered, key.lastUse(), true));
    }

    /** Whether somebody may have it from there although its delivery was never confirmed, and would look for it again. */
    private boolean mayBeHeld(Left left) throws ReadFailure, InterruptedException {
        return works(left, key -> Succession.mayBeHeld(key.created(), key.lastUse()));
    }

    /** Whether the key works and is so, or may be: where the user's keys could not be read nothing else is known. */
    private boolean works(Left left, Predicate<AccessKey> so) throws ReadFailure, InterruptedException {
        Optional<User> user = live.user(left.old().name(), KEYS);
        if (user.isEmpty() || !user.get().id().equals(left.old().user())) {
            return false;
        }
        if (!(user.get().keys() instanceof Fact.Known<List<AccessKey>> known)) {
            return true;
        }
        return known.value().stream()
                .filter(key -> left.key().equals(key.id()))
                .anyMatch(key -> key.active() && so.test(key));
    }

    /** Takes away what is over; what cannot be is told as a sentence each, and tried again by the next run. */
    List<String> clear() throws StoreFailure, InterruptedException {
        List<String> troubles = new ArrayList<>();
        List<Left> over = over(troubles);
        if (over.isEmpty() || tools.stop().raised().isPresent()) {
            return troubles;
        }
        List<SecretSink> sinks = new ArrayList<>();
        try {
            for (Rotation rotation : Set.copyOf(tools.planner().rotations())) {
                sinks.add(tools.sinks().open(account, rotation));
            }
            for (Left left : over) {
                clear(left, sinks).ifPresent(problem -> troubles.add(problem.sentence()));
            }
        } catch (ReadFailure e) {
            troubles.add(e.problem().sentence());
        } finally {
            sinks.forEach(SecretSink::close);
        }
        return troubles;
    }

    private List<Left> over(List<String> troubles) throws InterruptedException {
        List<Left> over = new ArrayList<>();
        for (Left left : past.left()) {
            try {
                if (isOver(left)) {
                    over.add(left);
                }
            } catch (ReadFailure e) {
                troubles.add(e.problem().sentence());
            }
        }
        return over;
    }

    private Optional<Problem> clear(Left left, List<SecretSink> sinks) throws StoreFailure, InterruptedException {
        Target old = left.old();
        SecretSink.Address address = new SecretSink.Address(account, old.name(), old.user(), null);
        Entry.Intent intent = scribe.intendOn(Verb.CLEAR_SECRET, old.of(left.key()));
        return clear(scribe, intent, sinks, address);
    }

    /** Takes a key's secret out of all these sinks, and writes down whether it is out of each; why not, where it is not. */
    static Optional<Problem> clear(
            Scribe scribe, Entry.Intent intent, List<SecretSink> sinks, SecretSink.Address address)
            throws StoreFailure, InterruptedException {
        KeyId key = Objects.requireNonNull(intent.target().key(), "a secret is cleared by its key");
        Problem problem = null;
        for (SecretSink sink : sinks) {
            problem = switch (sink.clear(address, key)) {
                case SecretSink.Answer.Confirmed confirmed -> problem;
                case SecretSink.Answer.Refused(Problem refused) -> refused;
                case SecretSink.Answer.InDoubt(Problem doubt) -> doubt;
            };
        }
        scribe.record(
                intent,
                problem == null ? Entry.Result.DONE : Entry.Result.FAILED,
                problem == null ? "" : problem.why());
        return Optional.ofNullable(problem);
    }
}
