package io.keyturn.adapters.aws.rotator;

import io.keyturn.core.model.Account;
import io.keyturn.core.model.Problem;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.User;
import io.keyturn.core.model.UserId;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.journal.Ledger;
import io.keyturn.engine.port.LiveAccount;
import io.keyturn.engine.port.LiveAccounts;
import io.keyturn.engine.port.ReadFailure;
import io.keyturn.engine.port.StoreFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The state of check-and-rotate-iam-access-keys-age, kept in tags of the users: the day of the last step and the old key.
 * Between steps these are all there is, so that the tool can take over again at any time. While a key is made, and until
 * its owner was told, a tag of Keyturn's own stands beside them, written first.
 *
 * <p>It holds where rotations stand and no more: neither whom anything was said to, nor decisions, nor reminders.
 */
public final class RotatorLedger implements Ledger {
    private final RotatorTags names;
    private final RotationStates states;
    private final Tidying tidying;
    private final Consumer<String> fails;
    private final Map<UserId, RotatorUser> users = new ConcurrentHashMap<>();
    private final List<RotatorUser> untidy = new CopyOnWriteArrayList<>();
    private @Nullable LiveAccounts accounts;

    /**
     * @param says told what was put right
     * @param fails told what could not be noted, and holds nothing up
     */
    public RotatorLedger(RotatorTags names, Consumer<String> says, Consumer<String> fails) {
        this.names = names;
        this.states = new RotationStates(names);
        this.tidying = new Tidying(states, says, fails);
        this.fails = fails;
    }

    /** How accounts are reached, before anything is recalled. */
    public void reach(LiveAccounts live) {
        this.accounts = live;
    }

    @Override
    public List<Entry> recall(Snapshot snapshot) {
        List<Entry> past = new ArrayList<>();
        for (User user : snapshot.users()) {
            RotationState standing = states.of(user);
            RotatorUser known = new RotatorUser(names, snapshot.account(), user, standing);
            users.put(user.id(), known);
            if (standing.isUntidy()) {
                untidy.add(known);
            }
            past.addAll(Recollection.of(names, snapshot.account(), user, standing));
        }
        return past;
    }

    @Override
    public void tidy() throws InterruptedException {
        for (RotatorUser user : untidy) {
            try {
                tidying.tidy(user.target(), user.found(), live(user.account()));
            } catch (ReadFailure e) {
                fails.accept(e.problem().sentence());
            }
        }
    }

    @Override
    public void take(List<Entry> entries) throws StoreFailure {
        for (Entry entry : entries) {
            Target target = entry.target();
            RotatorUser user = target == null ? null : users.get(target.user());
            if (target == null || user == null) {
                continue;
            }
            try {
                user.take(entry, target, live(user.account()), fails);
            } catch (ReadFailure e) {
                throw new StoreFailure(StoreFailure.Kind.REFUSED, e.problem(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                Problem problem =
                        new Problem("note the step", target.name().value(), "the run was interrupted", "run again");
                throw new StoreFailure(StoreFailure.Kind.UNAVAILABLE, problem, e);
            }
        }
    }

    private LiveAccount live(Account account) throws ReadFailure, InterruptedException {
        return Objects.requireNonNull(accounts, "accounts are reached before anything is noted")
                .open(account);
    }
}
