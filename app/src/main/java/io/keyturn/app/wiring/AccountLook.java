package io.keyturn.app.wiring;

import io.keyturn.adapters.aws.AwsAccounts;
import io.keyturn.adapters.aws.AwsSettings;
import io.keyturn.app.config.Seen;
import io.keyturn.app.config.Settings;
import io.keyturn.app.config.Sightings;
import io.keyturn.core.assess.Assessor;
import io.keyturn.core.model.FactName;
import io.keyturn.core.model.Needs;
import io.keyturn.core.plan.History;
import io.keyturn.core.plan.Planner;
import io.keyturn.engine.port.KeyIdMemory;
import io.keyturn.engine.port.Meter;
import io.keyturn.engine.run.AccountOutcome;
import io.keyturn.engine.run.Survey;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A look at accounts before there is a configuration: what their users' tags and paths tell. */
public final class AccountLook {
    private final Meter meter = new Meter();

    /** Counts while it looks. */
    public Meter meter() {
        return meter;
    }

    /**
     * What it came to.
     *
     * @param missed a sentence for each account that could not be looked at
     */
    public record Result(Seen seen, List<String> missed) {
        public Result {
            missed = List.copyOf(missed);
        }
    }

    /** Looks at the accounts of {@code settings}, with the credentials of {@code environment}. */
    public Result look(Settings settings, Map<String, String> environment, InstantSource clock)
            throws InterruptedException {
        Needs needs = new Needs(
                Set.of(FactName.TAGS, FactName.CONSOLE, FactName.MFA, FactName.ACCOUNT_OU), Needs.Identify.NONE);
        AwsSettings aws = new AwsSettings(
                settings.accounts(),
                settings.read(),
                settings.accountDeadline(),
                settings.fast(),
                environment,
                "keyturn-config",
                true);
        Sightings sightings = new Sightings();
        List<String> missed = new ArrayList<>();
        try (AwsAccounts accounts = new AwsAccounts(aws, KeyIdMemory.NONE, meter, clock)) {
            Planner planner = new Planner(settings.rules(), History.NONE);
            new Survey(accounts, new Assessor(settings.rules()), planner, needs, clock, meter).run(outcome -> {
                switch (outcome) {
                    case AccountOutcome.Surveyed found -> sightings.add(found.snapshot());
                    case AccountOutcome.Skipped skipped -> {
                        // left out on purpose, so nothing is missed
                    }
                    case AccountOutcome.Failed failed ->
                        missed.add(failed.problem().sentence());
                }
            });
        }
        return new Result(sightings.seen(), missed);
    }
}
