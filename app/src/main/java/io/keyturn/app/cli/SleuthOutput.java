package io.keyturn.app.cli;

import io.keyturn.app.config.Report;
import io.keyturn.app.render.Renderer;
import io.keyturn.app.render.SleuthReport;
import io.keyturn.app.render.SleuthSlack;
import io.keyturn.app.render.SleuthTable;
import io.keyturn.app.wiring.ActJob;
import io.keyturn.core.model.Account;
import io.keyturn.core.policy.Rules;
import io.keyturn.engine.apply.Outcome;
import java.io.PrintWriter;
import java.util.function.Consumer;

/** What the function of aws-iam-sleuth returned, and where it is debugged every key and what Slack would be sent. */
final class SleuthOutput extends PresetOutput {
    private static final String RETURNED = "{\"statusCode\": 200, \"body\": \"{}\"}";

    private final Report.Sleuth said;
    private final boolean shown;
    private final SleuthReport report;

    SleuthOutput(Report.Sleuth said, boolean shown, Rules rules, boolean acts, Consumer<String> says) {
        super(acts, says);
        this.said = said;
        this.shown = shown;
        this.report = new SleuthReport(rules);
    }

    @Override
    Renderer renderer() {
        return report;
    }

    @Override
    public void ended(Account account, Outcome outcome) {
        super.ended(account, outcome);
        report.ended(outcome);
    }

    @Override
    void end(ActJob.End end, PrintWriter out) {
        report.notRead().forEach(this::say);
        SleuthSlack.warnings(report).forEach(this::say);
        if (shown) {
            SleuthTable.lines(report).forEach(out::println);
            SleuthSlack.messages(report, said).forEach(out::println);
        }
        if (report.isEmpty()) {
            say("no key is near or past its limits: nothing to report");
        }
        if (end instanceof ActJob.End.Carried && end.complete() && whole()) {
            out.println(RETURNED);
        }
    }
}
