package io.keyturn.engine.run;

import io.keyturn.core.explain.Sought;
import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.FactName;
import io.keyturn.core.model.Needs;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.User;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.engine.port.AccountEntry;
import io.keyturn.engine.port.AccountReading;
import io.keyturn.engine.port.Accounts;
import io.keyturn.engine.port.Meter;
import io.keyturn.engine.port.ReadFailure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Finds one user or key in any of the accounts. A name is asked for directly in each; only for the end of a key ID, or
 * where no account knows the name, are whole accounts read.
 */
public final class Lookup {
    private static final Needs NAMES = new Needs(Set.of(FactName.KEYS), Needs.Identify.ALL);

    private final Accounts accounts;
    private final Needs needs;
    private final Meter meter;
    private final Semaphore asked = new Semaphore(Room.OPEN_ACCOUNTS);
    private final Room room = Room.ofHeap();
    private final List<Snapshot> found = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final Set<String> names = new TreeSet<>();
    private final Set<String> labels = new TreeSet<>();

    /** @param needs what must be known of whoever is found */
    public Lookup(Accounts accounts, Needs needs, Meter meter) {
        this.accounts = accounts;
        this.needs = needs;
        this.meter = meter;
    }

    /**
     * What was found.
     *
     * @param found the accounts with those users alone, in order
     * @param names of all users, where nobody was found by that name
     * @param accounts how people know the accounts there are
     * @param failures a sentence for each account that could not be asked
     */
    public record Result(List<Snapshot> found, Set<String> names, Set<String> accounts, List<String> failures) {
        public Result {
            found = List.copyOf(found);
            names = Set.copyOf(names);
            accounts = Set.copyOf(accounts);
            failures = List.copyOf(failures);
        }
    }

    /** A way to ask one account. */
    private interface Ask {
        void of(AccountEntry.Readable account) throws ReadFailure, InterruptedException;
    }

    /** Looks in the accounts that pass {@code asked}. */
    public Result find(Sought sought, Predicate<AccountEntry> asked) throws InterruptedException {
        List<AccountEntry.Readable> readable = new ArrayList<>();
        accounts.each(entry -> {
            synchronized (this) {
                labels.add(entry.label());
            }
            if (asked.test(entry)) {
                sort(entry, readable);
            }
        });
        UserName user = sought.user();
        if (user != null) {
            each(readable, account -> account.reader().only(user, needs).ifPresent(this::add));
        }
        if (found.isEmpty()) {
            each(readable, account -> search(account, sought));
        }
        found.sort(Comparator.comparing((Snapshot s) -> s.account().name())
                .thenComparing(s -> s.account().id())
                .thenComparing(s -> s.users().getFirst().name()));
        return new Result(found, names, labels, failures);
    }

    private void sort(AccountEntry entry, List<AccountEntry.Readable> readable) {
        meter.accountsSeen.increment();
        switch (entry) {
            case AccountEntry.Readable account -> readable.add(account);
            case AccountEntry.Skipped skipped -> meter.accounts.increment();
            case AccountEntry.Unreachable unreachable ->
                fail(unreachable.problem().sentence());
        }
    }

    private void search(AccountEntry.Readable account, Sought sought) throws ReadFailure, InterruptedException {
        AccountReading reading = account.reader().begin(NAMES);
        reading.awaitReady();
        try (Room.Place place = room.enter()) {
            search(account, sought, reading, reading.read(place));
        }
    }

    private void search(AccountEntry.Readable account, Sought sought, AccountReading reading, Snapshot whole)
            throws ReadFailure, InterruptedException {
        synchronized (this) {
            whole.users().forEach(user -> names.add(user.name().value()));
        }
        if (sought.key() == null && !sought.lastFour()) {
            return;
        }
        Set<UserId> holders = new HashSet<>();
        whole.users().stream()
                .filter(user -> !user.keys().orElse(List.of()).isEmpty())
                .forEach(user -> holders.add(user.id()));
        for (User user : reading.identify(whole, holders).users()) {
            for (AccessKey key : user.keys().orElse(List.of())) {
                if (key.id() != null && sought.isKey(key.id())) {
                    account.reader().only(user.name(), needs).ifPresent(this::add);
                }
            }
        }
    }

    private synchronized void add(Snapshot snapshot) {
        found.add(snapshot);
    }

    private synchronized void fail(String sentence) {
        failures.add(sentence);
        meter.accounts.increment();
    }

    private void each(List<AccountEntry.Readable> readable, Ask ask) throws InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (AccountEntry.Readable account : readable) {
                threads.execute(() -> ask(account, ask));
            }
            threads.shutdown();
            try {
                threads.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                threads.shutdownNow();
                throw e;
            }
        }
    }

    private void ask(AccountEntry.Readable account, Ask ask) {
        try {
            asked.acquire();
            try {
                ask.of(account);
                meter.accounts.increment();
            } finally {
                asked.release();
            }
        } catch (ReadFailure failure) {
            fail(failure.problem().sentence());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException unforeseen) {
            fail("could not look into " + account.label() + ": an internal error: " + unforeseen);
        }
    }
}
