package io.keyturn.app.cli;

import io.keyturn.app.config.Report;
import io.keyturn.app.otlp.OtlpBeside;
import io.keyturn.app.presets.BadSettings;
import io.keyturn.app.presets.Presets;
import io.keyturn.app.presets.Translation;
import io.keyturn.app.render.Ending;
import io.keyturn.app.render.Renderer;
import io.keyturn.app.render.Safe;
import io.keyturn.app.wiring.ActJob;
import io.keyturn.app.wiring.EarlierState;
import io.keyturn.app.wiring.Keeping;
import io.keyturn.app.wiring.TimeLimit;
import io.keyturn.core.policy.Rules;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.StoreFailure;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

/** Runs in the place of an earlier tool: its settings, its output, and the one way through. No file is written. */
final class PresetRuns {
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
     * @param limit how long it may take
     */
    int run(String name, List<String> arguments, boolean dryRun, TimeLimit limit) throws StoreFailure {
        Translation translation = translation(name, arguments, environment);
        PresetOutput shown = output(translation.output(), translation.settings().rules(), !dryRun);
        translation.remarks().forEach(shown::say);
        if (dryRun) {
            translation.relaxed().forEach(sentence -> shown.say("relaxed by " + name + ": " + sentence));
        }
        InstantSource clock = InstantSource.system();
        Optional<String> stopped = dryRun ? Optional.empty() : Presets.stopped(environment);
        Keeping keeping = EarlierState.keeping(
                translation.state(), environment, clock, stopped, this::log, shown::say, shown::fail);
        ActJob job = new ActJob(translation.settings(), environment, clock, keeping, limit);
        try (Interruption watch = Interruption.watch()) {
            return watch.guard(errors, shown.whenInterrupted(), () -> run(job, shown, progress(translation.output())));
        } finally {
            out.flush();
        }
    }

    private PresetOutput output(Translation.Output output, Rules rules, boolean acts) {
        return switch (output) {
            case Translation.Output.SentryJson(int days) -> new SentryOutput(days, acts, this::say);
            case Translation.Output.Sleuth(Report.Sleuth report, boolean shown) ->
                new SleuthOutput(report, shown, rules, acts, this::sayAsJson);
            case Translation.Output.KeycheckMetrics form -> new KeycheckOutput(form, out, acts, this::say);
            case Translation.Output.RotatorLines(String tag) -> new RotatorOutput(tag, acts, this::say);
        };
    }

    /** Where it is shown how far the run is: not among lines that machines read. */
    private PrintWriter progress(Translation.Output output) {
        return output instanceof Translation.Output.Sleuth ? new PrintWriter(Writer.nullWriter()) : errors;
    }

    private int run(ActJob job, PresetOutput shown, PrintWriter progressing) throws StoreFailure, InterruptedException {
        InstantSource clock = InstantSource.system();
        Ending ending = new Ending(clock, job.meter(), shown::fail);
        Renderer renderer = OtlpBeside.of(shown.renderer(), environment, clock);
        try (Progress progress = new Progress(job.meter(), progressing)) {
            ActJob.End end =
                    job.run(progress.endingAt(renderer), entry -> true, finding -> true, action -> true, shown);
            progress.close();
            switch (end) {
                case ActJob.End.Declined declined -> shown.say("dry run: nothing was sent or changed");
                case ActJob.End.Stopped stopped -> shown.say(stopped.why());
                case ActJob.End.NoSuchAccount none -> {
                    // What was not read was said already.
                }
                case ActJob.End.Carried carried -> {
                    // What was not done was said already.
                }
            }
            shown.end(end, out);
            if (!(end instanceof ActJob.End.NoSuchAccount)) {
                ending.tell(renderer, shown.counts());
            }
            return end instanceof ActJob.End.Stopped || !end.complete() || !shown.whole() ? Keyturn.NOT_READ : 0;
        }
    }

    /** A line of the journal, which is the record of such a run. */
    private void log(JournalStore.Line line) {
        errors.println(line.text());
        errors.flush();
    }

    private void say(String sentence) {
        errors.println("keyturn: " + Safe.text(sentence));
        errors.flush();
    }

    /** As a line of JSON, for tools whose log is read by machines. */
    private void sayAsJson(String sentence) {
        errors.println(JsonMapper.shared()
                .createObjectNode()
                .put("at", InstantSource.system().instant().toString())
                .put("message", Safe.text(sentence)));
        errors.flush();
    }
}
