package io.keyturn.proof.simulation;

import io.keyturn.adapters.web.Patience;
import io.keyturn.core.assess.Assessor;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.FactName;
import io.keyturn.core.model.Needs;
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
import io.keyturn.engine.apply.Weather;
import io.keyturn.engine.journal.JournalMemory;
import io.keyturn.engine.journal.Leases;
import io.keyturn.engine.journal.MemoryJournalStore;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.LiveAccounts;
import io.keyturn.engine.port.Meter;
import io.keyturn.engine.port.ReadMode;
import io.keyturn.engine.port.StoreFailure;
import io.keyturn.engine.run.AccountOutcome;
import io.keyturn.engine.run.Survey;
import io.keyturn.engine.tell.RaisedAlarms;
import io.keyturn.engine.tell.StillWorks;
import io.keyturn.engine.tell.Watch;
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
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** An account with one user, the whole engine run over it once a day, and what its people do meanwhile. */
final class Life {
    static final String ANN = "ann";
    private static final Instant START = Instant.parse("2026-11-23T08:00:00Z");
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
    private final Person person;
    private final Bug bug;
    private final Set<String> inUse = new HashSet<>();
    private final List<Integer> starts = new ArrayList<>();
    private int runs;
    private int ids;
    private String worker = "";

    Life(Scenario scenario, Person person, Map<Integer, Blow> blows) {
        this(scenario, person, blows, Map.of(), Bug.NONE);
    }

    /**
     * A life.
     *
     * @param intrusions what happens in it right before a call, by the number of the call
     * @param bug what is wrong with the engine
     */
    Life(Scenario scenario, Person person, Map<Integer, Blow> blows, Map<Integer, Consumer<Life>> intrusions, Bug bug) {
        this.scenario = scenario;
        this.bug = bug;
        this.world = World.generate(
                new WorldSpec(7, 1, 0, 0, START, WorldOptions.DEFAULT.with(Consistency.STALE_ON_DEMAND)));
        scenario.kept().forEach(this::add);
        this.clock = VirtualClock.standingAt(START);
        this.points = new Points(blows, deeds(intrusions), this::observe, this::observeWrite);
        this.store = new SimulatedStore(new MemoryJournalStore(), points);
        this.letters = letters();
        this.sink = new SimulatedSink(points);
        this.jira = jira();
        this.pager = new SimulatedPager(points, clock);
        this.truth = new Truth(this, sink);
        this.person = person;
    }

    private Life(Life other, Map<Integer, Blow> blows, Map<Integer, Consumer<Life>> intrusions) {
        this.scenario = other.scenario;
        this.person = other.person;
        this.bug = other.bug;
        this.clock = VirtualClock.standingAt(other.clock.instant());
        this.world = other.world.copy();
        this.points = new Points(other.points, blows, deeds(intrusions), this::observe, this::observeWrite);
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
        this.inUse.addAll(other.inUse);
        this.starts.addAll(other.starts);
        this.shown.addAll(other.shown);
        this.runs = other.runs;
        this.ids = other.ids;
        this.worker = other.worker;
        this.truth = new Truth(other.truth, this, sink);
    }

    /** A life that was the same so far, and goes another way: the numbers are those of all its calls. */
    Life parting(Map<Integer, Blow> blows, Map<Integer, Consumer<Life>> intrusions) {
        return new Life(this, blows, intrusions);
    }

    private Map<Integer, Runnable> deeds(Map<Integer, Consumer<Life>> intrusions) {
        Map<Integer, Runnable> deeds = new HashMap<>();
        intrusions.forEach((at, deed) -> deeds.put(at, () -> deed.accept(this)));
        return deeds;
    }

    private SimulatedLetters letters() {
        return new SimulatedLetters(
                points, clock, scenario.closing(), scenario.boarded(), notices -> truth.beforeSending(notices));
    }

    private SimulatedJira jira() {
        return new SimulatedJira(points, clock, () -> truth.beforeFiling(worker));
    }

    private void add(Scenario.Kept kept) {
        Instant longAgo = START.minus(Duration.ofDays(kept.age()));
        if (account().user(kept.user()) == null) {
            add(kept.user(), START.minus(Duration.ofDays(100)));
        }
        SimKey key = new AccessKeys(world).create(account(), kept.user(), longAgo);
        if (kept.idle() == 0) {
            inUse.add(key.id());
        }
        Instant used = kept.idle() == 0 ? START.minus(Duration.ofHours(20)) : START.minus(Duration.ofDays(kept.idle()));
        world.use(key.id(), used, "s3", "eu-west-1");
    }

    private void add(String name, Instant longAgo) {
        account()
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

    private void observe() {
        truth.observe();
    }

    private void observeWrite() {
        truth.beforeWrite(worker);
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

    /** All users' keys as they truly are. */
    List<SimKey> keys() {
        return account().allUsers().stream()
                .flatMap(user -> user.keys().stream())
                .toList();
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
            Duration before = person == Person.FETCHES ? Duration.ofHours(1) : Duration.ZERO;
            clock.move(Duration.ofDays(1).minus(before));
            truth.byPeople(this::live);
            clock.move(before);
        }
    }

    /** Nobody works with that key any more. */
    void forget(String key) {
        inUse.remove(key);
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
        for (String id : delivered) {
            if (keys().stream().anyMatch(key -> key.id().equals(id))) {
                switch (person) {
                    case INSTALLS, FETCHES -> {
                        inUse.clear();
                        inUse.add(id);
                    }
                    case USES_BOTH -> inUse.add(id);
                    case DELETES_SUCCESSOR -> access.delete(account(), ANN, id, clock.instant());
                    case SWITCHES_SUCCESSOR_OFF -> access.update(account(), ANN, id, false, clock.instant());
                    case DELETES_OLD -> {
                        inUse.clear();
                        inUse.add(id);
                        keys().stream()
                                .filter(key -> !delivered.contains(key.id()))
                                .forEach(key -> access.delete(account(), ANN, key.id(), clock.instant()));
                    }
                    case IGNORES, IS_AWAY -> {
                        // Nothing changes.
                    }
                }
            }
        }
        if (person != Person.IS_AWAY) {
            inUse.forEach(id -> world.use(id, clock.instant(), "s3", "eu-west-1"));
        }
    }

    /** The keys that the owner works with. */
    Set<String> inUse() {
        return Set.copyOf(inUse);
    }

    /** One run of the engine, from reading to the last act, or to its death. */
    void run() {
        points.revive();
        starts.add(points.places().size());
        points.aside(runs < scenario.calm());
        truth.board.beforeRun();
        run("run-" + ++runs);
        if (points.isCalmFrom(starts.getLast())) {
            truth.board.afterCalmRun();
            truth.ward.afterCalmRun();
        }
    }

    /** Another worker's whole run, while one is under way. */
    void overlap() {
        String first = worker;
        run("other-" + runs);
        worker = first;
    }

    private void run(String name) {
        worker = name;
        truth.observe();
        bug.beforeRun(this);
        try {
            runWhole(name);
        } catch (Killed death) {
            shown.add("killed");
        } catch (StoreFailure failure) {
            shown.add(failure.problem().sentence());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        truth.observe();
    }

    private void runWhole(String run) throws StoreFailure, InterruptedException {
        Rules rules = rules();
        JournalStore store = bug.store(this.store);
        Assessor assessor = new Assessor(rules);
        Planner planner = new Planner(rules, History.NONE);
        WorldAccounts accounts = new WorldAccounts(world, clock, points, ReadMode.LIVE, Duration.ofSeconds(2));
        Tools tools = new Tools(
                assessor,
                planner,
                NEEDS,
                bug.notifier(letters),
                SimulatedJira.tools(this, bug.web(jira)),
                sink,
                new Leases(store, clock, run),
                new StopFlag(store),
                clock,
                () -> "id-" + ++ids,
                clock::move,
                new Abreast(1),
                new Weather(),
                run,
                run);
        LiveAccounts live = account -> bug.live(
                accounts.live(Objects.requireNonNull(world.account(account.id().value()))));
        AccountSession session = new AccountSession(tools, store, Set.of());
        JournalMemory memory = session.memory(live, snapshot -> {});
        List<AccountPlan> surveyed = new ArrayList<>();
        Watch watch = new Watch();
        new Survey(bug.accounts(accounts), assessor, planner, NEEDS, clock, new Meter(), memory).run(outcome -> {
            if (outcome instanceof AccountOutcome.Surveyed found) {
                surveyed.add(found.plan());
                watch.know(found.snapshot(), found.plan().stage(), found.findings());
            } else {
                shown.add(outcome.toString());
                watch.failed(outcome.toString());
            }
        });
        CapLedger caps = new CapLedger(store, clock, rules.caps());
        Plan plan = planner.settle(
                surveyed,
                caps.usage(surveyed.stream().map(found -> found.account().id()).collect(Collectors.toSet())));
        plan = plan.only(bug::takes);
        watch.know(plan);
        new PlanApplier(live, session, caps, clock)
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
            watch.ring(pager.alarm(patience), new StillWorks(live), new RaisedAlarms(store))
                    .forEach(problem -> shown.add(problem.sentence()));
        }
    }
}
