package io.keyturn.app.wiring;

import io.keyturn.adapters.store.SqliteCatalog;
import io.keyturn.app.config.Settings;
import io.keyturn.app.link.OwnerLinks;
import io.keyturn.app.otlp.OtlpBeside;
import io.keyturn.app.render.Ending;
import io.keyturn.app.render.OutcomeLines;
import io.keyturn.app.render.Renderer;
import io.keyturn.app.web.Person;
import io.keyturn.app.web.Site;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.Target;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.Hold;
import io.keyturn.core.plan.Plan;
import io.keyturn.core.policy.Approval;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.apply.Outcome;
import io.keyturn.engine.apply.StopFlag;
import io.keyturn.engine.catalog.Catalog;
import io.keyturn.engine.catalog.SeenPlan;
import io.keyturn.engine.decide.Decisions;
import io.keyturn.engine.decide.Refused;
import io.keyturn.engine.journal.ApprovedSteps;
import io.keyturn.engine.journal.Entries;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.journal.JournalMemory;
import io.keyturn.engine.journal.PlanVerdict;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.Meter;
import io.keyturn.engine.port.SecretFailure;
import io.keyturn.engine.port.Secrets;
import io.keyturn.engine.port.StoreFailure;
import io.keyturn.engine.run.AccountOutcome;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the pages stand on, made real: store and catalog of the configuration, and runs in this process. */
public class Serving implements Site, Schedule.Runs, AutoCloseable {
    private static final String BUSY = "a run is under way; wait for its end";

    /** How long a run that changes something has to end what it has in hand. */
    private static final Duration TO_END = Duration.ofSeconds(60);

    /** How long one has to end once it is broken off. */
    private static final Duration TO_BREAK_OFF = Duration.ofSeconds(20);

    private final Settings settings;
    private final Map<String, String> environment;
    private final InstantSource clock;
    private final Consumer<String> log;
    private final JournalStore store;
    private final Catalog catalog;
    private final RunName name;
    private final Optional<OwnerLinks> links;
    private final AtomicReference<@Nullable Run> running = new AtomicReference<>();
    private volatile boolean ending;
    private volatile @Nullable String trouble;
    private volatile @Nullable Instant next;

    /** A run under way. */
    private record Run(Meter meter, Instant began, boolean acts, Thread thread) {}

    /**
     * Opens store and catalog.
     *
     * @param log told of what a person who looks at the server's output should know
     */
    public Serving(Settings settings, Map<String, String> environment, InstantSource clock, Consumer<String> log)
            throws StoreFailure {
        this.settings = settings;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
        this.log = log;
        this.name = RunName.of(clock.instant());
        this.links = links(settings, environment, log);
        this.store = Stores.open(settings, environment);
        try {
            this.catalog = SqliteCatalog.open(settings.catalog());
        } catch (StoreFailure e) {
            store.close();
            throw e;
        }
    }

    private static Optional<OwnerLinks> links(
            Settings settings, Map<String, String> environment, Consumer<String> log) {
        try (Secrets secrets = new RunSecrets(environment, settings.acting().credstash())) {
            return OwnerPages.links(settings.acting().manner(), secrets);
        } catch (SecretFailure e) {
            log.accept("the pages of owners are not served: " + e.problem().sentence());
            return Optional.empty();
        }
    }

    @Override
    public Optional<OwnerLinks> links() {
        return links;
    }

    /** The store, open as long as this is. */
    @Override
    public final JournalStore store() {
        return store;
    }

    @Override
    public final void schedule(@Nullable Instant at) {
        next = at;
    }

    @Override
    public Settings settings() {
        return settings;
    }

    @Override
    public String title() {
        return "";
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public Catalog catalog() {
        return catalog;
    }

    @Override
    public Optional<String> stopped() {
        return new StopFlag(store).raised();
    }

    @Override
    public List<Entry> entries(JournalStore.Query query) throws StoreFailure {
        List<JournalStore.Line> lines = new ArrayList<>();
        store.find(query, lines::add);
        List<Entry> entries = new ArrayList<>();
        for (JournalStore.Line line : lines) {
            entries.add(Entries.of(line));
        }
        return entries;
    }

    /** Of the many lines of a journal few are decisions, and only these are read whole. */
    @Override
    public List<Entry.Decision> decisions() throws StoreFailure {
        List<JournalStore.Line> lines = new ArrayList<>();
        store.find(JournalStore.Query.ALL, line -> {
            if (line.text().contains("\"decision\"")) {
                lines.add(line);
            }
        });
        List<Entry.Decision> decisions = new ArrayList<>();
        for (JournalStore.Line line : lines) {
            if (Entries.of(line) instanceof Entry.Decision decision) {
                decisions.add(decision);
            }
        }
        return decisions;
    }

    @Override
    public List<Hold> holds(CredentialId credential) throws StoreFailure {
        return new JournalMemory(store, Set.of()).of(credential.account()).holds(credential, now());
    }

    @Override
    public PlanVerdict verdict(SeenPlan.Brief plan) throws StoreFailure {
        return PlanVerdict.of(store, plan.hash(), plan.fingerprint(), now());
    }

    @Override
    public void decide(Deciding deciding) throws StoreFailure, Refused {
        deciding.decide(new Decisions(store, clock, name::next, "page"));
    }

    @Override
    public String vouched(Person person) throws InterruptedException {
        // Of somebody at this machine nobody vouches but AWS, or the operating system.
        return person.vouchedElsewhere()
                ? Approval.ofPage(person.name())
                : Identity.here(settings, environment, clock).name();
    }

    @Override
    public Work work() {
        Run run = running.get();
        return run == null
                ? new Work(null, null, false, next, trouble)
                : new Work(run.meter(), run.began(), run.acts(), next, trouble);
    }

    @Override
    public Optional<String> begin(boolean acts, @Nullable String by) {
        Job reading = new Job(settings, environment, clock).withUses().begunBy(by);
        ActJob acting = new ActJob(settings, environment, clock, keeping()).begunBy(by);
        return start(
                acts ? acting.meter() : reading.meter(),
                acts,
                acts ? () -> act(acting, action -> true, outcome -> {}) : () -> read(reading));
    }

    /** Something that a run does; what is to be said of its end, null where it is nothing. */
    private interface Deed {
        @Nullable
        String done() throws StoreFailure, InterruptedException;
    }

    private Optional<String> start(Meter meter, boolean acts, Deed deed) {
        if (ending) {
            return Optional.of("this server is being stopped");
        }
        Thread thread = Thread.ofPlatform().name("run").unstarted(() -> carry(deed));
        if (!running.compareAndSet(null, new Run(meter, clock.instant(), acts, thread))) {
            return Optional.of(BUSY);
        }
        thread.start();
        return Optional.empty();
    }

    @Override
    public List<SeenPlan.Row> approved(SeenPlan plan) throws StoreFailure {
        return ApprovedSteps.of(store, settings.acting().approval(), plan, now());
    }

    @Override
    public Optional<String> apply(String hash, Set<Decisions.KeyStep> steps, String by) throws StoreFailure, Refused {
        if (running.get() != null) {
            return Optional.of(BUSY);
        }
        ActJob acting = new ActJob(settings, environment, clock, keeping()).begunBy(by);
        decide(decisions -> decisions.apply(hash, by, "what was approved of it", acting.name()));
        return start(acting.meter(), true, () -> {
            SeenPlan plan = catalog.plan().orElseThrow();
            Set<Decisions.KeyStep> done = new HashSet<>();
            Map<Decisions.KeyStep, String> left = new HashMap<>();
            Predicate<Action> only = action ->
                    !action.step().speaksOnly() && steps.contains(keyStep(action.credential(), action.step()));
            String came = act(acting, only, outcome -> {
                Action action = outcome.action();
                Decisions.KeyStep step = keyStep(action.credential(), action.step());
                if (step != null) {
                    String why = why(outcome);
                    if (why.isEmpty()) {
                        done.add(step);
                    } else {
                        left.put(step, why);
                    }
                }
            });
            // The run took these steps alone for its plan; what else waits still does.
            catalog.put(after(plan, done, left));
            return came;
        });
    }

    /** Why it is not done; empty where it is. */
    private static String why(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done done -> "";
            case Outcome.Skipped skipped -> "skipped: " + skipped.why();
            case Outcome.Failed failed -> "failed: " + failed.problem().sentence();
            case Outcome.InDoubt doubt -> "in doubt: " + doubt.problem().sentence() + "; the next run finds out";
            case Outcome.NotTried not -> "not tried: " + not.why();
        };
    }

    /** What is left of a plan, with why: its hash stays, as fewer steps of it are still of it. */
    private static SeenPlan after(SeenPlan plan, Set<Decisions.KeyStep> done, Map<Decisions.KeyStep, String> left) {
        List<SeenPlan.Row> rows = new ArrayList<>();
        for (SeenPlan.Row row : plan.rows()) {
            Decisions.KeyStep step = row.isChange() ? keyStep(row.credential(), row.step()) : null;
            String why = step == null ? null : left.get(step);
            if (why != null) {
                rows.add(row.leftFor(why));
            } else if (step == null || !done.contains(step)) {
                rows.add(row);
            }
        }
        return new SeenPlan(plan.hash(), plan.run(), plan.at(), plan.complete(), rows, plan.fingerprint());
    }

    /** Null where nobody can approve it. */
    private static Decisions.@Nullable KeyStep keyStep(CredentialId id, Step step) {
        return id.principal() instanceof Principal.OfUser user
                ? new Decisions.KeyStep(new Target(id.account(), user.id(), user.name(), id.keyId()), step)
                : null;
    }

    /** Where runs keep what they must remember. */
    Keeping keeping() {
        return new ServedKeeping(
                Keeping.configured(settings, environment),
                () -> ending ? Optional.of("the server is being stopped") : Optional.empty());
    }

    private void carry(Deed deed) {
        String came = null;
        try {
            came = deed.done();
        } catch (StoreFailure e) {
            came = e.problem().sentence();
        } catch (InterruptedException e) {
            came = "the run was broken off; the next one finds out what came of it";
        } catch (RuntimeException e) {
            came = "a fault of its own ended the run: " + e;
        } finally {
            trouble = came;
            if (came != null) {
                log.accept(came);
            }
            running.set(null);
        }
    }

    private @Nullable String read(Job reading) throws StoreFailure, InterruptedException {
        Renderer told = OtlpBeside.of(SILENT, environment, clock);
        Ending ending = new Ending(clock, reading.meter(), log);
        Job.Result result = reading.run(told, entry -> true, finding -> true, true);
        if (!result.none()) {
            ending.tell(told, Map.of());
        }
        return result.warning().orElse(result.complete() ? null : "the last run could not read everything");
    }

    private @Nullable String act(ActJob acting, Predicate<Action> only, Consumer<Outcome> heard)
            throws StoreFailure, InterruptedException {
        Renderer told = OtlpBeside.of(SILENT, environment, clock);
        Ending ending = new Ending(clock, acting.meter(), log);
        OutcomeLines counted = new OutcomeLines(new PrintWriter(Writer.nullWriter()));
        ActJob.End end = acting.run(told, entry -> true, finding -> true, only, new ActJob.Desk() {
            @Override
            public void restrained(String sentence) {
                log.accept(sentence);
            }

            @Override
            public boolean approves(Plan plan) {
                return true;
            }

            @Override
            public boolean attended() {
                return false;
            }

            @Override
            public void ended(Account account, Outcome outcome) {
                // It stands in the journal.
                counted.ended(account, outcome);
                heard.accept(outcome);
            }

            @Override
            public void troubled(Account account, String sentence) {
                log.accept(account.name() + ": " + sentence);
            }
        });
        if (!(end instanceof ActJob.End.NoSuchAccount)) {
            ending.tell(told, counted.counts());
        }
        if (this.ending) {
            log.accept("the run has ended: " + counted.sum() + "; the next run goes on from there");
        }
        return switch (end) {
            case ActJob.End.Stopped stopped -> "the last run ended early: " + stopped.why();
            case ActJob.End.Declined declined -> null;
            case ActJob.End.NoSuchAccount none -> "there is no account to work on";
            case ActJob.End.Carried carried -> carried.complete() ? null : "the last run could not read everything";
        };
    }

    private static final Renderer SILENT = new Renderer() {
        @Override
        public void account(AccountOutcome outcome, Predicate<Finding> view) {
            // The catalog holds it.
        }

        @Override
        public void end(Plan plan, boolean planAsked) {
            // The catalog holds it.
        }
    };

    /** Waits until no run is under way. */
    public final void idle() throws InterruptedException {
        Run run = running.get();
        if (run != null) {
            run.thread().join();
        }
    }

    /**
     * Begins no more runs, and lets one that changes something end what it has in hand; one that only reads is broken off.
     */
    @Override
    public void close() {
        ending = true;
        Run run = running.get();
        try {
            if (run != null && run.thread().isAlive()) {
                if (run.acts()) {
                    log.accept("a run is at work: what it has in hand is finished first, and nothing else is begun");
                }
                if (!run.acts() || !run.thread().join(TO_END)) {
                    run.thread().interrupt();
                }
                run.thread().join(TO_BREAK_OFF);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        catalog.close();
        store.close();
    }
}
