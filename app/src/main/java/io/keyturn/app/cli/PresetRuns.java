package io.keyturn.app.cli;

import io.keyturn.app.config.Report;
import io.keyturn.app.presets.BadSettings;
import io.keyturn.app.presets.Presets;
import io.keyturn.app.presets.Translation;
import io.keyturn.app.render.Safe;
import io.keyturn.app.render.SentryReport;
import io.keyturn.app.wiring.ActJob;
import io.keyturn.app.wiring.Keeping;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.Problem;
import io.keyturn.core.plan.Plan;
import io.keyturn.engine.apply.Outcome;
import io.keyturn.engine.port.Channel;
import io.keyturn.engine.port.StoreFailure;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Runs in the place of an earlier tool: its settings, its output, and the one way through. No file is written. */
final class PresetRuns {
    private static final String INCORRECT = "No - SecOpsTopicArn is Incorrect";

    private final Map<String, String> environment;
    private final PrintWriter out;
    private final PrintWriter errors;

    PresetRuns(Map<String, String> environment, CommandLine command) {
        this.environment = environment;
        this.out = command.getOut();
        this.errors = command.getErr();
    }

    /** What a tool's settings mean. */
    static Translation translation(String name, List<String> arguments, Map<String, String> environment) {
        try {
            return Presets.named(name).translate(environment, arguments);
        } catch (BadSettings e) {
            throw new BadConfiguration(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Runs.
     *
     * @param dryRun whether it only shows what it would do
     */
    int run(String name, List<String> arguments, boolean dryRun) throws StoreFailure {
        Translation translation = translation(name, arguments, environment);
        translation.remarks().forEach(this::say);
        if (dryRun) {
            translation.relaxed().forEach(sentence -> say("relaxed by " + name + ": " + sentence));
        }
        try (Interruption watch = Interruption.watch()) {
            return watch.guard(
                    errors,
                    "nothing was changed, and what is printed is not the whole",
                    () -> switch (translation.output()) {
                        case Translation.Output.SentryJson(int days) ->
                            sentry(translation, new SentryReport(days), dryRun);
                    });
        } finally {
            out.flush();
        }
    }

    private int sentry(Translation translation, SentryReport shown, boolean dryRun)
            throws StoreFailure, InterruptedException {
        InstantSource clock = InstantSource.system();
        ActJob job = new ActJob(
                translation.settings(),
                environment,
                clock,
                Keeping.nothing(dryRun ? Optional.empty() : Presets.stopped(environment)));
        Posted posted = new Posted(!dryRun);
        try (Progress progress = new Progress(job.meter(), errors)) {
            ActJob.End end = job.run(progress.endingAt(shown), entry -> true, finding -> true, action -> true, posted);
            progress.close();
            shown.notRead().forEach(this::say);
            out.println(shown.text(emailed(end, posted)));
            return end instanceof ActJob.End.Stopped || !end.complete() || posted.failed ? Keyturn.NOT_READ : 0;
        }
    }

    /** What the tool says of posting; null where it was not to be tried. */
    private @Nullable String emailed(ActJob.End end, Posted posted) {
        return switch (end) {
            case ActJob.End.Declined declined -> {
                say("dry run: nothing was posted");
                yield null;
            }
            case ActJob.End.Stopped(boolean complete, String why) -> {
                say(why);
                yield "No - " + Presets.STOP + " is set";
            }
            case ActJob.End.NoSuchAccount none -> INCORRECT;
            case ActJob.End.Carried carried -> posted.emailed;
        };
    }

    private void say(String sentence) {
        errors.println("keyturn: " + Safe.text(sentence));
        errors.flush();
    }

    /** Hears what came of the report. */
    private final class Posted implements ActJob.Desk {
        private final boolean approves;
        private String emailed = INCORRECT;
        private boolean failed;

        Posted(boolean approves) {
            this.approves = approves;
        }

        @Override
        public boolean approves(Plan plan) {
            return approves;
        }

        @Override
        public void posted(Report report, Channel.Sending sending) {
            Optional<Problem> problem = ActRuns.notPosted(sending);
            failed = problem.isPresent();
            problem.ifPresent(why -> say(why.sentence()));
            if (problem.isEmpty()) {
                emailed = "Yes";
            } else if (sending instanceof Channel.Sending.InDoubt) {
                emailed = "No - it is not known whether the topic took it";
            }
        }

        @Override
        public void restrained(String sentence) {
            say(sentence);
        }

        @Override
        public void ended(Account account, Outcome outcome) {
            throw new IllegalStateException("sentry plans no action, and one ended");
        }

        @Override
        public void troubled(Account account, String sentence) {
            say(account.name() + ": " + sentence);
        }
    }
}
