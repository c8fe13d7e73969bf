package io.keyturn.proof.simulation;

import io.keyturn.adapters.web.Patience;
import io.keyturn.core.assess.Assessor;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.FactName;
import io.keyturn.core.model.Needs;
import io.keyturn.core.model.Partition;
import io.keyturn.core.plan.AccountPlan;
import io.keyturn.core.plan.History;
import io.keyturn.core.plan.Plan;
import io.keyturn.core.plan.Planner;
import io.keyturn.core.policy.Rules;
import io.keyturn.engine.apply.Abreast;
import io.keyturn.engine.apply.AccountSession;
import io.keyturn.engine.apply.CapLedger;
import io.keyturn.engine.apply.Outcome;
import io.keyturn.engine.apply.PlanApplier;
import io.keyturn.engine.apply.StopFlag;
import io.keyturn.engine.apply.Tools;
import io.keyturn.engine.apply.Undo;
import io.keyturn.engine.apply.Weather;
import io.keyturn.engine.journal.JournalMemory;
import io.keyturn.engine.journal.KeptPasts;
import io.keyturn.engine.journal.Leases;
import io.keyturn.engine.journal.MemoryJournalStore;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.LiveAccount;
import io.keyturn.engine.port.LiveAccounts;
import io.keyturn.engine.port.Meter;
import io.keyturn.engine.port.ReadMode;
import io.keyturn.engine.port.StoreFailure;
import io.keyturn.engine.run.AccountOutcome;
import io.keyturn.engine.run.Survey;
import io.keyturn.engine.tell.RaisedAlarms;
import io.keyturn.engine.tell.StillWorks;
import io.keyturn.engine.tell.Watch;
import io.keyturn.sandbox.fault.Fate;
import io.keyturn.sandbox.fault.Operation;
import io.keyturn.sandbox.ports.WorldAccounts;
import io.keyturn.sandbox.world.AccessKeys;
import io.keyturn.sandbox.world.Consistency;
import io.keyturn.sandbox.world.SimAccount;
import io.keyturn.sandbox.world.SimKey;
import io.keyturn.sandbox.world.SimUser;
import io.keyturn.sandbox.world.VirtualClock;
import io.keyturn.sandbox.world.World;
import io.keyturn.sandbox.world.WorldOptions;
import io.keyturn.sandbox.world.WorldSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A few users, the whole engine run over them once a day, and what people do meanwhile. */
final class Life {
    static final String ANN = "ann";
    private static final Instant START = Instant.parse("2026-11-23T08:00:00Z");
    /** Longer than AWS takes to show a use; what is used later than that nobody is promised anything about. */
    private static final Duration SHOWN = Duration.ofHours(1);

    private static final Needs NEEDS = new Needs(EnumSet.allOf(FactName.class), Needs.Identify.ALL);

    final VirtualClock clock;
    final World world;
    final Points points;
    final SimulatedStore store;
    final SimulatedLetters letters;
    final SimulatedSink sink;
    final SimulatedJira jira;
    final SimulatedPager pager;
    final Truth truth;
    /** All that was shown to anybody. */
    final List<String> shown = new ArrayList<>();

    private final Scenario scenario;
    private final Schedule schedule;
    private final Person person;
    private final Bug bug;
    /** Keys that somebody works with; a new set with each change. */
    private Set<String> inUse = Set.of();

    private final List<Integer> starts = new ArrayList<>();
    private int runs;
    private int ids;
    private boolean meddled;
    private Function<Blow.Place, Blow> chance = place -> Blow.NONE;
    private String worker = "";
    /** What the process has read of the journal, where one lives from run to run. */
    private @Nullable KeptPasts kept;

    Life(Scenario scenario, Person person, Map<Integer, Blow> blows) {
        this(scenario, person, Schedule.of(blows), Bug.NONE);
    }

    /**
     * A life.
     *
     * @param bug what is wrong with the engine
     */
    Life(Scenario scenario, Person person, Schedule schedule, Bug bug) {
        this.scenario = scenario;
        this.schedule = schedule;
        this.bug = bug;
        this.world = World.generate(new WorldSpec(
                7, scenario.accounts(), 0, 0, START, WorldOptions.DEFAULT.with(Consistency.STALE_ON_DEMAND)));
        scenario.kept().forEach(this::add);
        this.clock = VirtualClock.standingAt(START);
        this.points = new Points(schedule, new Onlooker());
        this.store = new SimulatedStore(new MemoryJournalStore(), points);
        this.letters = letters();
        this.sink = new SimulatedSink(points);
        this.jira = jira();
        this.pager = new SimulatedPager(points, clock);
        this.truth = new Truth(this, sink);
        this.person = person;
    }

    private Life(Life other, Schedule schedule) {
        this.scenario = other.scenario;
        this.schedule = schedule;
        this.person = other.person;
        this.bug = other.bug;
        this.clock = VirtualClock.standingAt(other.clock.instant());
        this.world = other.world.copy();
        this.points = new Points(other.points, schedule, new Onlooker());
        this.store = new SimulatedStore(other.store.inner.copy(), points);
        this.letters = letters();
        letters.arrived.addAll(other.letters.arrived);
        letters.ends.addAll(other.letters.ends);
        letters.posted.addAll(other.letters.posted);
        letters.doubted.addAll(other.letters.doubted);
        this.jira = jira();
        jira.issues.addAll(other.jira.issues);
        this.pager = new SimulatedPager(points, clock);
        pager.incidents.addAll(other.pager.incidents);
        this.sink = new SimulatedSink(points);
        sink.held.putAll(other.sink.held);
        this.inUse = other.inUse;
        this.starts.addAll(other.starts);
        this.shown.addAll(other.shown);
        this.runs = other.runs;
        this.ids = other.ids;
        this.meddled = other.meddled;
        this.worker = other.worker;
        this.truth = new Truth(other.truth, this, sink);
    }

    /** A life that was the same so far, and goes another way: the numbers are those of all its calls. */
    Life parting(Schedule other) {
        return new Life(this, other);
    }

    /** The clock of the machine that Keyturn runs on. */
    InstantSource local() {
        return () -> {
            Drift drift = schedule.drifts().get(runs);
            return drift == null ? clock.instant() : clock.instant().plus(drift.by);
        };
    }

    private SimulatedLetters letters() {
        return new SimulatedLetters(
                points, clock, scenario.closing(), scenario.boarded(), notices -> truth.beforeSending(notices));
    }

    private SimulatedJira jira() {
        return new SimulatedJira(
                points, clock, () -> truth.beforeFiling(worker, account().id()));
    }

    /** Faults come by chance. */
    void chance(Function<Blow.Place, Blow> other) {
        chance = other;
    }

    /** A day passes on which people do that, so early that AWS shows it when the next run looks. */
    void tomorrow(Runnable deeds) {
        clock.move(Duration.ofDays(1).minus(SHOWN));
        world.settle(clock.instant());
        truth.byPeople(deeds);
        clock.move(SHOWN);
    }

    /** A user gets a key, and comes with it. */
    void add(Scenario.Kept kept) {
        Instant longAgo = START.minus(Duration.ofDays(kept.age()));
        SimAccount account = account(kept.user());
        if (account.user(kept.user()) == null) {
            add(kept.user(), START.minus(Duration.ofDays(100)));
        }
        SimKey key = new AccessKeys(world).create(account, kept.user(), longAgo);
        if (kept.idle() == 0) {
            work(key);
        }
        Instant used = kept.idle() == 0 ? START.minus(Duration.ofHours(20)) : START.minus(Duration.ofDays(kept.idle()));
        world.use(key.id(), used, "s3", "eu-west-1");
    }

    private void add(String name, Instant longAgo) {
        account(name)
                .add(
                        new SimUser(
                                name,
                                "AIDAEXAMPLE" + name.toUpperCase(Locale.ROOT),
                                "/",
                                longAgo,
                                true,
                                true,
                                Map.of("Owner", name + "@example.com"),
                                List.of(),
                                scenario.attached(),
                                List.of(),
                                null,
                                List.of()),
                        longAgo);
    }

    /** Shows the judge what happens. */
    private final class Onlooker implements Points.Witness {
        @Override
        public void observe() {
            truth.observe();
        }

        @Override
        public void beforeRead(Operation operation) {
            truth.aim.beforeRead(worker, operation);
        }

        @Override
        public void beforeWrite(Operation operation) {
            truth.beforeWrite(worker, operation);
        }

        @Override
        public void act(Deed deed) {
            if (deed == Deed.OVERTAKE || deed == Deed.OVERSLEEP) {
                deed.act(Life.this);
            } else {
                truth.byPeople(() -> deed.act(Life.this));
            }
        }

        @Override
        public Blow chance(Blow.Place place) {
            return chance.apply(place);
        }

        @Override
        public Fate.Kind always(Operation operation) {
            return scenario.always(Life.this, operation);
        }
    }

    /** What holds now. */
    Rules rules() {
        return scenario.rules(Math.max(1, runs));
    }

    Scenario scenario() {
        return scenario;
    }

    Person person() {
        return person;
    }

    /** How many runs there were. */
    int runs() {
        return runs;
    }

    /** In which run, counted from 0, a call of that number falls. */
    int runOf(int call) {
        int run = 0;
        while (run + 1 < starts.size() && starts.get(run + 1) <= call) {
            run++;
        }
        return run;
    }

    /** Who acts now. */
    String worker() {
        return worker;
    }

    SimAccount account() {
        return world.management();
    }

    /** Where a user of the scenario lives. */
    SimAccount account(String user) {
        return world.accounts().get(scenario.accountOf(user));
    }

    /** All users' keys as they truly are. */
    List<SimKey> keys() {
        return world.accounts().stream()
                .flatMap(account -> account.allUsers().stream())
                .flatMap(user -> user.keys().stream())
                .toList();
    }

    /** The ARN of the user who has that key; empty where none has. */
    String arnOfKey(String id) {
        for (SimAccount account : world.accounts()) {
            SimUser user = account.userOfKey(id);
            if (user != null) {
                return user.arn("aws", account.id());
            }
        }
        return "";
    }

    /** Somebody works with that key from now on. */
    void work(SimKey key) {
        work(key.id());
    }

    private void work(String key) {
        Set<String> more = new HashSet<>(inUse);
        more.add(key);
        inUse = Set.copyOf(more);
    }

    /** Whether nothing is on its way any more. */
    boolean isSettled() {
        return world.isSettled() && jira.isSettled() && pager.isSettled();
    }

    /** The time until the next run passes, and it comes. */
    void next() {
        int days = scenario.runs()[runs];
        pass(days);
        truth.byPeople(() -> scenario.befall(this, runs + 1));
        run();
    }

    /** Whether no run is left. */
    boolean isOver() {
        return runs >= scenario.runs().length;
    }

    /** So many days pass, the owner works on each, and Keyturn runs at the end of the last. */
    void days(int days) {
        pass(days);
        run();
    }

    private void pass(int days) {
        for (int day = 0; day < days; day++) {
            Duration before = person == Person.FETCHES ? SHOWN : Duration.ZERO;
            clock.move(Duration.ofDays(1).minus(before));
            truth.byPeople(this::live);
            clock.move(before);
        }
    }

    /** Nobody works with that key any more. */
    void forget(String key) {
        Set<String> less = new HashSet<>(inUse);
        less.remove(key);
        inUse = Set.copyOf(less);
    }

    private void live() {
        world.settle(clock.instant());
        Set<String> delivered = person == Person.FETCHES
                ? Set.copyOf(sink.held.keySet())
                : letters.arrived.stream()
                        .flatMap(letter -> letter.notice().finding().reasons().stream())
                        .filter(Reason.Succeeded.class::isInstance)
                        .map(reason -> ((Reason.Succeeded) reason).successor().value())
                        .filter(sink.held::containsKey)
                        .collect(Collectors.toSet());
        AccessKeys access = new AccessKeys(world);
        if (person == Person.SWITCHES_OLD_ON) {
            old().stream()
                    .filter(key -> !key.active())
                    .forEach(key -> access.update(account(), ANN, key.id(), true, clock.instant()));
        }
        if (person == Person.MAKES_ANOTHER && !letters.arrived.isEmpty() && !meddled && keys().size() < 2) {
            meddled = true;
            work(access.create(account(), ANN, clock.instant()));
        }
        for (String id : delivered) {
            if (keys().stream().anyMatch(key -> key.id().equals(id))) {
                switch (person) {
                    case SPARES_ITSELF -> Deed.SPARE.act(this);
                    case CHANGES_OWNER -> tag("Owner", "carol@example.com");
                    case SWITCHES_OLD_OFF -> {
                        inUse = Set.of(id);
                        old().forEach(key -> access.update(account(), ANN, key.id(), false, clock.instant()));
                    }
                    case INSTALLS, FETCHES, SWITCHES_OLD_ON -> {
                        inUse = Set.of(id);
                    }
                    case USES_BOTH -> work(id);
                    case DELETES_SUCCESSOR -> access.delete(account(), ANN, id, clock.instant());
                    case SWITCHES_SUCCESSOR_OFF -> access.update(account(), ANN, id, false, clock.instant());
                    case DELETES_OLD -> {
                        inUse = Set.of(id);
                        keys().stream()
                                .filter(key -> !delivered.contains(key.id()))
                                .forEach(key -> access.delete(account(), ANN, key.id(), clock.instant()));
                    }
                    case IGNORES, IS_AWAY, MAKES_ANOTHER -> {
                        // Nothing changes.
                    }
                }
            }
        }
        if (person != Person.IS_AWAY) {
            inUse.forEach(id -> world.use(id, clock.instant(), "s3", "eu-west-1"));
        }
    }

    /** The keys that were there at the beginning. */
    private List<SimKey> old() {
        return keys().stream().filter(key -> key.created().isBefore(START)).toList();
    }

    /** A person gives the user a tag. */
    void tag(String tag, String value) {
        account().change(ANN, clock.instant(), user -> {
            Map<String, String> tags = new HashMap<>(user.tags());
            tags.put(tag, value);
            return user.withTags(tags);
        });
    }

    /** The keys that the owner works with. */
    Set<String> inUse() {
        return inUse;
    }

    /** One run of the engine, from reading to the last act, or to its death. */
    void run() {
        points.revive();
        starts.add(points.count());
        points.aside(runs < scenario.calm());
        truth.board.beforeRun();
        run("run-" + ++runs, true);
        if (points.isCalmFrom(starts.getLast())) {
            truth.board.afterCalmRun();
            truth.ward.afterCalmRun();
        }
        truth.afterRun();
    }

    /** Whether nothing befell the last so many runs. */
    boolean isCalmOfLate(int last) {
        return starts.size() >= last && points.isCalmFrom(starts.get(starts.size() - last));
    }

    /** A run that is to show its plan and do nothing. */
    void look() {
        points.revive();
        truth.dryly(() -> run("look-" + runs, bug.acts(true)));
    }

    /** A person brings a key back. */
    void undo(String key) {
        points.revive();
        points.aside(true);
        String before = worker;
        worker = "undo-" + runs;
        JournalStore through = bug.store(store);
        Tools tools = tools(worker, through);
        try {
            for (SimAccount account : world.accounts()) {
                new Undo(tools, new AccountSession(tools, through, Set.of()))
                        .undo(
                                described(account),
                                live(account.id()),
                                ended ->
                                        key.equals(String.valueOf(ended.target().key())),
                                (target, done, why) -> shown.add("undone " + target.key() + " " + done + " " + why));
            }
        } catch (StoreFailure failure) {
            shown.add(failure.problem().sentence());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        worker = before;
    }

    private static Account described(SimAccount account) {
        return new Account(
                new AccountId(account.id()),
                account.name(),
                new Partition("aws"),
                Fact.notRead(),
                Fact.notRead(),
                false);
    }

    private WorldAccounts accounts() {
        return new WorldAccounts(world, clock, points, ReadMode.LIVE, Duration.ofSeconds(2));
    }

    private LiveAccount live(String account) {
        return bug.live(accounts().live(Objects.requireNonNull(world.account(account))));
    }

    /** Another worker's whole run, while one is under way. */
    void overlap() {
        String first = worker;
        run("other-" + runs, true);
        worker = first;
    }

    private void run(String name, boolean acts) {
        worker = name;
        truth.observe();
        truth.aim.beforeRun(name);
        bug.beforeRun(this);
        try {
            runWhole(name, acts);
        } catch (Killed death) {
            shown.add("killed");
            kept = null;
        } catch (StoreFailure failure) {
            shown.add(failure.problem().sentence());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        truth.observe();
    }

    private Tools tools(String run, JournalStore store) {
        return new Tools(
                new Assessor(rules()),
                new Planner(rules(), History.NONE),
                NEEDS,
                bug.notifier(letters),
                SimulatedJira.tools(this, bug.web(jira)),
                sink,
                new Leases(store, local(), run),
                new StopFlag(store),
                local(),
                () -> "id-" + ++ids,
                clock::move,
                new Abreast(1),
                new Weather(),
                run,
                run);
    }

    /** What the process has read: one that dies has read nothing, and neither has one that is started for each run. */
    private KeptPasts pasts(JournalStore through) {
        if (!scenario.stays()) {
            return new KeptPasts(through, Set.of());
        }
        KeptPasts known = kept;
        if (known == null) {
            known = new KeptPasts(through, Set.of());
            kept = known;
        }
        return known;
    }

    private void runWhole(String run, boolean acts) throws StoreFailure, InterruptedException {
        JournalStore through = bug.store(store);
        Tools tools = tools(run, through);
        Assessor assessor = tools.assessor();
        Planner planner = tools.planner();
        LiveAccounts live = account -> live(account.id().value());
        AccountSession session = new AccountSession(tools, pasts(through));
        JournalMemory memory =
                acts ? session.memory(live, snapshot -> {}) : new JournalMemory(through, Set.of(), snapshot -> {});
        List<AccountPlan> surveyed = new ArrayList<>();
        Watch watch = new Watch();
        new Survey(bug.accounts(accounts()), assessor, planner, NEEDS, local(), new Meter(), memory).run(outcome -> {
            if (outcome instanceof AccountOutcome.Surveyed found) {
                surveyed.add(found.plan());
                watch.know(found.snapshot(), found.plan().stage(), found.findings());
            } else {
                shown.add(outcome.toString());
                watch.failed(outcome.toString());
            }
        });
        CapLedger caps = new CapLedger(through, local(), rules().caps());
        Plan plan = planner.settle(
                surveyed,
                caps.usage(surveyed.stream().map(found -> found.account().id()).collect(Collectors.toSet())));
        plan = plan.only(bug::takes);
        watch.know(plan);
        truth.aim.planned(run, plan);
        if (!acts) {
            return;
        }
        new PlanApplier(live, session, caps, local())
                .apply(
                        plan,
                        surveyed,
                        memory.unsettled(),
                        new PlanApplier.Unheard(memory.unheard(), action -> true),
                        new PlanApplier.Listener() {
                            @Override
                            public void ended(Account account, Outcome outcome) {
                                bug.ended(outcome);
                                shown.add(outcome.toString());
                                if (outcome instanceof Outcome.Failed || outcome instanceof Outcome.InDoubt) {
                                    watch.failed(outcome.toString());
                                }
                            }

                            @Override
                            public void troubled(Account account, String sentence) {
                                shown.add(sentence);
                                watch.failed(sentence);
                            }
                        });
        if (scenario.alarms()) {
            Patience patience = new Patience(clock, clock::move, Duration.ofMinutes(2));
            watch.ring(pager.alarm(patience), new StillWorks(live), new RaisedAlarms(through))
                    .forEach(problem -> shown.add(problem.sentence()));
        }
    }
}
