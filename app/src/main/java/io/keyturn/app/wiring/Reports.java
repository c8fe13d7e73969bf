package io.keyturn.app.wiring;

import io.keyturn.app.config.Report;
import io.keyturn.app.config.Settings;
import io.keyturn.app.render.Renderer;
import io.keyturn.app.render.SentryReport;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.Problem;
import io.keyturn.core.plan.Plan;
import io.keyturn.core.plan.Stages;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.port.Bulletin;
import io.keyturn.engine.port.Channel;
import io.keyturn.engine.run.AccountOutcome;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/** The reports of a run: filled while accounts end, and posted once. Of accounts that are only observed nothing leaves. */
final class Reports {
    private final Rules rules;
    private final Instant now;
    private final String run;
    private final Map<Report, SentryReport> reports = new LinkedHashMap<>();
    private boolean anythingRead;

    /** @param run names the run */
    Reports(Settings settings, Instant now, String run) {
        this.rules = settings.rules();
        this.now = now;
        this.run = run;
        for (Report report : settings.reports()) {
            reports.put(
                    report,
                    switch (report.form()) {
                        case SENTRY -> new SentryReport(report.days());
                    });
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
        reports.values().forEach(report -> report.account(outcome, finding -> true));
    }

    /** Hears what came of each. */
    interface Listener {
        void posted(Report report, Channel.Sending sending);
    }

    /** Posts each once, but none that would only say that nothing is known. */
    void post(Map<String, String> environment, Listener listener) throws InterruptedException {
        for (Map.Entry<Report, SentryReport> entry : reports.entrySet()) {
            Report report = entry.getKey();
            if (!anythingRead) {
                listener.posted(
                        report,
                        new Channel.Sending.Refused(new Problem(
                                "post the report",
                                "old keys",
                                "no account that it may tell of was read",
                                "see what is said of the accounts, and that their stage is notify or above")));
                continue;
            }
            try (Bulletin bulletin = AwsNotices.bulletin(report.topic(), environment)) {
                listener.posted(report, bulletin.publish(null, entry.getValue().text(), run));
            }
        }
    }
}
