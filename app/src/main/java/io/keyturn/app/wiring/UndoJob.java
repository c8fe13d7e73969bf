package io.keyturn.app.wiring;

import io.keyturn.adapters.aws.AwsAccounts;
import io.keyturn.adapters.store.SqliteKeyIds;
import io.keyturn.app.config.Settings;
import io.keyturn.core.assess.Assessor;
import io.keyturn.core.assess.Compromise;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Needs;
import io.keyturn.core.model.Partition;
import io.keyturn.core.plan.History;
import io.keyturn.core.plan.Planner;
import io.keyturn.engine.apply.Abreast;
import io.keyturn.engine.apply.AccountSession;
import io.keyturn.engine.apply.StopFlag;
import io.keyturn.engine.apply.Tools;
import io.keyturn.engine.apply.Undo;
import io.keyturn.engine.apply.Weather;
import io.keyturn.engine.decide.Decisions;
import io.keyturn.engine.decide.Refused;
import io.keyturn.engine.journal.AccountJournal;
import io.keyturn.engine.journal.AccountPast;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.journal.Leases;
import io.keyturn.engine.journal.Streams;
import io.keyturn.engine.port.AccountEntry;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.Meter;
import io.keyturn.engine.port.ReadFailure;
import io.keyturn.engine.port.StoreFailure;
import io.keyturn.engine.tell.Silence;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Switches keys on again, in every account in which the journal says that some were switched off. */
public final class UndoJob {
    private final Settings settings;
    private final Map<String, String> environment;
    private final InstantSource clock;

    public UndoJob(Settings settings, Map<String, String> environment, InstantSource clock) {
        this.settings = settings;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
    }

    /** Told of what happens. */
    public interface Desk extends Undo.Listener {
        /** An account could not be reached, is another worker's, or still has a doubt. */
        void troubled(String account, String sentence);
    }

    /**
     * Undoes the deactivations that {@code wanted} picks, also those that may have taken effect after they were given up; how
     * many there were to undo of which it is known that they were done.
     */
    public int run(Predicate<Entry.Outcome> wanted, Desk desk) throws StoreFailure, InterruptedException {
        try (JournalStore store = Stores.open(settings, environment)) {
            Map<AccountId, Integer> candidates = candidates(store, wanted);
            if (!candidates.isEmpty()) {
                undo(store, candidates, wanted, desk);
            }
            return candidates.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    /**
     * A key that Keyturn switched off and did not switch on again, by the journal alone: AWS is not asked.
     *
     * @param certain whether it is known that this took effect
     * @param compromised whether the key was declared compromised, which undoing must name
     */
    public record Off(Entry.Outcome deactivation, boolean certain, boolean compromised) {}

    /** What could be undone, newest first. */
    public List<Off> open() throws StoreFailure {
        Optional<JournalStore> there = Stores.openIfThere(settings, environment);
        if (there.isEmpty()) {
            return List.of();
        }
        List<Off> open = new ArrayList<>();
        try (JournalStore store = there.get()) {
            for (AccountPast past : pasts(store).values()) {
                past.deactivated().forEach(one -> open.add(new Off(one, true, isCompromised(past, one))));
                past.perhapsDeactivated().forEach(one -> open.add(new Off(one, false, isCompromised(past, one))));
            }
        }
        open.sort(Comparator.comparing((Off one) -> one.deactivation().stamp().at())
                .reversed());
        return open;
    }

    private static boolean isCompromised(AccountPast past, Entry.Outcome deactivation) {
        KeyId key = deactivation.target().key();
        return key != null && past.compromise(key) != null;
    }

    /** Who undoes. */
    public String who() throws InterruptedException {
        return Identity.here(settings, environment, clock).name();
    }

    /** Writes down that a compromise is over, of keys that {@code wanted} picks; whether it is that of any of them. */
    public boolean withdraw(Predicate<Entry.Outcome> wanted, String compromise, String by, String why)
            throws StoreFailure, Refused {
        boolean any = false;
        try (JournalStore store = Stores.open(settings, environment)) {
            for (AccountPast past : pasts(store).values()) {
                for (Entry.Outcome deactivation : past.deactivated()) {
                    KeyId key = deactivation.target().key();
                    Compromise said = key == null ? null : past.compromise(key);
                    if (said != null && said.id().equals(compromise) && wanted.test(deactivation)) {
                        new Decisions(store, clock, RunName.of(clock.instant())::next, "command line")
                                .withdraw(deactivation.target(), compromise, by, why);
                        any = true;
                    }
                }
            }
        }
        return any;
    }

    private static Map<AccountId, AccountPast> pasts(JournalStore store) throws StoreFailure {
        Map<AccountId, AccountPast> pasts = new TreeMap<>();
        for (String stream : store.streams()) {
            if (!stream.equals(Streams.ORGANIZATION)) {
                AccountPast past = new AccountPast(Set.of());
                AccountJournal.open(store, stream, past);
                pasts.put(new AccountId(stream), past);
            }
        }
        return pasts;
    }

    private Map<AccountId, Integer> candidates(JournalStore store, Predicate<Entry.Outcome> wanted)
            throws StoreFailure {
        Map<AccountId, Integer> candidates = new TreeMap<>();
        pasts(store).forEach((account, past) -> {
            int count = (int) past.deactivated().stream().filter(wanted).count();
            if (count > 0 || past.perhapsDeactivated().stream().anyMatch(wanted)) {
                candidates.put(account, count);
            }
        });
        return candidates;
    }

    private void undo(
            JournalStore store, Map<AccountId, Integer> candidates, Predicate<Entry.Outcome> wanted, Desk desk)
            throws StoreFailure, InterruptedException {
        RunName name = RunName.of(clock.instant());
        try (SqliteKeyIds keyIds = SqliteKeyIds.in(settings.keyIds());
                AwsAccounts accounts =
                        new AwsAccounts(Surveys.awsSettings(settings, environment, name), keyIds, new Meter(), clock);
                Sinks sinks = new Sinks(accounts, environment, clock)) {
            Tools tools = new Tools(
                    new Assessor(settings.rules()),
                    new Planner(settings.rules(), History.NONE),
                    new Needs(Surveys.needs(settings).facts(), Needs.Identify.ALL),
                    // It must work when mail, chat and secrets do not, and tells nobody.
                    new Silence(),
                    sinks,
                    new Leases(store, clock, name.worker()),
                    new StopFlag(store),
                    clock,
                    name::next,
                    time -> Thread.sleep(time),
                    new Abreast(16),
                    new Weather(),
                    name.run(),
                    name.worker());
            Undo undo = new Undo(
                    tools,
                    new AccountSession(
                            tools, store, Voice.enough(settings.acting().channels())));
            for (AccountEntry entry : reachable(accounts, candidates.keySet(), desk)) {
                visit(undo, accounts, entry, wanted, desk);
            }
        }
    }

    /** The accounts that there is something to undo in; those that cannot be reached are told. */
    private static List<AccountEntry> reachable(AwsAccounts accounts, Set<AccountId> wanted, Desk desk)
            throws InterruptedException {
        Map<String, AccountEntry> found = new TreeMap<>();
        accounts.each(entry -> {
            switch (entry) {
                case AccountEntry.Readable readable -> found.put(readable.id(), readable);
                case AccountEntry.Skipped skipped -> found.putIfAbsent(skipped.id(), skipped);
                case AccountEntry.Unreachable unreachable -> found.putIfAbsent(unreachable.id(), unreachable);
            }
        });
        List<AccountEntry> reachable = new ArrayList<>();
        for (AccountId account : wanted) {
            switch (found.get(account.value())) {
                case AccountEntry.Readable readable -> reachable.add(readable);
                case AccountEntry.Skipped skipped -> desk.troubled(skipped.label(), "left out: " + skipped.why());
                case AccountEntry.Unreachable(String label, String id, var problem) ->
                    desk.troubled(label, problem.sentence());
                case null -> desk.troubled(account.value(), "it is not among the accounts of the configuration");
            }
        }
        return reachable;
    }

    private static void visit(
            Undo undo, AwsAccounts accounts, AccountEntry entry, Predicate<Entry.Outcome> wanted, Desk desk)
            throws StoreFailure, InterruptedException {
        if (!(entry instanceof AccountEntry.Readable(String label, String id, var reader))) {
            return;
        }
        Account account = new Account(new AccountId(id), label, Partition.AWS, Fact.notRead(), Fact.notRead(), false);
        try {
            switch (undo.undo(account, accounts.open(account), wanted, desk)) {
                case AccountSession.End.Whole(List<String> doubts) ->
                    doubts.forEach(doubt -> desk.troubled(label, doubt));
                case AccountSession.End.Busy(var held) ->
                    desk.troubled(
                            label, "another worker, " + held.by() + ", changes this account until " + held.until());
            }
        } catch (ReadFailure e) {
            desk.troubled(label, e.problem().sentence());
        }
    }
}
