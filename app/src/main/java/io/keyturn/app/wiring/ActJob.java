package io.keyturn.app.wiring;

import io.keyturn.adapters.aws.AwsAccounts;
import io.keyturn.app.config.Report;
import io.keyturn.app.config.Settings;
import io.keyturn.app.planfile.PlanFile;
import io.keyturn.app.render.Renderer;
import io.keyturn.core.assess.Assessor;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Problem;
import io.keyturn.core.plan.AccountPlan;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.History;
import io.keyturn.core.plan.Plan;
import io.keyturn.core.plan.Planner;
import io.keyturn.engine.apply.Abreast;
import io.keyturn.engine.apply.AccountSession;
import io.keyturn.engine.apply.Agreement;
import io.keyturn.engine.apply.CapLedger;
import io.keyturn.engine.apply.PlanApplier;
import io.keyturn.engine.apply.StageMark;
import io.keyturn.engine.apply.StopFlag;
import io.keyturn.engine.apply.TicketTools;
import io.keyturn.engine.apply.Tools;
import io.keyturn.engine.apply.Weather;
import io.keyturn.engine.journal.JournalMemory;
import io.keyturn.engine.journal.Leases;
import io.keyturn.engine.port.AccountEntry;
import io.keyturn.engine.port.Channel;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.Meter;
import io.keyturn.engine.port.Secrets;
import io.keyturn.engine.port.StoreFailure;
import io.keyturn.engine.run.OwnerSearch;
import io.keyturn.engine.run.Watching;
import io.keyturn.engine.tell.Switchboard;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A run that acts: reads, plans, shows the plan, and carries it out where it is told to. */
public final class ActJob {
    private final Settings configured;
    private final Map<String, String> environment;
    private final InstantSource clock;
    private final Meter meter = new Meter();
    private final RunName name;
    private final Keeping keeping;
    private final TimeLimit limit;
    private @Nullable String by;

    /** Kept where the configuration says. */
    public ActJob(Settings configured, Map<String, String> environment, InstantSource clock) {
        this(configured, environment, clock, Keeping.configured(configured, environment));
    }

    /** @param keeping where it is remembered */
    public ActJob(Settings configured, Map<String, String> environment, InstantSource clock, Keeping keeping) {
        this(configured, environment, clock, keeping, TimeLimit.NONE);
    }

    /** @param limit how long it may take */
    public ActJob(
            Settings configured,
            Map<String, String> environment,
            InstantSource clock,
            Keeping keeping,
            TimeLimit limit) {
        this.limit = limit;
        this.configured = limit.within(configured);
        this.keeping = keeping;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
        this.name = RunName.of(clock.instant());
    }

    /** Somebody began it by hand on a server's pages: it is recorded with the run. */
    ActJob begunBy(@Nullable String person) {
        by = person;
        return this;
    }

    /** What the journal calls the run. */
    String name() {
        return name.run();
    }

    /** Counts while the run runs. */
    public Meter meter() {
        return meter;
    }

    /** What the job is told, and tells. */
    public interface Desk extends PlanApplier.Listener {
        /** Why something that is due is not in the plan. */
        void restrained(String sentence);

        /** An action of the plan in a file is not taken, since the world does not agree with it any more. */
        default void refused(Agreement.Refused refused) {}

        /** Whether the plan, which was shown, is to be carried out. */
        boolean approves(Plan plan);

        /** Whether a person looks on, or nothing is done: then nobody need be woken where the run breaks off. */
        default boolean attended() {
            return true;
        }

        /** What came of posting a report. */
        default void posted(Report report, Channel.Sending sending) {}
    }

    /** How it ended. */
    public sealed interface End {
        boolean complete();

        /** Carried out, or nothing was due. */
        record Carried(boolean complete) implements End {}

        /** Not approved, so nothing was done. */
        record Declined(boolean complete) implements End {}

        /** Of the accounts there are, so labelled, none was taken. */
        record NoSuchAccount(boolean complete, Set<String> labels) implements End {}

        /** Stopped before the first act. */
        record Stopped(boolean complete, String why) implements End {}
    }

    /** Runs with a plan of its own making. */
    public End run(
            Renderer renderer,
            Predicate<AccountEntry> taken,
            Predicate<Finding> view,
            Predicate<Action> only,
            Desk desk)
            throws StoreFailure, InterruptedException {
        return run(renderer, taken, view, only, null, desk);
    }

    /**
     * Runs.
     *
     * @param taken which accounts are read and acted on
     * @param only which actions of its own plan may be taken; it narrows, and nothing widens
     * @param file the plan to carry out, and no other; null for one of its own making
     */
    public End run(
            Renderer renderer,
            Predicate<AccountEntry> taken,
            Predicate<Finding> view,
            Predicate<Action> only,
            @Nullable PlanFile file,
            Desk desk)
            throws StoreFailure, InterruptedException {
        try (JournalStore store = keeping.journal()) {
            long stages = new StageMark(store).now();
            return run(Lowered.by(store, configured), stages, store, renderer, taken, view, only, file, desk);
        } catch (StoreFailure e) {
            if (!desk.attended()) {
                cry(e.problem(), desk);
            }
            throw e;
        }
    }

    /** Nobody sees that the run broke off, unless somebody is woken. */
    private void cry(Problem why, Desk desk) throws InterruptedException {
        try (Secrets secrets = new RunSecrets(environment, configured.acting().credstash())) {
            new Wakened(configured.acting().channels())
                    .cry(why, environment, secrets, clock)
                    .forEach(desk::restrained);
        }
    }

    private End run(
            Settings settings,
            long stages,
            JournalStore store,
            Renderer renderer,
            Predicate<AccountEntry> taken,
            Predicate<Finding> view,
            Predicate<Action> only,
            @Nullable PlanFile file,
            Desk desk)
            throws StoreFailure, InterruptedException {
        Set<String> enough = Voice.enough(settings.acting().channels());
        Reports reports = new Reports(settings, environment, clock.instant(), name.run());
        try (Keeping.KeyIds keyIds = keeping.keyIds();
                Keeping.Uses uses = keeping.uses(store);
                Secrets secrets = new RunSecrets(environment, settings.acting().credstash());
                Cataloguing catalog = new Cataloguing(keeping.catalog(), clock, name, "run", meter, by, configured);
                Switchboard voice = Voice.open(settings.acting(), environment, secrets, clock);
                TicketTools tickets = Tickets.open(settings.acting(), environment, secrets, clock);
                AwsAccounts accounts = new AwsAccounts(
                        Surveys.awsSettings(settings, environment, name), keyIds.memory(), meter, clock);
                Sinks sinks = new Sinks(accounts, environment, clock)) {
            keeping.reach(accounts);
            Watching habits = new Watching(uses.memory());
            OwnerSearch owners = new OwnerSearch(settings.rules(), accounts.witness());
            Assessor assessor = new Assessor(settings.rules(), habits, owners);
            Planner planner = new Planner(settings.rules(), History.NONE);
            Restraints restraints = new Restraints(settings, clock.instant());
            Wakened wakened = new Wakened(settings.acting().channels());
            StopFlag stop = new StopFlag(store, stages, () -> keeping.stopped().or(limit::noMoreActs));
            Tools tools = new Tools(
                    assessor,
                    planner,
                    Surveys.whole(settings),
                    keeping.notifier(voice),
                    tickets,
                    keeping.sinks(sinks),
                    new Leases(store, clock, name.worker()),
                    stop,
                    clock,
                    name::next,
                    time -> Thread.sleep(time),
                    new Abreast(32),
                    new Weather(),
                    name.run(),
                    name.worker(),
                    Surveys.uses(settings, accounts, clock));
            AccountSession session = new AccountSession(tools, store, enough);
            JournalMemory memory = session.memory(accounts, snapshot -> {
                keeping.begin(snapshot);
                habits.see(snapshot);
            });
            List<AccountPlan> surveyed = new ArrayList<>();
            List<Finding> concerned = new ArrayList<>();
            ChosenAccounts some =
                    new ChosenAccounts(limit.within(accounts), file == null ? taken : taken.and(file::concerns));
            boolean complete = new Surveys(settings, clock, meter)
                    .run(
                            some,
                            assessor,
                            owners,
                            planner,
                            memory,
                            catalog.beside(wakened.beside(reports.beside(renderer))),
                            view,
                            found -> {
                                // Of a plan in a file it is told when what is not due yet comes.
                                surveyed.add(file == null ? found.plan().dueAlone() : found.plan());
                                restraints.know(found.findings());
                                if (file != null) {
                                    found.findings().stream()
                                            .filter(file::concerns)
                                            .forEach(concerned::add);
                                }
                            });
            if (some.none()) {
                return new End.NoSuchAccount(complete, some.labels());
            }
            CapLedger caps = new CapLedger(store, clock, settings.rules().caps());
            Set<AccountId> ids =
                    surveyed.stream().map(plan -> plan.account().id()).collect(Collectors.toSet());
            Plan due = file == null
                    ? planner.settle(surveyed, caps.usage(ids)).only(only)
                    : agreed(file, Agreement.of(file.actions(), surveyed, concerned), desk);
            restraints.weigh(due, due.hash(), Optional.of(store));
            if (keeping.looksAround() && Restraints.anyCouldCollide(due)) {
                restraints.lookAround(
                        due, surveyed, Surveys.others(settings, accounts), Surveys.code(settings, accounts));
            }
            restraints.askClocks(due, voice);
            Plan plan = due.only(restraints::allows);
            // Fewer steps of a plan in a file are still of that plan.
            plan = file == null ? plan : new Plan(plan.actions(), List.of(), file.hash());
            renderer.end(plan, true);
            catalog.planned(due, some.whole());
            restraints.sentences(due).forEach(desk::restrained);
            catalog.warning().ifPresent(desk::restrained);
            Optional<String> stopped = stop.raised();
            if (stopped.isPresent()) {
                catalog.ended("everything is stopped: " + stopped.get());
                if (!desk.attended()) {
                    // A key that is out wakes somebody even now: nobody else acts.
                    limit.noMoreActs().ifPresentOrElse(wakened::stopped, wakened::halted);
                    wakened.ring(accounts, environment, secrets, clock, store).forEach(desk::restrained);
                }
                return new End.Stopped(complete, "everything is stopped: " + stopped.get());
            }
            if (!desk.approves(plan)) {
                catalog.ended("not carried out");
                return new End.Declined(complete);
            }
            keeping.tidy();
            reports.postLists(environment, desk::posted);
            reports.postFindings(accounts, desk::posted);
            Optional<CapLedger.Full> full = new PlanApplier(accounts, session, caps, clock)
                    .apply(
                            plan,
                            surveyed,
                            memory.unsettled(),
                            // A plan in a file is carried out, and nothing else.
                            file == null ? new PlanApplier.Unheard(memory.unheard(), only) : PlanApplier.Unheard.NONE,
                            catalog.beside(wakened.beside(reports.beside(desk))));
            catalog.ended(full.map(CapLedger.Full::sentence).orElse(""));
            full.ifPresent(cap -> wakened.stopped(cap.sentence()));
            wakened.ring(accounts, environment, secrets, clock, store).forEach(desk::restrained);
            if (full.isPresent()) {
                return new End.Stopped(complete, full.get().sentence());
            }
            reports.postTales(environment, secrets, clock, desk::posted);
            return new End.Carried(complete);
        }
    }

    /** What the world still agrees with; the others are told of. */
    private static Plan agreed(PlanFile file, Agreement agreement, Desk desk) {
        agreement.refused().forEach(desk::refused);
        return new Plan(agreement.actions(), List.of(), file.hash());
    }
}
