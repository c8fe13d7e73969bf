package io.keyturn.app.cli;

import io.keyturn.app.render.Ending;
import io.keyturn.app.render.Renderer;
import io.keyturn.app.render.Safe;
import io.keyturn.app.render.html.Making;
import io.keyturn.app.wiring.Job;
import io.keyturn.engine.port.Meter;
import io.keyturn.engine.port.StoreFailure;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;

/** What every command that reads accounts does around a run. */
final class Runs {
    /** What a shell expects of a process that Ctrl-C ended. */
    static final int INTERRUPTED = 130;

    private final Map<String, String> environment;
    private final CommandLine command;
    private final PrintWriter out;
    private final PrintWriter errors;

    Runs(Map<String, String> environment, CommandLine command) {
        this.environment = environment;
        this.command = command;
        this.out = command.getOut();
        this.errors = command.getErr();
    }

    /** A piece of work that Ctrl-C may interrupt. */
    interface Work {
        int run(Progress progress) throws StoreFailure, InterruptedException;
    }

    /** What is done once everything is shown; the exit code where that is none of the usual. */
    interface After {
        Optional<Integer> end(Job.Result result);
    }

    /** Reads, judges, shows, and says how it ended. */
    int survey(Ground ground, SurveyOptions options, OutputOptions output, boolean planAsked, List<String> hints)
            throws StoreFailure {
        return survey(ground, options, output, planAsked, hints, result -> Optional.empty());
    }

    /** The same with something to do at the end. */
    int survey(
            Ground ground,
            SurveyOptions options,
            OutputOptions output,
            boolean planAsked,
            List<String> hints,
            After after)
            throws StoreFailure {
        output.refuseScreen(command, ScreenOptions.terminal());
        InstantSource clock = InstantSource.system();
        Job job = new Job(ground.settings(), ground.environment(), clock, options.limit());
        if (output.form == OutputOptions.Form.HTML) {
            job.withUses();
        }
        return watched(job.meter(), progress -> {
            Making making =
                    output.making(command, ground.settings(), ground.environment(), false, options.narrowedTo());
            Ending ending =
                    new Ending(clock, job.meter(), sentence -> errors.println("keyturn: " + Safe.text(sentence)));
            Renderer renderer = output.renderer(out, environment, clock.instant(), making, hints);
            AccountChoice chosen = options.accounts();
            NamedUser user = options.namedUser();
            Job.Result result =
                    job.run(user.watching(progress.endingAt(renderer)), options.taken(), options.view(), planAsked);
            progress.close();
            if (result.none()) {
                throw new BadConfiguration(chosen.unknown(result.labels()));
            }
            if (planAsked) {
                result.restrained().forEach(sentence -> errors.println("keyturn: " + sentence));
            }
            result.warning().ifPresent(warning -> errors.println("keyturn: " + warning));
            boolean told = ending.tell(renderer, Map.of());
            if (result.complete() && user.unknown().isPresent()) {
                throw new BadConfiguration(user.unknown().get());
            }
            Optional<Integer> exit = after.end(result);
            if (exit.isPresent()) {
                return exit.get();
            }
            if (!result.complete() || !told) {
                return Keyturn.NOT_READ;
            }
            return options.fails(result.counts()) ? 1 : 0;
        });
    }

    /** Works with progress on standard error, until it ends or Ctrl-C does it. */
    int watched(Meter meter, Work work) throws StoreFailure {
        // The end of the process waits for what is said in here.
        try (Interruption watch = Interruption.watch()) {
            return watch.guard(errors, "nothing was changed, and what is printed is not the whole", () -> {
                try (Progress progress = new Progress(meter, errors)) {
                    return work.run(progress);
                } finally {
                    out.flush();
                }
            });
        }
    }
}
