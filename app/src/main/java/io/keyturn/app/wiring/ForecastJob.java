package io.keyturn.app.wiring;

import io.keyturn.adapters.aws.AwsAccounts;
import io.keyturn.adapters.store.SqliteKeyIds;
import io.keyturn.app.config.Settings;
import io.keyturn.app.words.Manner;
import io.keyturn.core.assess.Assessor;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Owner;
import io.keyturn.core.forecast.Forecast;
import io.keyturn.core.forecast.ForecastHours;
import io.keyturn.core.forecast.Forecaster;
import io.keyturn.core.forecast.PastReactions;
import io.keyturn.core.forecast.People;
import io.keyturn.core.forecast.Reaction;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.FactName;
import io.keyturn.core.model.Needs;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.Reading;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.UserId;
import io.keyturn.core.plan.History;
import io.keyturn.core.plan.Hours;
import io.keyturn.core.plan.Planner;
import io.keyturn.core.plan.Stages;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Stage;
import io.keyturn.engine.journal.AccountJournal;
import io.keyturn.engine.journal.Reactions;
import io.keyturn.engine.journal.Streams;
import io.keyturn.engine.port.AccountEntry;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.Meter;
import io.keyturn.engine.port.StoreFailure;
import io.keyturn.engine.run.AccountOutcome;
import io.keyturn.engine.run.OwnerSearch;
import io.keyturn.engine.run.Survey;
import io.keyturn.engine.run.Watching;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads the accounts once, and lets the planner go through days to come: by the rules that are, and by others. */
public final class ForecastJob {
    private final Settings settings;
    private final Map<String, String> environment;
    private final InstantSource clock;
    private final Meter meter = new Meter();

    /** A reading that is kept, with what is remembered of the account. */
    private record Read(Snapshot snapshot, History past) {}

    public ForecastJob(Settings settings, Map<String, String> environment, InstantSource clock) {
        this.settings = settings;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
    }

    /** Counts while it reads. */
    public Meter meter() {
        return meter;
    }

    /**
     * What is asked.
     *
     * @param days how many runs are gone through, one a day
     * @param people what owners do; null where they do as they did before, as the journal has it
     * @param stage the one stage that is to hold everywhere; null for those configured
     * @param others the settings whose rules are compared; null where none are
     */
    public record Question(
            int days,
            @Nullable People people,
            @Nullable Stage stage,
            @Nullable Settings others) {}

    /**
     * What it came to.
     *
     * @param others by the other rules; null where none were asked for
     * @param before how owners reacted before; null where that was not asked for
     * @param observed whether every account is at the stage at which nothing is ever done
     * @param failures a sentence for each account that could not be read, whole or at all
     * @param labels how people know the accounts there are
     * @param none whether there are accounts, and none of them was taken
     */
    public record Result(
            Forecast forecast,
            @Nullable Forecast others,
            @Nullable PastReactions before,
            boolean observed,
            List<String> failures,
            Set<String> labels,
            boolean none) {
        public Result {
            failures = List.copyOf(failures);
            labels = Set.copyOf(labels);
        }
    }

    /** Reads the accounts that are taken, and looks ahead. */
    public Result run(Question question, Predicate<AccountEntry> taken) throws StoreFailure, InterruptedException {
        Optional<JournalStore> journal = Stores.openIfThere(settings, environment);
        try {
            return run(Lowered.by(journal, settings), journal, question, taken);
        } finally {
            journal.ifPresent(JournalStore::close);
        }
    }

    private Result run(Settings now, Optional<JournalStore> journal, Question question, Predicate<AccountEntry> taken)
            throws StoreFailure, InterruptedException {
        Settings others = question.others();
        Needs needs = others == null ? Surveys.needs(now) : both(Surveys.needs(now), Surveys.needs(others));
        Pasts pasts = new Pasts(journal, Voice.enough(now.acting().channels()));
        List<Read> read = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        Map<UserId, String> owned = new HashMap<>();
        try (SqliteKeyIds keyIds = SqliteKeyIds.in(now.keyIds());
                Keeping.Uses uses = Seen.of(now, journal);
                AwsAccounts accounts = new AwsAccounts(
                        Surveys.awsSettings(
                                now,
                                environment,
                                RunName.of(clock.instant()),
                                needs.facts().contains(FactName.ACCOUNT_OU)),
                        keyIds,
                        meter,
                        clock)) {
            ChosenAccounts some = new ChosenAccounts(accounts, taken);
            Watching habits = new Watching(uses.memory());
            OwnerSearch owners = new OwnerSearch(now.rules(), accounts.witness());
            Assessor assessor = new Assessor(now.rules(), habits, owners);
            Planner planner = new Planner(now.rules(), History.NONE);
            new Survey(some, assessor, planner, needs, clock, meter, pasts, owners).run(outcome -> {
                switch (outcome) {
                    case AccountOutcome.Surveyed found -> {
                        Snapshot snapshot = found.snapshot();
                        found.findings().forEach(finding -> own(finding, owned));
                        read.add(new Read(
                                snapshot, pasts.taken(snapshot.account().id())));
                        if (snapshot.reading() instanceof Reading.Partial(String why)) {
                            failures.add(snapshot.account().name() + " was read in part: " + why);
                        }
                    }
                    case AccountOutcome.Skipped skipped -> {
                        // It is left out on purpose, and nothing happens in it.
                    }
                    case AccountOutcome.Failed failed ->
                        failures.add(failed.problem().sentence());
                }
            });
            // Accounts end in any order, and a forecast is the same for the same accounts.
            read.sort(Comparator.comparing(one -> one.snapshot().account().id()));
            List<Instant> runs = runs(question.days());
            Manner manner = now.acting().manner();
            ForecastHours hours = new ForecastHours(new Hours(now.acting().window(), manner.within()), manner.zone());
            Rules rules = staged(now.rules(), question.stage());
            People given = question.people();
            PastReactions before = given == null ? before(journal, read, owned) : null;
            People people = given != null ? given : before == null ? People.DO_NOTHING : before.people();
            return new Result(
                    forecast(new Forecaster(rules, habits, people, hours), read, runs),
                    others == null
                            ? null
                            : forecast(
                                    new Forecaster(staged(others.rules(), question.stage()), habits, people, hours),
                                    read,
                                    runs),
                    before,
                    question.stage() == null && read.stream().allMatch(one -> isObserved(rules, one, runs.getFirst())),
                    failures,
                    some.labels(),
                    some.none());
        }
    }

    private static void own(Finding finding, Map<UserId, String> owned) {
        if (finding.credential().principal() instanceof Principal.OfUser user
                && finding.owner() instanceof Fact.Known<Owner> known) {
            owned.put(user.id(), known.value().name());
        }
    }

    /** How owners reacted, in the journals of the accounts that were read. */
    private PastReactions before(Optional<JournalStore> journal, List<Read> read, Map<UserId, String> owned)
            throws StoreFailure {
        List<Reaction> reactions = new ArrayList<>();
        for (Read one : read) {
            if (journal.isPresent()) {
                Reactions of = new Reactions();
                String stream = Streams.of(one.snapshot().account().id());
                AccountJournal.open(journal.get(), stream, of);
                reactions.addAll(of.at(clock.instant()));
            }
        }
        return PastReactions.of(reactions, owned);
    }

    private static boolean isObserved(Rules rules, Read one, Instant at) {
        return Stages.of(one.snapshot().account(), rules, at) == Stage.OBSERVE;
    }

    private static Rules staged(Rules rules, @Nullable Stage stage) {
        return stage == null ? rules : rules.at(stage);
    }

    private static Needs both(Needs one, Needs other) {
        Set<FactName> facts = EnumSet.copyOf(one.facts());
        facts.addAll(other.facts());
        return new Needs(facts, one.identify().compareTo(other.identify()) > 0 ? one.identify() : other.identify());
    }

    private static Forecast forecast(Forecaster forecaster, List<Read> read, List<Instant> runs) {
        read.forEach(one -> forecaster.add(one.snapshot(), one.past()));
        return forecaster.over(runs);
    }

    /** One run a day at this time of day. */
    private List<Instant> runs(int days) {
        Instant now = clock.instant();
        return IntStream.range(0, days)
                .mapToObj(day -> now.plus(Duration.ofDays(day)))
                .toList();
    }
}
