package io.keyturn.app.wiring;

import io.keyturn.adapters.aws.AwsAccounts;
import io.keyturn.adapters.aws.AwsSettings;
import io.keyturn.adapters.store.SqliteKeyIds;
import io.keyturn.app.config.Settings;
import io.keyturn.core.assess.Assessor;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.FactName;
import io.keyturn.core.model.Needs;
import io.keyturn.core.plan.History;
import io.keyturn.core.plan.Planner;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.report.StageReport;
import io.keyturn.core.report.StageRow;
import io.keyturn.engine.port.AccountEntry;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.KeyIdMemory;
import io.keyturn.engine.port.Meter;
import io.keyturn.engine.port.StoreFailure;
import io.keyturn.engine.run.AccountOutcome;
import io.keyturn.engine.run.OwnerSearch;
import io.keyturn.engine.run.Survey;
import io.keyturn.engine.run.Watching;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Finds out which stage every place is at, and what its next stage would be like. */
public final class StagesJob {
    private final Settings configured;
    private final Map<String, String> environment;
    private final InstantSource clock;
    private final Meter meter = new Meter();

    public StagesJob(Settings configured, Map<String, String> environment, InstantSource clock) {
        this.configured = configured;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
    }

    /** Counts while it runs. */
    public Meter meter() {
        return meter;
    }

    /**
     * What it came to.
     *
     * @param labels how people know the accounts there are
     * @param none whether there are accounts, and none of them was taken
     */
    public record Result(StageReport report, Set<String> labels, boolean none) {
        public Result {
            labels = Set.copyOf(labels);
        }
    }

    /** Reads the accounts that are taken. */
    public Result run(Predicate<AccountEntry> taken) throws StoreFailure, InterruptedException {
        Optional<JournalStore> journal = Stores.openIfThere(configured, environment);
        try {
            return run(Lowered.by(journal, configured), journal, taken);
        } finally {
            journal.ifPresent(JournalStore::close);
        }
    }

    private Result run(Settings settings, Optional<JournalStore> journal, Predicate<AccountEntry> taken)
            throws InterruptedException {
        Needs needs = units(Surveys.needs(settings));
        Pasts pasts = new Pasts(journal, Voice.enough(settings.acting().channels()));
        List<StageRow> rows = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        try (SqliteKeyIds keyIds = SqliteKeyIds.in(settings.keyIds());
                Keeping.Uses uses = Seen.of(settings, journal);
                AwsAccounts accounts = accounts(settings, keyIds)) {
            ChosenAccounts some = new ChosenAccounts(accounts, taken);
            OwnerSearch owners = new OwnerSearch(settings.rules(), accounts.witness());
            Assessor assessor = new Assessor(settings.rules(), new Watching(uses.memory()), owners);
            Planner planner = new Planner(settings.rules(), History.NONE);
            new Survey(some, assessor, planner, needs, clock, meter, pasts, owners).run(outcome -> {
                switch (outcome) {
                    case AccountOutcome.Surveyed found -> add(rows, row(settings.rules(), pasts, found));
                    case AccountOutcome.Skipped skipped -> {
                        // It is left out on purpose, and has no stage.
                    }
                    case AccountOutcome.Failed failed ->
                        failures.add(failed.problem().sentence());
                }
            });
            rows.sort(Comparator.comparing(StageRow::place).thenComparing(StageRow::stage));
            boolean channel = settings.acting().channels().email() != null;
            return new Result(new StageReport(rows, channel, pasts.undone(), failures), some.labels(), some.none());
        }
    }

    private StageRow row(Rules rules, Pasts pasts, AccountOutcome.Surveyed found) {
        History past = pasts.taken(found.snapshot().account().id());
        return StageRow.of(rules, past, found.snapshot(), found.findings(), clock.instant());
    }

    private static void add(List<StageRow> rows, StageRow row) {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).joins(row)) {
                rows.set(i, rows.get(i).plus(row));
                return;
            }
        }
        rows.add(row);
    }

    /** Every account's name, number and unit, as far as they are known, without reading any. */
    public List<Place> places() throws InterruptedException {
        List<Place> places = new ArrayList<>();
        try (AwsAccounts accounts = accounts(configured, KeyIdMemory.NONE)) {
            accounts.each(entry -> {
                Fact<String> unit = entry instanceof AccountEntry.Readable readable
                        ? readable.reader().unit()
                        : Fact.notRead();
                places.add(new Place(entry.label(), entry.id(), unit.orElse("")));
            });
        }
        return places;
    }

    /**
     * Where an account is.
     *
     * @param unit path of its organizational unit; empty where that is not known, or the root
     */
    public record Place(String label, String id, String unit) {}

    private AwsAccounts accounts(Settings settings, KeyIdMemory keyIds) {
        AwsSettings aws = Surveys.awsSettings(settings, environment, RunName.of(clock.instant()), true);
        return new AwsAccounts(aws, keyIds, meter, clock);
    }

    private static Needs units(Needs needs) {
        Set<FactName> facts = EnumSet.copyOf(needs.facts());
        facts.add(FactName.ACCOUNT_OU);
        return new Needs(facts, needs.identify());
    }
}
