package io.keyturn.app.wiring;

import io.keyturn.adapters.aws.AwsAccounts;
import io.keyturn.adapters.store.SqliteKeyIds;
import io.keyturn.app.config.Settings;
import io.keyturn.core.explain.Explainer;
import io.keyturn.core.explain.Sought;
import io.keyturn.core.explain.UserStory;
import io.keyturn.core.model.FactName;
import io.keyturn.core.model.Needs;
import io.keyturn.core.plan.History;
import io.keyturn.engine.port.AccountEntry;
import io.keyturn.engine.port.Meter;
import io.keyturn.engine.run.Lookup;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Finds a user or key and tells its story. */
public final class ExplainJob {
    private final Settings settings;
    private final Map<String, String> environment;
    private final InstantSource clock;
    private final Meter meter = new Meter();

    public ExplainJob(Settings settings, Map<String, String> environment, InstantSource clock) {
        this.settings = settings;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
    }

    /** Counts while it runs. */
    public Meter meter() {
        return meter;
    }

    /**
     * What was found.
     *
     * @param stories of all users that fit
     * @param lookup how it was found
     */
    public record Result(List<UserStory> stories, Lookup.Result lookup) {
        public Result {
            stories = List.copyOf(stories);
        }
    }

    /** Looks in the accounts that pass {@code asked}. */
    public Result run(Sought sought, Predicate<AccountEntry> asked) throws InterruptedException {
        Needs needs = needs();
        try (SqliteKeyIds memory = SqliteKeyIds.in(settings.keyIds());
                AwsAccounts accounts = new AwsAccounts(
                        Surveys.awsSettings(settings, environment, RunName.of(clock.instant())),
                        memory,
                        meter,
                        clock)) {
            Lookup.Result found = new Lookup(accounts, needs, meter).find(sought, asked);
            Explainer explainer = new Explainer(settings.rules(), History.NONE);
            List<UserStory> stories = found.found().stream()
                    .flatMap(snapshot -> explainer.explain(snapshot, clock.instant()).stream())
                    .toList();
            return new Result(stories, found);
        }
    }

    /** What the rules ask for, and all else that a user tells: of one user it costs a handful of calls. */
    private Needs needs() {
        Set<FactName> facts =
                EnumSet.copyOf(settings.rules().needs(Needs.Identify.ALL).facts());
        facts.addAll(Set.of(
                FactName.LAST_USE,
                FactName.TAGS,
                FactName.GROUPS,
                FactName.POLICIES,
                FactName.BOUNDARY,
                FactName.CONSOLE,
                FactName.MFA));
        facts.remove(FactName.ROOT);
        return new Needs(facts, Needs.Identify.ALL);
    }
}
