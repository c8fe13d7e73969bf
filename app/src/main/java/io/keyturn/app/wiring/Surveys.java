package io.keyturn.app.wiring;

import io.keyturn.adapters.aws.AwsAccounts;
import io.keyturn.adapters.aws.AwsSettings;
import io.keyturn.app.config.Settings;
import io.keyturn.app.render.Renderer;
import io.keyturn.app.words.Manner;
import io.keyturn.core.assess.Assessor;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.FactName;
import io.keyturn.core.model.Needs;
import io.keyturn.core.plan.Planner;
import io.keyturn.core.policy.CelCondition;
import io.keyturn.engine.port.Accounts;
import io.keyturn.engine.port.Memory;
import io.keyturn.engine.port.Meter;
import io.keyturn.engine.run.AccountOutcome;
import io.keyturn.engine.run.CodeSearch;
import io.keyturn.engine.run.KeyUseSearch;
import io.keyturn.engine.run.OtherHands;
import io.keyturn.engine.run.OwnerSearch;
import io.keyturn.engine.run.Survey;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What every run does first: all accounts read, judged, planned for, and shown as they end. */
final class Surveys {
    private final Settings settings;
    private final InstantSource clock;
    private final Meter meter;

    Surveys(Settings settings, InstantSource clock, Meter meter) {
        this.settings = settings;
        this.clock = clock;
        this.meter = meter;
    }

    /** How AWS is read in the run of that name. */
    static AwsSettings awsSettings(Settings settings, Map<String, String> environment, RunName name) {
        return awsSettings(settings, environment, name, needs(settings).has(FactName.ACCOUNT_OU));
    }

    /** The same where it is said whether the units of accounts are asked for. */
    static AwsSettings awsSettings(Settings settings, Map<String, String> environment, RunName name, boolean units) {
        return new AwsSettings(
                settings.accounts(),
                settings.read(),
                settings.accountDeadline(),
                settings.fast(),
                environment,
                name.run(),
                units);
    }

    /** How other automation is found. */
    static OtherHands others(Settings settings, AwsAccounts accounts) throws InterruptedException {
        return new OtherHands(
                accounts.witness(),
                settings.acting().handOver(),
                accounts.caller().orElse(""));
    }

    /** How it is found which users code keeps. */
    static CodeSearch code(Settings settings, AwsAccounts accounts) {
        return new CodeSearch(accounts.witness(), settings.acting().handOver());
    }

    /** How it is found where keys are used from, where the configuration asks for that. */
    static KeyUseSearch uses(Settings settings, AwsAccounts accounts, InstantSource clock) {
        Manner.Evidence evidence = settings.acting().manner().evidence();
        return evidence.trail() ? new KeyUseSearch(accounts.witness(), evidence.networks(), clock) : KeyUseSearch.NONE;
    }

    /** What must be read so that the rules can be decided. */
    static Needs needs(Settings settings) {
        boolean byKeyId = settings.rules().policies().stream()
                .anyMatch(policy -> policy.when() instanceof CelCondition condition && condition.mentionsKeyId());
        return settings.rules().needs(byKeyId ? Needs.Identify.ALL : Needs.Identify.AT_RISK);
    }

    /** What is read of a user right before acting: what the rules ask for, and what messages tell of a key. */
    static Needs whole(Settings settings) {
        Set<FactName> facts = EnumSet.copyOf(needs(settings).facts());
        if (settings.acting().manner().style() == Manner.Style.KEYTURN) {
            facts.addAll(Set.of(FactName.LAST_USE, FactName.TAGS, FactName.CONSOLE));
        }
        if (settings.acting().manner().evidence().trail()) {
            facts.add(FactName.TRAIL);
        }
        return new Needs(facts, Needs.Identify.ALL);
    }

    /**
     * Runs; whether everything was read.
     *
     * @param owners where the assessor has its clues from
     * @param read takes each account that was read; only what it keeps outlives the account
     */
    boolean run(
            Accounts accounts,
            Assessor assessor,
            OwnerSearch owners,
            Planner planner,
            Memory memory,
            Renderer renderer,
            Predicate<Finding> view,
            Consumer<AccountOutcome.Surveyed> read)
            throws InterruptedException {
        boolean[] complete = {true};
        new Survey(accounts, assessor, planner, needs(settings), clock, meter, memory, owners).run(outcome -> {
            complete[0] &= complete(outcome);
            if (outcome instanceof AccountOutcome.Surveyed found) {
                read.accept(found);
            }
            renderer.account(outcome, view);
        });
        return complete[0];
    }

    private static boolean complete(AccountOutcome outcome) {
        return switch (outcome) {
            case AccountOutcome.Surveyed found -> found.snapshot().reading().complete();
            case AccountOutcome.Skipped skipped -> true;
            case AccountOutcome.Failed failed -> false;
        };
    }
}
