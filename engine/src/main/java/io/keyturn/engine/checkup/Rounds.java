package io.keyturn.engine.checkup;

import io.keyturn.core.model.Account;
import io.keyturn.core.model.Problem;
import io.keyturn.engine.port.AccountEntry;
import io.keyturn.engine.port.Accounts;
import io.keyturn.engine.port.Meter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Goes to every account, many at a time, and tries what a run will ask of it. */
public final class Rounds {
    /** Accounts that are tried at the same time. */
    private static final int AT_ONCE = 32;

    /** AWS's sentence, with the action that it denied. */
    private static final Pattern DENIED = Pattern.compile("not authorized to perform: ([a-z-]+:[A-Za-z]+)");

    private final AccountProbe probe;
    private final Function<Account, Demands> demands;
    private final Meter meter;
    private final List<AccountCheckup> accounts = new ArrayList<>();
    private final List<Checkup.LeftOut> leftOut = new ArrayList<>();
    private final Set<String> labels = new TreeSet<>();

    public Rounds(AccountProbe probe, Function<Account, Demands> demands, Meter meter) {
        this.probe = probe;
        this.demands = demands;
        this.meter = meter;
    }

    /** Goes to all accounts that pass {@code taken}. */
    public void go(Accounts all, Predicate<AccountEntry> taken) throws InterruptedException {
        Semaphore room = new Semaphore(AT_ONCE);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                all.each(entry -> {
                    labels.add(entry.label());
                    if (taken.test(entry)) {
                        meter.accountsSeen.increment();
                        threads.execute(() -> visit(entry, room));
                    }
                });
            } catch (InterruptedException e) {
                threads.shutdownNow();
                throw e;
            }
        }
        if (Thread.interrupted()) {
            throw new InterruptedException("the checkup was cancelled");
        }
    }

    private void visit(AccountEntry entry, Semaphore room) {
        try {
            room.acquire();
            try {
                switch (entry) {
                    case AccountEntry.Readable readable -> add(tried(readable));
                    case AccountEntry.Unreachable(String label, String id, Problem problem) ->
                        add(new AccountCheckup(id, label, null, List.of(out(problem))));
                    case AccountEntry.Skipped(String label, String id, String why) ->
                        add(new Checkup.LeftOut(id, label, why));
                }
            } finally {
                room.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        meter.accounts.increment();
    }

    private AccountCheckup tried(AccountEntry.Readable account) throws InterruptedException {
        try {
            return probe.probe(account, demands);
        } catch (RuntimeException unforeseen) {
            // A fault of ours in one account must not hide the others, nor pass as clean.
            Check fault = Check.unknown(null, "everything", "an internal error: " + unforeseen + "; please report it");
            return new AccountCheckup(account.id(), account.label(), null, List.of(fault));
        }
    }

    private static Check out(Problem problem) {
        String advice = problem.advice().isEmpty() ? "" : "; " + problem.advice();
        String said = problem.why() + advice;
        Matcher denied = DENIED.matcher(said);
        return denied.find()
                ? Check.fails(Role.READ, problem.tried(), said).lacking(denied.group(1))
                : Check.fails(null, problem.tried(), said);
    }

    private synchronized void add(AccountCheckup account) {
        accounts.add(account);
    }

    private synchronized void add(Checkup.LeftOut account) {
        leftOut.add(account);
    }

    /** What was tried, account by account. */
    public synchronized List<AccountCheckup> accounts() {
        return List.copyOf(accounts);
    }

    /** What is left out on purpose. */
    public synchronized List<Checkup.LeftOut> leftOut() {
        return List.copyOf(leftOut);
    }

    /** How people know the accounts there are, whether they were taken or not. */
    public Set<String> labels() {
        return Set.copyOf(labels);
    }
}
