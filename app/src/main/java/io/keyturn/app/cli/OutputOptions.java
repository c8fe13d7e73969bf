package io.keyturn.app.cli;

import io.keyturn.app.config.Fingerprint;
import io.keyturn.app.config.Settings;
import io.keyturn.app.findings.AsffRenderer;
import io.keyturn.app.findings.OcsfRenderer;
import io.keyturn.app.metrics.EmfRenderer;
import io.keyturn.app.metrics.InfluxRenderer;
import io.keyturn.app.metrics.PrometheusRenderer;
import io.keyturn.app.otlp.OtlpBeside;
import io.keyturn.app.render.CsvRenderer;
import io.keyturn.app.render.JsonRenderer;
import io.keyturn.app.render.Renderer;
import io.keyturn.app.render.TableRenderer;
import io.keyturn.app.render.html.HtmlRenderer;
import io.keyturn.app.render.html.JournalPast;
import io.keyturn.app.render.html.Making;
import io.keyturn.app.wiring.PastDays;
import io.keyturn.app.wiring.PastEntries;
import io.keyturn.app.words.BetterWay;
import io.keyturn.engine.port.StoreFailure;
import java.io.BufferedWriter;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a result is shown. */
final class OutputOptions {
    /** Forms of the result. */
    enum Form {
        TABLE,
        JSON,
        CSV,
        HTML,
        INFLUX,
        PROMETHEUS,
        EMF,
        OCSF,
        ASFF
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            description =
                    "table, json, csv, or html: a report in one file; as metrics influx, prometheus or emf; for other systems ocsf or asff"
                            + " (default: ${DEFAULT-VALUE}).",
            defaultValue = "table")
    Form form = Form.TABLE;

    @Option(names = "--all", description = "List every key, not only those that need a decision.")
    boolean all;

    @Mixin
    MetricsOptions metrics = new MetricsOptions();

    @Mixin
    FindingsOptions findings = new FindingsOptions();

    @Mixin
    ScreenOptions screen = new ScreenOptions();

    Renderer renderer(
            PrintWriter out, Map<String, String> environment, Instant now, Making making, List<String> hints) {
        findings.check(form == Form.OCSF || form == Form.ASFF);
        metrics.check(form == Form.INFLUX || form == Form.PROMETHEUS);
        Renderer told = OtlpBeside.of(shown(out, environment, now, making, hints), environment, InstantSource.system());
        return metrics.beside(told);
    }

    private Renderer shown(
            PrintWriter out, Map<String, String> environment, Instant now, Making making, List<String> hints) {
        return switch (form) {
            case TABLE -> new TableRenderer(out, screen.screen(environment), now, all, making.narrowedTo(), hints);
            case JSON -> new JsonRenderer(out);
            case CSV -> new CsvRenderer(out);
            case HTML -> new HtmlRenderer(out, now, making);
            case INFLUX -> new InfluxRenderer(out, now, metrics.perKey);
            case PROMETHEUS -> new PrometheusRenderer(out, metrics.perKey);
            case EMF -> new EmfRenderer(out);
            case OCSF -> new OcsfRenderer(out, now, Keyturn.Version.text(), findings.framework);
            case ASFF -> new AsffRenderer(out, now, FindingsOptions.region(environment), findings.framework);
        };
    }

    /**
     * Refuses a report that would be poured over a screen.
     *
     * @param terminal whether standard output is one
     */
    void refuseScreen(CommandLine command, boolean terminal) {
        if (form == Form.HTML) {
            refuseScreen(command, terminal, "keyturn.html");
        }
    }

    /** Refuses a page that would be poured over a screen, and names the file that it is for. */
    static void refuseScreen(CommandLine command, boolean terminal, String file) {
        if (terminal) {
            String name = command.getCommandSpec().qualifiedName();
            throw new CommandLine.ParameterException(
                    command,
                    "a report is for a file, and standard output is a screen; write it so: " + name
                            + " --output html > " + file);
        }
    }

    /** What a report says of its own making; the rules are only told apart where there is one. */
    Making making(
            CommandLine command,
            Settings settings,
            Map<String, String> environment,
            boolean acts,
            List<String> narrowedTo)
            throws StoreFailure {
        return new Making(
                command.getCommandSpec().qualifiedName(),
                new Keyturn.Version().getVersion()[0],
                acts,
                settings.rules().policies(),
                form == Form.HTML ? Fingerprint.of(settings) : "",
                narrowedTo,
                form == Form.HTML ? PastDays.of(settings) : List.of(),
                form == Form.HTML ? PastEntries.of(settings, environment) : JournalPast.NONE,
                new BetterWay(settings.acting().manner()));
    }

    /** A writer of standard output in UTF-8, buffered. */
    static PrintWriter stdout(StandardOutput output) {
        return new PrintWriter(new BufferedWriter(new OutputStreamWriter(output, StandardCharsets.UTF_8), 1 << 16));
    }
}
