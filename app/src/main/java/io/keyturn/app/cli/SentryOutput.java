package io.keyturn.app.cli;

import io.keyturn.app.config.Report;
import io.keyturn.app.presets.Presets;
import io.keyturn.app.render.Renderer;
import io.keyturn.app.render.SentryReport;
import io.keyturn.app.wiring.ActJob;
import io.keyturn.core.model.Account;
import io.keyturn.engine.apply.Outcome;
import io.keyturn.engine.port.Channel;
import java.io.PrintWriter;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The list of old keys, with what came of posting it. */
final class SentryOutput extends PresetOutput {
    private static final String INCORRECT = "No - SecOpsTopicArn is Incorrect";

    private final SentryReport report;
    private String emailed = INCORRECT;

    SentryOutput(int days, boolean acts, Consumer<String> says) {
        super(acts, says);
        this.report = new SentryReport(days);
    }

    @Override
    Renderer renderer() {
        return report;
    }

    @Override
    String whenInterrupted() {
        return "nothing was changed, and what is printed is not the whole";
    }

    @Override
    void end(ActJob.End end, PrintWriter out) {
        report.notRead().forEach(this::say);
        out.println(report.text(said(end)));
    }

    /** What the tool says of posting; null where it was not to be tried. */
    private @Nullable String said(ActJob.End end) {
        return switch (end) {
            case ActJob.End.Declined declined -> null;
            case ActJob.End.Stopped stopped -> "No - " + Presets.STOP + " is set";
            case ActJob.End.NoSuchAccount none -> INCORRECT;
            case ActJob.End.Carried carried -> emailed;
        };
    }

    @Override
    public void posted(Report posted, Channel.Sending sending) {
        super.posted(posted, sending);
        if (ActRuns.notPosted(sending).isEmpty()) {
            emailed = "Yes";
        } else if (sending instanceof Channel.Sending.InDoubt) {
            emailed = "No - it is not known whether the topic took it";
        }
    }

    @Override
    public void ended(Account account, Outcome outcome) {
        throw new IllegalStateException("sentry plans no action, and one ended");
    }
}
