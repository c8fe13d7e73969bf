package io.keyturn.engine.apply;

import io.keyturn.core.model.Account;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Problem;
import io.keyturn.core.plan.AccountPlan;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.Plan;
import io.keyturn.engine.apply.CapLedger.Full;
import io.keyturn.engine.port.LiveAccounts;
import io.keyturn.engine.port.ReadFailure;
import io.keyturn.engine.port.StoreFailure;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Carries out a plan: claims its places under the caps, then works on the accounts beside each other. */
public final class PlanApplier {
    /** Accounts that are worked on at the same time. */
    private static final int AT_ONCE = 8;

    private final LiveAccounts accounts;
    private final AccountSession session;
    private final CapLedger caps;
    private final InstantSource clock;

    public PlanApplier(LiveAccounts accounts, AccountSession session, CapLedger caps, InstantSource clock) {
        this.accounts = accounts;
        this.session = session;
        this.caps = caps;
        this.clock = clock;
    }

    /** What happens while a plan is carried out; told one at a time. */
    public interface Listener {
        /** An action ended. */
        void ended(Account account, Outcome outcome);

        /** Something of an account is still in doubt, or it could not be worked on. */
        void troubled(Account account, String sentence);
    }

    /**
     * What boards did not take when they were told it.
     *
     * @param accounts in which there is such a thing
     * @param only which reminders may be told at all
     */
    public record Unheard(Set<AccountId> accounts, Predicate<Action> only) {
        /** Nothing is told again. */
        public static final Unheard NONE = new Unheard(Set.of(), action -> false);

        public Unheard {
            accounts = Set.copyOf(accounts);
        }
    }

    /**
     * Carries it out.
     *
     * @param surveyed the accounts the plan was made of
     * @param unsettled accounts to visit even where nothing is due, since an earlier act there has no known end
     * @param unheard what boards did not take, and are told now
     * @return the cap that the plan no longer fits under, since it was made: then nothing at all was done
     */
    public Optional<Full> apply(
            Plan plan, Collection<AccountPlan> surveyed, Set<AccountId> unsettled, Unheard unheard, Listener listener)
            throws StoreFailure, InterruptedException {
        Map<AccountId, List<Action>> byAccount = new TreeMap<>();
        for (Action action : plan.actions()) {
            byAccount
                    .computeIfAbsent(action.credential().account(), any -> new ArrayList<>())
                    .add(action);
        }
        SharedReminders shared = SharedReminders.takenFrom(byAccount);
        unsettled.forEach(account -> byAccount.putIfAbsent(account, List.of()));
        Map<AccountId, Integer> activeKeys = new HashMap<>();
        surveyed.forEach(account -> activeKeys.put(account.account().id(), account.activeKeys()));
        Instant claimed = clock.instant();
        Optional<Full> full = caps.claim(Wishes.of(plan.actions(), activeKeys), claimed);
        if (full.isPresent()) {
            return full;
        }
        List<Action> unused = new ArrayList<>();
        try {
            abreast(
                    surveyed,
                    byAccount::containsKey,
                    account -> visit(
                            account, byAccount.getOrDefault(account.id(), List.of()), plan.hash(), listener, unused));
            for (Map<AccountId, List<Action.Remind>> together : shared.groups()) {
                tell(together, plan.hash(), surveyed, listener, unused);
            }
        } finally {
            // Also where the run is interrupted: what it did not come to takes no place from the next one.
            caps.release(Wishes.of(unused, activeKeys), claimed);
        }
        // Last, since what owners are told now the boards hear as well.
        abreast(
                surveyed,
                unheard.accounts()::contains,
                account -> retell(account, plan.hash(), unheard.only(), listener));
        return Optional.empty();
    }

    /** Works on those accounts beside each other. */
    private static void abreast(Collection<AccountPlan> surveyed, Predicate<AccountId> which, Consumer<Account> work)
            throws InterruptedException {
        List<Account> chosen = surveyed.stream()
                .map(AccountPlan::account)
                .filter(account -> which.test(account.id()))
                .toList();
        if (chosen.size() > 1) {
            abreast(chosen, work);
        } else if (!chosen.isEmpty()) {
            // One needs no thread of its own.
            work.accept(chosen.getFirst());
        }
        // An interruption while the last ones end is kept until here.
        if (Thread.interrupted()) {
            throw new InterruptedException("the run was interrupted");
        }
    }

    private static void abreast(List<Account> accounts, Consumer<Account> work) throws InterruptedException {
        Semaphore turns = new Semaphore(AT_ONCE);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                for (Account account : accounts) {
                    turns.acquire();
                    threads.execute(() -> {
                        try {
                            work.accept(account);
                        } finally {
                            turns.release();
                        }
                    });
                }
            } catch (InterruptedException e) {
                threads.shutdownNow();
                throw e;
            }
        }
    }

    /** Tells an account's boards what they did not take before. */
    private void retell(Account account, String hash, Predicate<Action> only, Listener listener) {
        try {
            switch (session.retell(account, accounts.open(account), hash, only)) {
                case AccountSession.End.Whole(List<String> doubts) ->
                    doubts.forEach(doubt -> trouble(account, doubt, listener));
                case AccountSession.End.Busy busy -> {
                    // Whoever works there tells them, or the next run does.
                }
            }
        } catch (ReadFailure e) {
            trouble(account, e.problem().sentence(), listener);
        } catch (StoreFailure e) {
            trouble(account, e.problem().sentence(), listener);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException unforeseen) {
            trouble(account, internal(account, unforeseen), listener);
        }
    }

    private static String internal(Account account, RuntimeException unforeseen) {
        return new Problem(
                        "work", account.name(), "an internal error: " + unforeseen, "please report it with this line")
                .sentence();
    }

    /** Tells owners who have keys in several of these accounts. */
    private void tell(
            Map<AccountId, List<Action.Remind>> together,
            String hash,
            Collection<AccountPlan> surveyed,
            Listener listener,
            List<Action> unused)
            throws InterruptedException {
        List<AccountSession.Part> parts = new ArrayList<>();
        Map<Account, List<Action>> left = new LinkedHashMap<>();
        for (AccountPlan plan : surveyed) {
            Account account = plan.account();
            List<Action.Remind> reminders = together.get(account.id());
            if (reminders == null) {
                continue;
            }
            try {
                parts.add(new AccountSession.Part(account, accounts.open(account), reminders));
                left.put(account, new ArrayList<>(reminders));
            } catch (ReadFailure e) {
                abandon(account, List.copyOf(reminders), Set.of(), e.problem().sentence(), listener, unused);
            }
        }
        try {
            session.tell(
                    parts,
                    hash,
                    new Teller.Listener() {
                        private final Set<String> told = new HashSet<>();

                        @Override
                        public void ended(Account account, Outcome outcome) {
                            PlanApplier.ended(
                                    account, outcome, left.getOrDefault(account, new ArrayList<>()), listener, unused);
                        }

                        @Override
                        public void untold(Account account, Problem problem) {
                            if (told.add(account.id() + problem.sentence())) {
                                trouble(account, problem.sentence(), listener);
                            }
                        }
                    },
                    new AccountSession.Hindrance() {
                        @Override
                        public void notHeld(AccountSession.Part part, String why) {
                            left.remove(part.account());
                            abandon(part.account(), List.copyOf(part.reminders()), Set.of(), why, listener, unused);
                        }

                        @Override
                        public void doubted(AccountSession.Part part, List<String> doubts) {
                            doubts.forEach(doubt -> trouble(part.account(), doubt, listener));
                        }
                    });
        } catch (StoreFailure e) {
            left.forEach((account, some) -> {
                if (!some.isEmpty()) {
                    abandon(account, some, some, e.problem().sentence(), listener, unused);
                }
            });
        }
    }

    private static void ended(
            Account account, Outcome outcome, List<Action> left, Listener listener, List<Action> unused) {
        synchronized (listener) {
            left.stream().filter(outcome::isOf).findFirst().ifPresent(left::remove);
            if (cameToNothing(outcome)) {
                unused.add(outcome.action());
            }
            listener.ended(account, outcome);
        }
    }

    private void visit(Account account, List<Action> actions, String hash, Listener listener, List<Action> unused) {
        List<Action> left = new ArrayList<>(actions);
        // What was begun and not seen to end may have had its effect, so its place stays taken.
        Set<Action> begun = Collections.newSetFromMap(new IdentityHashMap<>());
        try {
            AccountSession.End end =
                    session.act(account, accounts.open(account), actions, hash, new AccountApplier.Listener() {
                        @Override
                        public void begins(Action action) {
                            begun.add(action);
                        }

                        @Override
                        public void ended(Outcome outcome) {
                            PlanApplier.ended(account, outcome, left, listener, unused);
                        }
                    });
            switch (end) {
                case AccountSession.End.Whole(List<String> doubts) ->
                    doubts.forEach(doubt -> trouble(account, doubt, listener));
                case AccountSession.End.Busy(var held) ->
                    abandon(
                            account,
                            left,
                            begun,
                            "another worker, " + held.by() + ", changes this account until " + held.until(),
                            listener,
                            unused);
            }
        } catch (ReadFailure e) {
            abandon(account, left, begun, e.problem().sentence(), listener, unused);
        } catch (StoreFailure e) {
            abandon(account, left, begun, e.problem().sentence(), listener, unused);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            abandon(account, left, begun, "the run was interrupted", listener, unused);
        } catch (RuntimeException unforeseen) {
            // A fault of ours in one account must not hold up the others, nor pass unseen.
            abandon(account, left, begun, internal(account, unforeseen), listener, unused);
        }
    }

    private static boolean cameToNothing(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done done -> false;
            case Outcome.InDoubt doubt -> false;
            case Outcome.Failed failed -> true;
            case Outcome.Skipped skipped -> true;
            case Outcome.NotTried not -> true;
        };
    }

    /** @param begun those that may have had their effect, so that their places stay taken */
    private static void abandon(
            Account account,
            List<Action> left,
            Collection<? extends Action> begun,
            String why,
            Listener listener,
            List<Action> unused) {
        synchronized (listener) {
            left.stream().filter(action -> !begun.contains(action)).forEach(unused::add);
            left.forEach(action -> listener.ended(account, new Outcome.NotTried(action, why)));
            listener.troubled(account, why);
        }
    }

    private static void trouble(Account account, String sentence, Listener listener) {
        synchronized (listener) {
            listener.troubled(account, sentence);
        }
    }
}
