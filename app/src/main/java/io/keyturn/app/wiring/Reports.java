package io.keyturn.app.wiring;

import io.keyturn.adapters.aws.AwsAccounts;
import io.keyturn.app.config.Report;
import io.keyturn.app.config.Settings;
import io.keyturn.app.render.Renderer;
import io.keyturn.app.render.SentryReport;
import io.keyturn.app.render.SleuthReport;
import io.keyturn.app.render.SleuthSlack;
import io.keyturn.app.render.SleuthText;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.Problem;
import io.keyturn.core.plan.Plan;
import io.keyturn.core.plan.Stages;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.apply.Outcome;
import io.keyturn.engine.apply.PlanApplier;
import io.keyturn.engine.port.Bulletin;
import io.keyturn.engine.port.Channel;
import io.keyturn.engine.port.Secrets;
import io.keyturn.engine.run.AccountOutcome;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The reports of a run: filled while accounts end, and posted once. Of accounts that are only observed nothing leaves. */
final class Reports {
    private final Rules rules;
    private final Instant now;
    private final String run;
    private final Map<Report.Sentry, SentryReport> lists = new LinkedHashMap<>();
    private final Map<Report.Sleuth, SleuthReport> tales = new LinkedHashMap<>();
    private final List<HubReport> hubs = new ArrayList<>();
    private boolean anythingRead;

    /**
     * Reports of a run.
     *
     * @param environment whose Region counts where a report names none
     * @param run names the run
     */
    Reports(Settings settings, Map<String, String> environment, Instant now, String run) {
        this.rules = settings.rules();
        this.now = now;
        this.run = run;
        for (Report report : settings.reports()) {
            switch (report) {
                case Report.Sentry sentry -> lists.put(sentry, new SentryReport(sentry.days()));
                case Report.Sleuth sleuth -> tales.put(sleuth, new SleuthReport(rules));
                case Report.SecurityHub hub -> hubs.add(new HubReport(hub, environment, now));
            }
        }
    }

    /** What is shown, with the reports filled beside it; of these no view leaves anything out. */
    Renderer beside(Renderer shown) {
        return new Renderer() {
            @Override
            public void account(AccountOutcome outcome, Predicate<Finding> view) {
                take(outcome);
                shown.account(outcome, view);
            }

            @Override
            public void end(Plan plan, boolean planAsked) {
                shown.end(plan, planAsked);
            }

            @Override
            public boolean writesAtOnce() {
                return shown.writesAtOnce();
            }
        };
    }

    private void take(AccountOutcome outcome) {
        if (outcome instanceof AccountOutcome.Surveyed found) {
            if (!Stages.of(found.snapshot().account(), rules, now).allows(Step.REMIND)) {
                return;
            }
            anythingRead = true;
        }
        lists.values().forEach(report -> report.account(outcome, finding -> true));
        tales.values().forEach(report -> report.account(outcome, finding -> true));
        hubs.forEach(report -> report.account(outcome));
    }

    /** Who is told what is done, with the reports told beside. */
    PlanApplier.Listener beside(PlanApplier.Listener told) {
        return new PlanApplier.Listener() {
            @Override
            public void ended(Account account, Outcome outcome) {
                tales.values().forEach(report -> report.ended(outcome));
                told.ended(account, outcome);
            }

            @Override
            public void troubled(Account account, String sentence) {
                told.troubled(account, sentence);
            }
        };
    }

    /** Hears what came of each. */
    interface Listener {
        void posted(Report report, Channel.Sending sending);
    }

    /** Posts what tells of keys alone, each once, but none that would only say that nothing is known. */
    void postLists(Map<String, String> environment, Listener listener) throws InterruptedException {
        for (Map.Entry<Report.Sentry, SentryReport> entry : lists.entrySet()) {
            Report.Sentry report = entry.getKey();
            if (!anythingRead) {
                listener.posted(report, new Channel.Sending.Refused(nothingRead("old keys")));
                continue;
            }
            try (Bulletin bulletin = AwsNotices.bulletin(report.topic(), environment)) {
                listener.posted(report, bulletin.publish(null, entry.getValue().text(), run));
            }
        }
    }

    /** Puts findings into the Security Hub of each account that was read. */
    void postFindings(AwsAccounts accounts, Listener listener) throws InterruptedException {
        for (HubReport hub : hubs) {
            hub.post(accounts, listener);
        }
    }

    private static Problem nothingRead(String what) {
        return new Problem(
                "post the report",
                what,
                "no account that it may tell of was read",
                "see what is said of the accounts, and that their stage is notify or above");
    }

    /** Posts what tells of what was done, each once, where there is anything to tell. */
    void postTales(Map<String, String> environment, Secrets secrets, InstantSource clock, Listener listener)
            throws InterruptedException {
        for (Map.Entry<Report.Sleuth, SleuthReport> entry : tales.entrySet()) {
            Report.Sleuth report = entry.getKey();
            SleuthReport tale = entry.getValue();
            if (!anythingRead) {
                listener.posted(report, new Channel.Sending.Refused(nothingRead("keys and their limits")));
                continue;
            }
            if (report.topic() != null) {
                try (Bulletin topic = AwsNotices.bulletin(report.topic(), environment)) {
                    publish(topic, SleuthText.SUBJECT, SleuthText.messages(tale, report), report, listener);
                }
            }
            if (report.slack() != null) {
                try (Bulletin slack = new SlackDoor(environment, secrets, clock).bulletin(report.slack())) {
                    publish(slack, null, SleuthSlack.messages(tale, report), report, listener);
                }
            }
        }
    }

    private void publish(
            Bulletin bulletin, @Nullable String subject, List<String> messages, Report report, Listener listener)
            throws InterruptedException {
        int number = 0;
        for (String message : messages) {
            number++;
            listener.posted(report, bulletin.publish(subject, message, run + "-" + number));
        }
    }
}
