package io.keyturn.proof.simulation;

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
import io.keyturn.engine.port.Meter;
import io.keyturn.engine.port.ReadMode;
import io.keyturn.engine.port.StoreFailure;
import io.keyturn.engine.run.AccountOutcome;
import io.keyturn.engine.run.Survey;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** An account with one user, the whole engine run over it once a day, and what its people do meanwhile. */
final class Life {
    static final String ANN = "ann";
    private static final Instant START = Instant.parse("2026-11-23T08:00:00Z");
    private static final Needs NEEDS = new Needs(EnumSet.allOf(FactName.class), Needs.Identify.ALL);

    final VirtualClock clock = VirtualClock.standingAt(START);
    final World world;
    final Points points;
    final SimulatedStore store;
    final SimulatedLetters letters;
    final SimulatedSink sink;
    final Truth truth;
    /** All that was shown to anybody. */
    final List<String> shown = new ArrayList<>();

    private final Rules rules;
    private final Person person;
    private final Set<String> inUse = new HashSet<>();
    private int runs;
    private int ids;

    Life(Rules rules, Person person, Map<Integer, Blow> blows) {
        this.rules = rules;
        this.world = World.generate(
                new WorldSpec(7, 1, 0, 0, START, WorldOptions.DEFAULT.with(Consistency.STALE_ON_DEMAND)));
        addAnn();
        this.points = new Points(blows, this::observe);
        this.store = new SimulatedStore(points);
        this.letters = new SimulatedLetters(points, clock);
        this.sink = new SimulatedSink(points);
        this.truth = new Truth(this, sink);
        this.person = person;
    }

    private void addAnn() {
        Instant longAgo = START.minus(Duration.ofDays(100));
        account()
                .add(
                        new SimUser(
                                ANN,
                                "AIDAEXAMPLEANN",
                                "/",
                                longAgo,
                                true,
                                true,
                                Map.of("Owner", "ann@example.com"),
                                List.of(),
                                List.of(),
                                List.of(),
                                null,
                                List.of()),
                        longAgo);
        SimKey key = new AccessKeys(world).create(account(), ANN, longAgo);
        inUse.add(key.id());
        world.use(key.id(), START.minus(Duration.ofHours(20)), "s3", "eu-west-1");
    }

    private void observe() {
        truth.observe();
    }

    Rules rules() {
        return rules;
    }

    SimAccount account() {
        return world.management();
    }

    /** The user's keys as they truly are. */
    List<SimKey> keys() {
        SimUser ann = account().user(ANN);
        return ann == null ? List.of() : ann.keys();
    }

    /** So many days pass, the owner works on each, and Keyturn runs at the end of the last. */
    void days(int days) {
        for (int day = 0; day < days; day++) {
            clock.move(Duration.ofDays(1));
            truth.byPeople(this::live);
        }
        run();
    }

    private void live() {
        world.settle(clock.instant());
        Set<String> delivered = letters.arrived.stream()
                .flatMap(letter -> letter.notice().finding().reasons().stream())
                .filter(Reason.Succeeded.class::isInstance)
                .map(reason -> ((Reason.Succeeded) reason).successor().value())
                .filter(sink.held::containsKey)
                .collect(Collectors.toSet());
        AccessKeys access = new AccessKeys(world);
        for (String id : delivered) {
            if (keys().stream().anyMatch(key -> key.id().equals(id))) {
                switch (person) {
                    case INSTALLS -> {
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
        truth.observe();
        try {
            runWhole();
        } catch (Killed death) {
            shown.add("killed");
        } catch (StoreFailure failure) {
            shown.add(failure.problem().sentence());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        truth.observe();
    }

    private void runWhole() throws StoreFailure, InterruptedException {
        Assessor assessor = new Assessor(rules);
        Planner planner = new Planner(rules, History.NONE);
        JournalMemory memory = new JournalMemory(store, Set.of());
        WorldAccounts accounts = new WorldAccounts(world, clock, points, ReadMode.LIVE, Duration.ofSeconds(2));
        List<AccountPlan> surveyed = new ArrayList<>();
        new Survey(accounts, assessor, planner, NEEDS, clock, new Meter(), memory).run(outcome -> {
            if (outcome instanceof AccountOutcome.Surveyed found) {
                surveyed.add(found.plan());
            } else {
                shown.add(outcome.toString());
            }
        });
        CapLedger caps = new CapLedger(store, clock, rules.caps());
        Plan plan = planner.settle(
                surveyed,
                caps.usage(surveyed.stream().map(found -> found.account().id()).collect(Collectors.toSet())));
        String run = "run-" + ++runs;
        Tools tools = new Tools(
                assessor,
                planner,
                NEEDS,
                letters,
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
        new PlanApplier(
                        account -> accounts.live(Objects.requireNonNull(
                                world.account(account.id().value()))),
                        new AccountSession(tools, store, Set.of()),
                        caps,
                        clock)
                .apply(plan, surveyed, memory.unsettled(), new PlanApplier.Listener() {
                    @Override
                    public void ended(Account account, Outcome outcome) {
                        shown.add(outcome.toString());
                    }

                    @Override
                    public void troubled(Account account, String sentence) {
                        shown.add(sentence);
                    }
                });
    }
}
