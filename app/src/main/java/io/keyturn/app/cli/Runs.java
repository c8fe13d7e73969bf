package io.keyturn.app.cli;

import io.keyturn.app.config.Settings;
import io.keyturn.app.render.Renderer;
import io.keyturn.app.wiring.Job;
import io.keyturn.core.assess.Finding;
import io.keyturn.engine.port.StoreFailure;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import picocli.CommandLine;

/** What every command that reads accounts does around a run. */
final class Runs {
    /** What a shell expects of a process that Ctrl-C ended. */
    static final int INTERRUPTED = 130;

    private final Map<String, String> environment;
    private final PrintWriter out;
    private final PrintWriter errors;

    Runs(Map<String, String> environment, CommandLine command) {
        this.environment = environment;
        this.out = command.getOut();
        this.errors = command.getErr();
    }

    /** Runs, shows, and says how it ended. */
    int run(SurveyOptions options, OutputOptions output, boolean planAsked) throws StoreFailure {
        return run(
                options.settings(environment, errors),
                environment,
                options.view(),
                options,
                output,
                planAsked,
                List.of());
    }

    int run(
            Settings settings,
            Map<String, String> inEnvironment,
            Predicate<Finding> view,
            SurveyOptions options,
            OutputOptions output,
            boolean planAsked,
            List<String> hints)
            throws StoreFailure {
        Job job = new Job(settings, inEnvironment, InstantSource.system());
        // The end of the process waits for what is said in here.
        try (Interruption watch = Interruption.watch()) {
            return watch.guard(errors, "nothing was changed, and what is printed is not the whole", () -> {
                try (Progress progress = new Progress(job.meter(), errors)) {
                    Renderer renderer = output.renderer(
                            out, environment, InstantSource.system().instant(), hints);
                    Job.Result result = job.run(renderer, view, planAsked);
                    progress.close();
                    result.warning().ifPresent(warning -> errors.println("keyturn: " + warning));
                    if (!result.complete()) {
                        return Keyturn.NOT_READ;
                    }
                    return options.fails(result.counts()) ? 1 : 0;
                } finally {
                    out.flush();
                }
            });
        }
    }
}
