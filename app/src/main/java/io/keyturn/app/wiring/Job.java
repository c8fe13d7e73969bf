package io.keyturn.app.wiring;

import io.keyturn.adapters.aws.AwsAccounts;
import io.keyturn.adapters.aws.AwsSettings;
import io.keyturn.adapters.store.SqliteKeyIds;
import io.keyturn.app.config.Settings;
import io.keyturn.app.render.Renderer;
import io.keyturn.core.assess.Assessor;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.FactName;
import io.keyturn.core.model.Needs;
import io.keyturn.core.model.Standing;
import io.keyturn.core.plan.AccountPlan;
import io.keyturn.core.plan.History;
import io.keyturn.core.plan.Planner;
import io.keyturn.core.policy.CelCondition;
import io.keyturn.engine.port.Meter;
import io.keyturn.engine.run.AccountOutcome;
import io.keyturn.engine.run.Survey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** One run: accounts, reading, judgement and plan put together, and their result handed to a renderer. */
public final class Job {
    private final Settings settings;
    private final Map<String, String> environment;
    private final InstantSource clock;
    private final Meter meter = new Meter();

    public Job(Settings settings, Map<String, String> environment, InstantSource clock) {
        this.settings = settings;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
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
     */
    public record Result(boolean complete, Map<Standing, Integer> counts, Optional<String> warning) {}

    /**
     * Runs.
     *
     * @param view which findings are shown; all are judged
     * @param planAsked whether the plan is part of what is shown
     */
    public Result run(Renderer renderer, Predicate<Finding> view, boolean planAsked) throws InterruptedException {
        Planner planner = new Planner(settings.rules(), History.NONE);
        Needs needs = needs();
        AwsSettings aws = new AwsSettings(
                settings.accounts(),
                settings.read(),
                settings.accountDeadline(),
                settings.fast(),
                environment,
                "keyturn-"
                        + Instant.ofEpochSecond(clock.instant().getEpochSecond())
                                .toString()
                                .replace(":", ""),
                needs.has(FactName.ACCOUNT_OU));
        List<AccountPlan> plans = new ArrayList<>();
        Map<Standing, Integer> counts = new EnumMap<>(Standing.class);
        boolean[] complete = {true};
        try (SqliteKeyIds memory = SqliteKeyIds.in(settings.store());
                AwsAccounts accounts = new AwsAccounts(aws, memory, meter, clock)) {
            new Survey(accounts, new Assessor(settings.rules()), planner, needs, clock, meter).run(outcome -> {
                complete[0] &= complete(outcome);
                if (outcome instanceof AccountOutcome.Surveyed found) {
                    // Only planned actions outlive their account.
                    plans.add(found.plan());
                    found.findings().stream()
                            .filter(view)
                            .forEach(finding -> counts.merge(finding.standing(), 1, Integer::sum));
                }
                renderer.account(outcome, view);
            });
            renderer.end(planner.settle(plans), planAsked);
            return new Result(complete[0], counts, memory.warning());
        }
    }

    private Needs needs() {
        boolean byKeyId = settings.rules().policies().stream()
                .anyMatch(policy -> policy.when() instanceof CelCondition condition && condition.mentionsKeyId());
        return settings.rules().needs(byKeyId ? Needs.Identify.ALL : Needs.Identify.AT_RISK);
    }

    private static boolean complete(AccountOutcome outcome) {
        return switch (outcome) {
            case AccountOutcome.Surveyed found -> found.snapshot().reading().complete();
            case AccountOutcome.Skipped skipped -> true;
            case AccountOutcome.Failed failed -> false;
        };
    }
}
