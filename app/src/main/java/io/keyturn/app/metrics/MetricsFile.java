package io.keyturn.app.metrics;

import io.keyturn.app.config.FileFault;
import io.keyturn.app.render.Renderer;
import io.keyturn.app.render.RunEnd;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.plan.Plan;
import io.keyturn.engine.run.AccountOutcome;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Predicate;

/**
 * A result with Prometheus' metrics of the same run in a file beside it, as node_exporter's textfile collector reads them.
 * The file is replaced at once, so that nobody reads half of one, and it tells of every key, whatever is shown.
 */
public final class MetricsFile implements Renderer {
    private final Renderer shown;
    private final Path file;
    private final StringWriter text = new StringWriter();
    private final PrometheusRenderer metrics;

    /** @param perKey whether each key has its series */
    public MetricsFile(Renderer shown, Path file, boolean perKey) {
        this.shown = shown;
        this.file = file;
        this.metrics = new PrometheusRenderer(text, perKey);
    }

    @Override
    public void account(AccountOutcome outcome, Predicate<Finding> view) {
        metrics.account(outcome, finding -> true);
        shown.account(outcome, view);
    }

    @Override
    public void end(Plan plan, boolean planAsked) {
        metrics.end(plan, planAsked);
        shown.end(plan, planAsked);
    }

    @Override
    public void over(RunEnd end) throws IOException {
        shown.over(end);
        metrics.over(end);
        // In the same folder, or the move would not be one step; not *.prom, or a collector would read it half done.
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.writeString(fresh, text.toString());
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(fresh);
            throw new IOException(
                    "could not write the metrics to " + file + ": " + FileFault.why(e)
                            + "; what stood there before still does: free some space, or name another file",
                    e);
        }
    }

    @Override
    public boolean writesAtOnce() {
        return shown.writesAtOnce();
    }
}
