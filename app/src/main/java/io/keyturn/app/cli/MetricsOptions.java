package io.keyturn.app.cli;

import io.keyturn.app.metrics.MetricsFile;
import io.keyturn.app.render.Renderer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How much metrics tell, and where else than on standard output. */
final class MetricsOptions {
    @Option(
            names = "--per-key",
            description = "In influx and prometheus also tell of each key: a series for every one.")
    boolean perKey;

    @Option(
            names = "--metrics-file",
            paramLabel = "FILE",
            description = "Also write the metrics there in Prometheus' text format, replaced at once: for the textfile"
                    + " collector of node_exporter.")
    @Nullable
    Path file;

    /**
     * Refuses what would be left undone in silence.
     *
     * @param keyed whether standard output is a form that can tell of each key
     */
    void check(boolean keyed) {
        if (perKey && !keyed && file == null) {
            throw new BadConfiguration(
                    "--per-key has no meaning here: it is for --output influx, --output prometheus and"
                            + " --metrics-file; table, json and csv name keys by themselves");
        }
    }

    /** The same result, with the file beside it where one is asked for. */
    Renderer beside(Renderer shown) {
        return file == null ? shown : new MetricsFile(shown, file, perKey);
    }
}
