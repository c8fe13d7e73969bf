package io.keyturn.engine.tell;

import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.Problem;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.User;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.Plan;
import io.keyturn.core.policy.Stage;
import io.keyturn.engine.port.Alarm;
import io.keyturn.engine.port.StoreFailure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What of a run somebody must be woken for: users whose leaked keys still work, and what Keyturn could not do. Of accounts
 * that are only observed nothing leaves. Told from one thread at a time.
 */
public final class Watch {
    private static final int TOLD = 10;

    private final Map<String, Leak> leaks = new LinkedHashMap<>();
    private final Set<String> over = new LinkedHashSet<>();
    /** Accounts that were read whole, and of their users those of whom it is not known whether a key leaked. */
    private final Set<String> read = new HashSet<>();

    private final Set<String> unclear = new HashSet<>();
    private final List<String> failures = new ArrayList<>();
    private boolean halted;

    private record Leak(Account account, Principal.OfUser user, Set<KeyId> keys, Alert alert) {}

    /** Looks at a user's keys as they are: a report may be hours old, and nobody is woken for what is over. */
    public interface Look {
        /** Whether one of these keys may still work; all of the user's where none is named. */
        boolean stillWork(Account account, Principal.OfUser user, Set<KeyId> keys) throws InterruptedException;
    }

    /** What the alarm about a user's leaked keys is known by. */
    public static String keyOf(Account account, Principal.OfUser user) {
        return keyOf(account.id(), user);
    }

    private static String keyOf(AccountId account, Principal.OfUser user) {
        return prefix(account) + user.id();
    }

    private static String prefix(AccountId account) {
        return "leaked/" + account + "/";
    }

    /**
     * Takes in about whose keys nobody need do anything any more: one that was leaked and is gone is no finding, and what
     * ends its alarm is that whoever was told of it is to hear so.
     */
    public void know(Plan plan) {
        for (Action action : plan.actions()) {
            if (action instanceof Action.CloseNotice
                    && action.credential().principal() instanceof Principal.OfUser user) {
                over.add(keyOf(action.credential().account(), user));
            }
        }
    }

    /** An account was read and judged. */
    public void know(Snapshot snapshot, Stage stage, List<Finding> findings) {
        Account account = snapshot.account();
        if (stage == Stage.OBSERVE) {
            return;
        }
        if (snapshot.reading().complete()) {
            read.add(prefix(account.id()));
        }
        for (User user : snapshot.users()) {
            if (!(user.policies() instanceof Fact.Known<List<String>>) && mayWork(user)) {
                unclear.add(prefix(account.id()) + user.id());
            }
        }
        for (Finding finding : findings) {
            if (finding.credential().principal() instanceof Principal.OfUser user && isLeaked(finding)) {
                String key = keyOf(account, user);
                if (Boolean.FALSE.equals(finding.active())) {
                    over.add(key);
                } else {
                    Leak leak = leaks.computeIfAbsent(
                            key, any -> new Leak(account, user, new HashSet<>(), Alert.leaked(account, user, finding)));
                    if (finding.credential().keyId() != null) {
                        leak.keys().add(finding.credential().keyId());
                    }
                }
            }
        }
    }

    private static boolean mayWork(User user) {
        return !(user.keys() instanceof Fact.Known<List<AccessKey>> known)
                || known.value().stream().anyMatch(AccessKey::active);
    }

    private static boolean isLeaked(Finding finding) {
        return finding.reasons().stream().anyMatch(Reason::isLeak);
    }

    /** Keyturn could not do something; a sentence that says what and why. */
    public void failed(String sentence) {
        failures.add(sentence);
    }

    /** The run was stopped by a person before it did its work: what it would have come to is not known. */
    public void halted() {
        halted = true;
    }

    /**
     * Raises what must be known, and ends what is over; the service makes no second alarm of one that is raised.
     *
     * @param raised what stands, of this run and earlier ones
     * @return what the service did not take, or may not have
     */
    public List<Problem> ring(Alarm alarm, Look look, RaisedAlarms raised) throws InterruptedException {
        List<Problem> problems = new ArrayList<>();
        for (Map.Entry<String, Leak> entry : leaks.entrySet()) {
            Leak leak = entry.getValue();
            if (look.stillWork(leak.account(), leak.user(), leak.keys())) {
                // Nobody sleeps on because a store is down.
                remember(() -> raised.raised(entry.getKey()), problems);
                take(
                        alarm.raise(
                                entry.getKey(),
                                Alarm.Severity.CRITICAL,
                                leak.alert().summary(),
                                leak.alert().details()),
                        problems);
            } else {
                end(entry.getKey(), alarm, raised, problems);
            }
        }
        remember(() -> raised.all().stream().filter(this::isNoMore).forEach(over::add), problems);
        for (String key : over) {
            if (!leaks.containsKey(key)) {
                end(key, alarm, raised, problems);
            }
        }
        problems.addAll(cry(alarm));
        return problems;
    }

    /** Of all this, raises or ends what is about Keyturn's own work alone: for which nothing need be remembered. */
    public List<Problem> cry(Alarm alarm) throws InterruptedException {
        List<Problem> problems = new ArrayList<>();
        if (!failures.isEmpty()) {
            take(raiseFailures(alarm), problems);
        } else if (!halted) {
            take(alarm.resolve("run"), problems);
        }
        return problems;
    }

    /** Whether all of its account was read, and no key of that user is known or feared to have leaked. */
    private boolean isNoMore(String key) {
        return read.stream().anyMatch(key::startsWith) && !unclear.contains(key);
    }

    /** It is forgotten once the service has surely taken that it ended; until then each run says so again. */
    private static void end(String key, Alarm alarm, RaisedAlarms raised, List<Problem> problems)
            throws InterruptedException {
        if (take(alarm.resolve(key), problems)) {
            remember(() -> raised.ended(key), problems);
        }
    }

    /** Something that the store is told or asked. */
    private interface Remembering {
        void happen() throws StoreFailure;
    }

    private static void remember(Remembering remembering, List<Problem> problems) {
        try {
            remembering.happen();
        } catch (StoreFailure e) {
            problems.add(e.problem());
        }
    }

    private Alarm.Ringing raiseFailures(Alarm alarm) throws InterruptedException {
        Map<String, String> details = new TreeMap<>();
        for (int i = 0; i < Math.min(TOLD, failures.size()); i++) {
            details.put("problem " + (i + 1), failures.get(i));
        }
        String more = failures.size() == 1 ? "" : ", and " + (failures.size() - 1) + " more";
        return alarm.raise(
                "run",
                Alarm.Severity.ERROR,
                "Keyturn could not do all of its work: " + failures.getFirst() + more,
                details);
    }

    /** Whether the service took it. */
    private static boolean take(Alarm.Ringing ringing, List<Problem> problems) {
        switch (ringing) {
            case Alarm.Ringing.Taken() -> {
                return true;
            }
            case Alarm.Ringing.Refused(Problem problem) -> problems.add(problem);
            case Alarm.Ringing.InDoubt(Problem problem) -> problems.add(problem);
        }
        return false;
    }
}
