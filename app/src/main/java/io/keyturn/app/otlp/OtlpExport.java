package io.keyturn.app.otlp;

import io.keyturn.app.render.RunEnd;
import io.keyturn.core.report.RunNumbers;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import io.opentelemetry.sdk.common.CompletableResultCode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Sends numbers and spans of one run with OpenTelemetry's own exporter, once, and says what was not taken. */
final class OtlpExport {
    /** It would write to standard error by itself; held, for else it is forgotten. */
    private static final Logger QUIET = Logger.getLogger("io.opentelemetry");

    private static final int SECONDS = 30;

    private final OtlpSettings settings;
    private final List<String> failures = Collections.synchronizedList(new ArrayList<>());

    OtlpExport(OtlpSettings settings) {
        this.settings = settings;
    }

    /**
     * Sends all of a run.
     *
     * @param accounts as they ended
     * @param planned when all were read and the plan was made
     * @throws IOException where a collector did not take it; the message says what to do
     */
    void send(RunNumbers numbers, RunEnd end, List<OtlpBeside.Ended> accounts, Instant planned) throws IOException {
        QUIET.setLevel(Level.OFF);
        OpenTelemetrySdk sdk = sdk();
        new OtlpNumbers(sdk.getMeter("keyturn")).record(numbers, end);
        new OtlpSpans(sdk.getTracer("keyturn")).record(numbers, end, accounts, planned);
        // Its end sends all; to flush before would send the numbers twice.
        if (!sdk.shutdown().join(SECONDS, TimeUnit.SECONDS).isDone()) {
            failures.add("no answer came within " + SECONDS + " s");
        }
        if (!failures.isEmpty()) {
            throw new IOException("could not hand the run to OpenTelemetry's collector: "
                    + String.join("; ", failures)
                    + "; check OTEL_EXPORTER_OTLP_ENDPOINT and OTEL_EXPORTER_OTLP_HEADERS, or unset the former");
        }
    }

    private OpenTelemetrySdk sdk() throws IOException {
        try {
            return AutoConfiguredOpenTelemetrySdk.builder()
                    .disableShutdownHook()
                    .addPropertiesCustomizer(config -> settings.variables())
                    .addMetricExporterCustomizer(
                            (exporter, config) -> new WatchedMetrics(exporter, result -> watch("metrics", result)))
                    .addSpanExporterCustomizer(
                            (exporter, config) -> new WatchedSpans(exporter, result -> watch("traces", result)))
                    .build()
                    .getOpenTelemetrySdk();
        } catch (ConfigurationException | IllegalArgumentException e) {
            throw new IOException(
                    "could not hand the run to OpenTelemetry's collector: one of the OTEL_ variables cannot be used ("
                            + e.getMessage() + "); OTLP goes over http/protobuf here",
                    e);
        }
    }

    private void watch(String signal, CompletableResultCode result) {
        result.whenComplete(() -> {
            if (!result.isSuccess()) {
                Throwable why = result.getFailureThrowable();
                failures.add(signal + " were not taken at " + settings.place(signal)
                        + (why == null || why.getMessage() == null ? "" : " (" + why.getMessage() + ")"));
            }
        });
    }
}
