package io.keyturn.bench.effect;

import io.keyturn.app.words.Manner;
import io.keyturn.app.words.MessageWriter;
import io.keyturn.core.assess.Assessor;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.FactName;
import io.keyturn.core.model.Needs;
import io.keyturn.core.plan.AccountPlan;
import io.keyturn.core.plan.History;
import io.keyturn.core.plan.Planner;
import io.keyturn.core.policy.Rules;
import io.keyturn.engine.apply.Abreast;
import io.keyturn.engine.apply.AccountSession;
import io.keyturn.engine.apply.CapLedger;
import io.keyturn.engine.apply.Outcome;
import io.keyturn.engine.apply.PlanApplier;
import io.keyturn.engine.apply.StopFlag;
import io.keyturn.engine.apply.TicketTools;
import io.keyturn.engine.apply.Tools;
import io.keyturn.engine.apply.Weather;
import io.keyturn.engine.journal.JournalMemory;
import io.keyturn.engine.journal.Leases;
import io.keyturn.engine.journal.MemoryJournalStore;
import io.keyturn.engine.port.LiveAccounts;
import io.keyturn.engine.port.Meter;
import io.keyturn.engine.port.ReadMode;
import io.keyturn.engine.run.AccountOutcome;
import io.keyturn.engine.run.Survey;
import io.keyturn.sandbox.fault.Faults;
import io.keyturn.sandbox.ports.WorldAccounts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The whole engine over the street, once a day, at the stage enforce. */
final class Keyturn implements Tool {
    private static final Needs NEEDS = new Needs(EnumSet.allOf(FactName.class), Needs.Identify.ALL);

    private final Street street;
    private final String name;
    private final Rules rules;
    private final MemoryJournalStore store = new MemoryJournalStore();
    private final WorldAccounts accounts;
    private final Post post;
    private final Safe safe = new Safe();
    private final Desk desk;
    private int runs;
    private int ids;

    Keyturn(Street street, String name, Rules rules) {
        this.street = street;
        this.name = name;
        this.rules = rules;
        this.accounts =
                new WorldAccounts(street.world(), street.clock(), Faults.NONE, ReadMode.LIVE, Duration.ofSeconds(2));
        this.post = new Post(street);
        this.desk = new Desk(street.tally());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean holds(String key) {
        return safe.holds(key);
    }

    @Override
    public void run(int day) throws Exception {
        Assessor assessor = new Assessor(rules);
        Planner planner = new Planner(rules, History.NONE);
        LiveAccounts live = account -> accounts.live(
                Objects.requireNonNull(street.world().account(account.id().value())));
        AccountSession session = new AccountSession(tools(assessor, planner), store, Set.of());
        JournalMemory memory = session.memory(live, snapshot -> {});
        List<AccountPlan> plans = new ArrayList<>();
        new Survey(accounts, assessor, planner, NEEDS, street.clock(), new Meter(), memory).run(outcome -> {
            switch (outcome) {
                case AccountOutcome.Surveyed found -> plans.add(found.plan());
                case AccountOutcome.Skipped closed -> {
                    // Nobody lives there.
                }
                case AccountOutcome.Failed failed ->
                    throw new IllegalStateException(failed.problem().sentence());
            }
        });
        CapLedger caps = new CapLedger(store, street.clock(), rules.caps());
        var plan = planner.settle(
                plans,
                caps.usage(plans.stream().map(found -> found.account().id()).collect(Collectors.toSet())));
        new PlanApplier(live, session, caps, street.clock())
                .apply(
                        plan,
                        plans,
                        memory.unsettled(),
                        new PlanApplier.Unheard(memory.unheard(), action -> true),
                        new PlanApplier.Listener() {
                            @Override
                            public void ended(Account account, Outcome outcome) {
                                // It is seen in the world.
                            }

                            @Override
                            public void troubled(Account account, String sentence) {
                                throw new IllegalStateException(sentence);
                            }
                        });
    }

    private Tools tools(Assessor assessor, Planner planner) {
        String run = "run-" + ++runs;
        return new Tools(
                assessor,
                planner,
                NEEDS,
                post,
                new TicketTools(desk, new MessageWriter(Manner.DEFAULT, street.clock()), TicketTools.Each.KEY),
                safe,
                new Leases(store, street.clock(), run),
                new StopFlag(store),
                street.clock(),
                () -> "id-" + ++ids,
                street.clock()::move,
                new Abreast(1),
                new Weather(),
                run,
                run);
    }
}
