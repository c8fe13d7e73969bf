package io.keyturn.app.wiring;

import io.keyturn.app.config.Channels;
import io.keyturn.app.render.Renderer;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.Problem;
import io.keyturn.core.plan.Plan;
import io.keyturn.engine.apply.Outcome;
import io.keyturn.engine.apply.PlanApplier;
import io.keyturn.engine.port.Alarm;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.LiveAccounts;
import io.keyturn.engine.port.SecretFailure;
import io.keyturn.engine.port.Secrets;
import io.keyturn.engine.run.AccountOutcome;
import io.keyturn.engine.tell.RaisedAlarms;
import io.keyturn.engine.tell.StillWorks;
import io.keyturn.engine.tell.Watch;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Who is woken after a run, where that is configured: gathered while it runs, and rung once. */
final class Wakened {
    private final Channels.@Nullable PagerDuty pager;
    private final Watch watch = new Watch();

    Wakened(Channels channels) {
        this.pager = channels.pagerDuty();
    }

    /** What is shown, with what must be known gathered beside it. */
    Renderer beside(Renderer shown) {
        return new Renderer() {
            @Override
            public void account(AccountOutcome outcome, Predicate<Finding> view) {
                switch (outcome) {
                    case AccountOutcome.Surveyed found ->
                        watch.know(found.snapshot(), found.plan().stage(), found.findings());
                    case AccountOutcome.Failed failed ->
                        watch.failed(failed.label() + ": " + failed.problem().sentence());
                    case AccountOutcome.Skipped skipped -> {
                        // Left out as configured.
                    }
                }
                shown.account(outcome, view);
            }

            @Override
            public void end(Plan plan, boolean planAsked) {
                watch.know(plan);
                shown.end(plan, planAsked);
            }
        };
    }

    /** The same of what comes of the plan. */
    PlanApplier.Listener beside(PlanApplier.Listener heard) {
        return new PlanApplier.Listener() {
            @Override
            public void ended(Account account, Outcome outcome) {
                switch (outcome) {
                    case Outcome.Failed(var action, Problem problem) -> watch.failed(problem.sentence());
                    case Outcome.InDoubt(var action, Problem problem) -> watch.failed(problem.sentence());
                    case Outcome.Done done -> {
                        // As it should be.
                    }
                    case Outcome.Skipped skipped -> {
                        // The world changed, and that is well.
                    }
                    case Outcome.NotTried not -> {
                        // Why is told once, of the account.
                    }
                }
                heard.ended(account, outcome);
            }

            @Override
            public void troubled(Account account, String sentence) {
                watch.failed(account.name() + ": " + sentence);
                heard.troubled(account, sentence);
            }
        };
    }

    /** The run stopped for that reason. */
    void stopped(String why) {
        watch.failed(why);
    }

    /** A person stopped everything before the run did its work. */
    void halted() {
        watch.halted();
    }

    /** Says that a run broke off; what could not be said, a sentence each. */
    List<String> cry(Problem why, Map<String, String> environment, Secrets secrets, InstantSource clock)
            throws InterruptedException {
        if (pager == null) {
            return List.of();
        }
        watch.failed(why.sentence());
        try (Alarm alarm = Alarms.open(pager, environment, secrets, clock)) {
            return watch.cry(alarm).stream().map(Problem::sentence).toList();
        } catch (SecretFailure e) {
            return List.of(e.problem().sentence());
        }
    }

    /** Wakes whoever must be; what could not be said, a sentence each. */
    List<String> ring(
            LiveAccounts accounts,
            Map<String, String> environment,
            Secrets secrets,
            InstantSource clock,
            JournalStore store)
            throws InterruptedException {
        if (pager == null) {
            return List.of();
        }
        try (Alarm alarm = Alarms.open(pager, environment, secrets, clock)) {
            RaisedAlarms raised = new RaisedAlarms(store);
            return watch.ring(alarm, new StillWorks(accounts), raised).stream()
                    .map(Problem::sentence)
                    .toList();
        } catch (SecretFailure e) {
            return List.of(e.problem().sentence());
        }
    }
}
