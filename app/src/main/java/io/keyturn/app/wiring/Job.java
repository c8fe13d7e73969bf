package io.keyturn.app.wiring;

import io.keyturn.adapters.aws.AwsAccounts;
import io.keyturn.adapters.store.SqliteKeyIds;
import io.keyturn.app.config.Settings;
import io.keyturn.app.render.Renderer;
import io.keyturn.core.assess.Assessor;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.Standing;
import io.keyturn.core.plan.AccountPlan;
import io.keyturn.core.plan.History;
import io.keyturn.core.plan.Plan;
import io.keyturn.core.plan.Planner;
import io.keyturn.core.plan.Usage;
import io.keyturn.engine.apply.CapLedger;
import io.keyturn.engine.journal.JournalMemory;
import io.keyturn.engine.port.AccountEntry;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.Memory;
import io.keyturn.engine.port.Meter;
import io.keyturn.engine.port.RawReports;
import io.keyturn.engine.port.StoreFailure;
import io.keyturn.engine.run.OwnerSearch;
import io.keyturn.engine.run.Watching;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One run: accounts, reading, judgement and plan put together, and their result handed to a renderer. */
public final class Job {
    private final Settings configured;
    private final Map<String, String> environment;
    private final InstantSource clock;
    private final RawReports reports;
    private final Meter meter = new Meter();
    private final TimeLimit limit;
    private boolean uses;
    private @Nullable String by;

    public Job(Settings configured, Map<String, String> environment, InstantSource clock) {
        this(configured, environment, clock, TimeLimit.NONE);
    }

    /** @param limit how long it may take */
    public Job(Settings configured, Map<String, String> environment, InstantSource clock, TimeLimit limit) {
        this(configured, environment, clock, limit, RawReports.NONE);
    }

    /** The same with the credential reports kept as they come. */
    Job(
            Settings configured,
            Map<String, String> environment,
            InstantSource clock,
            TimeLimit limit,
            RawReports reports) {
        this.limit = limit;
        this.configured = limit.within(configured);
        this.reports = reports;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
    }

    /** Looks up where keys are used from too, where the configuration asks for that: it takes a call a key. */
    public Job withUses() {
        uses = true;
        return this;
    }

    /** Somebody began it by hand on a server's pages: it is recorded with the run. */
    Job begunBy(@Nullable String person) {
        by = person;
        return this;
    }

    /** Counts while the run runs. */
    public Meter meter() {
        return meter;
    }

    /**
     * What a run came to.
     *
     * @param complete whether everything was read
     * @param counts findings that were shown, by standing
     * @param warning something a person should know of the store
     * @param labels how people know the accounts there are
     * @param none whether there are accounts, and none of them was taken: then nothing was shown
     * @param plan what would be done today
     * @param accounts those that were read
     * @param restrained why some of the plan would not be carried out now, a sentence each
     */
    public record Result(
            boolean complete,
            Map<Standing, Integer> counts,
            Optional<String> warning,
            Set<String> labels,
            boolean none,
            Plan plan,
            List<Account> accounts,
            List<String> restrained) {
        public Result {
            accounts = List.copyOf(accounts);
            restrained = List.copyOf(restrained);
        }
    }

    /**
     * Runs.
     *
     * @param taken which accounts are read
     * @param view which findings are shown; all are judged
     * @param planAsked whether the plan is part of what is shown
     */
    public Result run(Renderer renderer, Predicate<AccountEntry> taken, Predicate<Finding> view, boolean planAsked)
            throws StoreFailure, InterruptedException {
        Optional<JournalStore> journal = Stores.openIfThere(configured, environment);
        try {
            return run(Lowered.by(journal, configured), journal, renderer, taken, view, planAsked);
        } finally {
            journal.ifPresent(JournalStore::close);
        }
    }

    private Result run(
            Settings settings,
            Optional<JournalStore> journal,
            Renderer renderer,
            Predicate<AccountEntry> taken,
            Predicate<Finding> view,
            boolean planAsked)
            throws StoreFailure, InterruptedException {
        Planner planner = new Planner(settings.rules(), History.NONE);
        Restraints restraints = new Restraints(settings, clock.instant());
        List<AccountPlan> plans = new ArrayList<>();
        Map<Standing, Integer> counts = new EnumMap<>(Standing.class);
        RunName name = RunName.of(clock.instant());
        try (SqliteKeyIds keyIds = SqliteKeyIds.in(settings.keyIds());
                Keeping.Uses seen = Seen.of(settings, journal);
                Cataloguing catalog = new Cataloguing(
                        journal.map(there -> settings.catalog()),
                        clock,
                        name,
                        planAsked ? "plan" : "scan",
                        meter,
                        by,
                        configured);
                AwsAccounts accounts = new AwsAccounts(
                        Surveys.awsSettings(settings, environment, name), keyIds, meter, clock, reports)) {
            Watching habits = new Watching(seen.memory());
            OwnerSearch owners = new OwnerSearch(settings.rules(), accounts.witness());
            Memory memory = journal.<Memory>map(store -> new JournalMemory(
                            store, Voice.enough(settings.acting().channels()), habits::see))
                    .orElse(Memory.NONE);
            ChosenAccounts some = new ChosenAccounts(limit.within(accounts), taken);
            boolean complete = new Surveys(settings, clock, meter)
                    .run(
                            some,
                            new Assessor(settings.rules(), habits, owners),
                            owners,
                            planner,
                            memory,
                            looked(catalog.beside(renderer), settings, accounts),
                            view,
                            found -> {
                                plans.add(found.plan().dueAlone());
                                restraints.know(found.findings());
                                found.findings().stream()
                                        .filter(view)
                                        .forEach(finding -> counts.merge(finding.standing(), 1, Integer::sum));
                            });
            List<Account> read = plans.stream().map(AccountPlan::account).toList();
            Plan plan = planner.settle(plans, usage(journal, settings, read));
            restraints.weigh(plan, plan.hash(), journal);
            if (planAsked && Restraints.anyCouldCollide(plan)) {
                restraints.lookAround(
                        plan, plans, Surveys.others(settings, accounts), Surveys.code(settings, accounts));
            }
            if (!some.none()) {
                renderer.end(plan, planAsked);
                catalog.planned(plan, some.whole());
                catalog.ended("");
            }
            return new Result(
                    complete,
                    counts,
                    keyIds.warning().or(catalog::warning),
                    some.labels(),
                    some.none(),
                    plan,
                    read,
                    restraints.sentences(plan));
        }
    }

    private Renderer looked(Renderer shown, Settings settings, AwsAccounts accounts) {
        return uses && settings.acting().manner().evidence().trail()
                ? new LookedUp(Surveys.uses(settings, accounts, clock), clock.instant(), shown)
                : shown;
    }

    /** What earlier runs used up of the caps. */
    private Usage usage(Optional<JournalStore> journal, Settings settings, List<Account> accounts) throws StoreFailure {
        return journal.isEmpty()
                ? Usage.NONE
                : new CapLedger(journal.get(), clock, settings.rules().caps())
                        .usage(accounts.stream().map(Account::id).collect(Collectors.toSet()));
    }
}
