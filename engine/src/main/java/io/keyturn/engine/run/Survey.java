package io.keyturn.engine.run;

import io.keyturn.core.assess.Assessor;
import io.keyturn.core.assess.FailedConditions;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Needs;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.Problem;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.UserId;
import io.keyturn.core.plan.AccountPlan;
import io.keyturn.core.plan.History;
import io.keyturn.core.plan.Planner;
import io.keyturn.engine.port.AccountEntry;
import io.keyturn.engine.port.AccountReading;
import io.keyturn.engine.port.Accounts;
import io.keyturn.engine.port.Held;
import io.keyturn.engine.port.Memory;
import io.keyturn.engine.port.Meter;
import io.keyturn.engine.port.ReadFailure;
import io.keyturn.engine.port.StoreFailure;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads every account, judges and plans it, and hands it over: the way from accounts to findings that each door walks.
 * All reports are started first; then as many accounts are held in memory at a time as there is {@link Room} for, each
 * dropped once it was handed over.
 */
public final class Survey {
    private final Accounts accounts;
    private final Assessor assessor;
    private final Planner planner;
    private final Needs needs;
    private final InstantSource clock;
    private final Meter meter;
    private final Memory memory;
    private final OwnerSearch owners;

    /** A survey of accounts that nothing is remembered of. */
    public Survey(
            Accounts accounts, Assessor assessor, Planner planner, Needs needs, InstantSource clock, Meter meter) {
        this(accounts, assessor, planner, needs, clock, meter, Memory.NONE);
    }

    public Survey(
            Accounts accounts,
            Assessor assessor,
            Planner planner,
            Needs needs,
            InstantSource clock,
            Meter meter,
            Memory memory) {
        this(accounts, assessor, planner, needs, clock, meter, memory, OwnerSearch.NONE);
    }

    /** @param owners where the assessor has its clues from */
    public Survey(
            Accounts accounts,
            Assessor assessor,
            Planner planner,
            Needs needs,
            InstantSource clock,
            Meter meter,
            Memory memory,
            OwnerSearch owners) {
        this.owners = owners;
        this.memory = memory;
        this.accounts = accounts;
        this.assessor = assessor;
        this.planner = planner;
        this.needs = needs;
        this.clock = clock;
        this.meter = meter;
    }

    /**
     * Hands each account to {@code sink}, as they end, one at a time.
     *
     * @throws InterruptedException where the run is cancelled; what was handed over stays true
     */
    public void run(Consumer<AccountOutcome> sink) throws InterruptedException {
        Room room = Room.ofHeap();
        Consumer<AccountOutcome> done = outcome -> {
            synchronized (sink) {
                sink.accept(outcome);
            }
            meter.accounts.increment();
        };
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Starts starts = new Starts(threads);
            try {
                accounts.each(entry -> {
                    meter.accountsSeen.increment();
                    switch (entry) {
                        case AccountEntry.Readable readable -> starts.start(() -> readInto(readable, room, done));
                        case AccountEntry.Skipped(String label, String id, String why) ->
                            done.accept(new AccountOutcome.Skipped(label, id, why));
                        case AccountEntry.Unreachable(String label, String id, Problem problem) ->
                            done.accept(new AccountOutcome.Failed(label, id, problem));
                    }
                });
            } catch (InterruptedException e) {
                threads.shutdownNow();
                throw e;
            }
            starts.end();
        }
        if (Thread.interrupted()) {
            throw new InterruptedException("the run was cancelled");
        }
    }

    /** Starts each account in a thread of its own; one that is alone needs none. */
    private static final class Starts {
        private final Executor threads;
        private @Nullable Runnable first;
        private boolean several;

        Starts(Executor threads) {
            this.threads = threads;
        }

        synchronized void start(Runnable work) {
            if (first == null && !several) {
                first = work;
                return;
            }
            several = true;
            end(threads);
            threads.execute(work);
        }

        /** No more come. */
        synchronized void end() {
            end(Runnable::run);
        }

        private void end(Executor where) {
            Runnable waiting = first;
            first = null;
            if (waiting != null) {
                where.execute(waiting);
            }
        }
    }

    private void readInto(AccountEntry.Readable account, Room room, Consumer<AccountOutcome> done) {
        String label = account.label();
        try {
            AccountReading reading = account.reader().begin(needs);
            reading.awaitReady();
            try (Room.Place place = room.enter()) {
                done.accept(survey(reading, place));
            }
        } catch (ReadFailure failure) {
            done.accept(new AccountOutcome.Failed(label, account.id(), failure.problem()));
        } catch (StoreFailure failure) {
            done.accept(new AccountOutcome.Failed(label, account.id(), failure.problem()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (OutOfMemoryError full) {
            Problem problem =
                    new Problem("read the keys", label, "this process ran out of memory", ReadFailure.MORE_MEMORY);
            done.accept(new AccountOutcome.Failed(label, account.id(), problem));
        } catch (RuntimeException | Error unforeseen) {
            // A fault of ours in one account must not hide the others, nor pass as clean.
            Problem problem = new Problem(
                    "read the keys", label, "an internal error: " + unforeseen, "please report it with this line");
            done.accept(new AccountOutcome.Failed(label, account.id(), problem));
        }
    }

    private AccountOutcome survey(AccountReading reading, Held held)
            throws ReadFailure, StoreFailure, InterruptedException {
        Snapshot snapshot = reading.read(held);
        memory.seen(snapshot);
        AccountId account = snapshot.account().id();
        History past = memory.of(account);
        try {
            return judged(reading, snapshot, past);
        } finally {
            memory.done(account);
        }
    }

    private AccountOutcome judged(AccountReading reading, Snapshot read, History past)
            throws ReadFailure, InterruptedException {
        Snapshot snapshot = read;
        Instant now = clock.instant();
        List<Finding> findings = assessor.assess(snapshot, past, now);
        Set<UserId> users = toIdentify(findings, past);
        if (!users.isEmpty()) {
            snapshot = reading.identify(snapshot, users);
            findings = assessor.assess(snapshot, past, now);
        }
        if (owners.asks(findings)) {
            snapshot = owners.of(findings, snapshot, now);
            findings = assessor.assess(snapshot, past, now);
        }
        AccountPlan plan = planner.remembering(past)
                .plan(snapshot.account(), findings, snapshot.reading().complete(), now);
        // The plan is made before: one user on whom a rule fails holds up nobody else's keys.
        Snapshot judged =
                FailedConditions.among(findings).map(snapshot::lacking).orElse(snapshot);
        return new AccountOutcome.Surveyed(judged, findings, plan);
    }

    private Set<UserId> toIdentify(List<Finding> findings, History past) {
        Set<UserId> users = new HashSet<>();
        if (needs.identify() == Needs.Identify.NONE) {
            return users;
        }
        for (Finding finding : findings) {
            // What is remembered of a key is remembered by its ID; a key that may be deleted has a past.
            boolean wanted = needs.identify() == Needs.Identify.ALL
                    || finding.standing().needsAttention()
                    || (memory != Memory.NONE && planner.mayDelete(finding));
            if (finding.credential().keyId() == null
                    && finding.credential().principal() instanceof Principal.OfUser user
                    && ((wanted && finding.credential().created() != null) || past.concern(user.id()))) {
                users.add(user.id());
            }
        }
        return users;
    }
}
