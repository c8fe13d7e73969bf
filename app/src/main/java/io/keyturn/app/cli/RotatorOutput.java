package io.keyturn.app.cli;

import io.keyturn.app.render.Renderer;
import io.keyturn.app.render.RotatorReport;
import io.keyturn.app.wiring.ActJob;
import io.keyturn.core.model.Account;
import io.keyturn.engine.apply.Outcome;
import java.io.PrintWriter;
import java.util.function.Consumer;

/** What was done about each user's keys, and whom nothing is done for. */
final class RotatorOutput extends PresetOutput {
    private final RotatorReport report;

    RotatorOutput(String emailTag, boolean acts, Consumer<String> says) {
        super(acts, says);
        this.report = new RotatorReport(emailTag);
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
        report.notRead().forEach(this::fail);
        report.lines(end instanceof ActJob.End.Declined).forEach(out::println);
    }
}
