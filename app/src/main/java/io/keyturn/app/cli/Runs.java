package io.keyturn.app.cli;

import io.keyturn.app.config.Settings;
import io.keyturn.app.render.Renderer;
import io.keyturn.app.wiring.Job;
import io.keyturn.core.assess.Finding;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
    int run(SurveyOptions options, OutputOptions output, boolean planAsked) {
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
            List<String> hints) {
        InstantSource clock = InstantSource.system();
        Job job = new Job(settings, inEnvironment, clock);
        CountDownLatch ended = new CountDownLatch(1);
        Thread stop = stopper(Thread.currentThread(), ended);
        Runtime.getRuntime().addShutdownHook(stop);
        try (Progress progress = new Progress(job.meter(), errors)) {
            Renderer renderer = output.renderer(out, environment, clock.instant(), hints);
            Job.Result result = job.run(renderer, view, planAsked);
            progress.close();
            out.flush();
            result.warning().ifPresent(warning -> errors.println("keyturn: " + warning));
            if (!result.complete()) {
                return Keyturn.NOT_READ;
            }
            return options.fails(result.counts()) ? 1 : 0;
        } catch (InterruptedException e) {
            out.flush();
            errors.println("keyturn: interrupted; nothing was changed, and what is printed is not the whole");
            return INTERRUPTED;
        } finally {
            ended.countDown();
            removeHook(stop);
        }
    }

    /** On Ctrl-C: interrupts the run, and gives it the time to say so. */
    private static Thread stopper(Thread main, CountDownLatch ended) {
        return new Thread(
                () -> {
                    main.interrupt();
                    try {
                        boolean inTime = ended.await(5, TimeUnit.SECONDS);
                        if (!inTime) {
                            Runtime.getRuntime().halt(INTERRUPTED);
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "stop");
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already, by the very hook.
            return;
        }
    }
}
