package io.keyturn.app.cli;

import io.keyturn.app.compare.Comparer;
import io.keyturn.app.compare.Comparison;
import io.keyturn.app.compare.ComparisonPrinter;
import io.keyturn.app.compare.SentryList;
import io.keyturn.app.presets.Translation;
import io.keyturn.app.render.Safe;
import io.keyturn.app.wiring.ActJob;
import io.keyturn.app.wiring.EarlierState;
import io.keyturn.app.wiring.TimeLimit;
import io.keyturn.core.model.Account;
import io.keyturn.core.plan.Plan;
import io.keyturn.engine.apply.Outcome;
import io.keyturn.engine.port.StoreFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Runs beside an earlier tool and prints what differs. It plans as a run would, and carries out nothing. */
final class ComparisonRuns {
    private final Map<String, String> environment;
    private final CommandLine command;
    private final PrintWriter out;
    private final PrintWriter errors;

    ComparisonRuns(Map<String, String> environment, CommandLine command) {
        this.environment = environment;
        this.command = command;
        this.out = command.getOut();
        this.errors = command.getErr();
    }

    /**
     * Compares.
     *
     * @param name of the preset
     * @param published a list of sentry's to compare with; null where there is none
     */
    int run(String name, List<String> arguments, OutputOptions output, @Nullable Path published, TimeLimit limit)
            throws StoreFailure {
        if (output.form != OutputOptions.Form.TABLE && output.form != OutputOptions.Form.JSON) {
            throw new CommandLine.ParameterException(command, "--compare prints --output table or json");
        }
        Translation translation = PresetRuns.translation(name, arguments, environment);
        translation.remarks().forEach(this::say);
        InstantSource clock = InstantSource.system();
        Comparison comparison = new Comparison(name, comparer(name, translation, published), clock);
        ActJob job = new ActJob(
                translation.settings(),
                environment,
                clock,
                EarlierState.beside(translation.state(), environment, clock, comparison::recalled),
                limit);
        try (Interruption watch = Interruption.watch()) {
            return watch.guard(
                    errors,
                    "nothing was changed, and nothing is printed of a comparison that is not whole",
                    () -> run(job, comparison, output));
        } finally {
            out.flush();
        }
    }

    private int run(ActJob job, Comparison comparison, OutputOptions output) throws StoreFailure, InterruptedException {
        try (Progress progress = new Progress(job.meter(), errors)) {
            ActJob.End end = job.run(
                    progress.endingAt(comparison), entry -> true, finding -> true, action -> true, new Looking());
            progress.close();
            ComparisonPrinter printer = new ComparisonPrinter(comparison, out);
            if (output.form == OutputOptions.Form.JSON) {
                printer.json();
            } else {
                printer.table(output.screen.screen(environment).unicode());
            }
            return end.complete() && comparison.notRead().isEmpty() ? 0 : Keyturn.NOT_READ;
        }
    }

    private static Comparer comparer(String name, Translation translation, @Nullable Path published) {
        if (published == null) {
            return Comparer.of(translation);
        }
        if (!(translation.output() instanceof Translation.Output.SentryJson(int days))) {
            throw new BadConfiguration("--compare-with is of sentry alone: what " + name + " did is read from AWS");
        }
        String which = "--compare-with: " + published + " cannot be taken for what sentry published: ";
        try {
            return SentryList.comparer(Files.readString(published), days);
        } catch (IOException e) {
            throw new BadConfiguration(
                    which + "it cannot be read as text (" + e.getClass().getSimpleName() + ")");
        } catch (SentryList.Unreadable e) {
            throw new BadConfiguration(which + e.getMessage());
        }
    }

    private void say(String sentence) {
        errors.println("keyturn: " + Safe.text(sentence));
        errors.flush();
    }

    /** Approves of nothing. */
    private final class Looking implements ActJob.Desk {
        @Override
        public boolean approves(Plan plan) {
            return false;
        }

        @Override
        public void restrained(String sentence) {
            say(sentence);
        }

        @Override
        public void ended(Account account, Outcome outcome) {
            throw new IllegalStateException("a comparison carries out nothing, and an action ended");
        }

        @Override
        public void troubled(Account account, String sentence) {
            say(account.name() + ": " + sentence);
        }
    }
}
