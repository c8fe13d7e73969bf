package io.keyturn.app.cli;

import io.keyturn.app.metrics.KeycheckLines;
import io.keyturn.app.presets.Translation;
import io.keyturn.app.render.Renderer;
import io.keyturn.app.wiring.ActJob;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.function.Consumer;

/** A line of metrics for every key, out before anything is done, so that no fault of a message or a ticket costs one. */
final class KeycheckOutput extends PresetOutput {
    private final KeycheckLines lines;

    KeycheckOutput(Translation.Output.KeycheckMetrics form, PrintWriter out, boolean acts, Consumer<String> says) {
        super(acts, says);
        this.lines = new KeycheckLines(
                form.printed() ? out : new PrintWriter(Writer.nullWriter()), form.days(), form.alias());
    }

    @Override
    Renderer renderer() {
        return lines;
    }

    @Override
    void end(ActJob.End end, PrintWriter out) {
        lines.notRead().forEach(this::say);
    }
}
