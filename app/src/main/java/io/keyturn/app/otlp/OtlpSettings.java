package io.keyturn.app.otlp;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where OpenTelemetry's numbers and spans go, by OpenTelemetry's own variables. Source: OpenTelemetry's specification of
 * environment variables.
 *
 * @param variables those of OpenTelemetry, with what Keyturn takes where they say nothing
 * @param metrics whether metrics are sent
 * @param traces whether spans are
 */
record OtlpSettings(Map<String, String> variables, boolean metrics, boolean traces) {
    private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";

    OtlpSettings {
        variables = Map.copyOf(variables);
    }

    /** Headers hold tokens. */
    @Override
    public String toString() {
        return "OtlpSettings[metrics=" + metrics + ", traces=" + traces + "]";
    }

    /** Empty where nothing is to be sent, and so nothing of OpenTelemetry is loaded. */
    static Optional<OtlpSettings> of(Map<String, String> environment) {
        boolean metrics = wanted(environment, "METRICS");
        boolean traces = wanted(environment, "TRACES");
        if (environment.getOrDefault("OTEL_SDK_DISABLED", "").strip().equalsIgnoreCase("true") || !metrics && !traces) {
            return Optional.empty();
        }
        Map<String, String> variables = new HashMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith("OTEL_") && !value.isBlank()) {
                variables.put(name.toLowerCase(Locale.ROOT).replace('_', '.'), value.strip());
            }
        });
        variables.putIfAbsent("otel.exporter.otlp.protocol", "http/protobuf");
        variables.putIfAbsent("otel.service.name", "keyturn");
        // As many series as accounts times standings: the library would drop those beyond 2,000.
        variables.putIfAbsent("otel.java.metrics.cardinality.limit", "1000000");
        variables.putIfAbsent("otel.bsp.max.queue.size", "65536");
        // All is sent once, at the end.
        variables.put("otel.metric.export.interval", "86400000");
        variables.put("otel.logs.exporter", "none");
        variables.put("otel.metrics.exporter", metrics ? "otlp" : "none");
        variables.put("otel.traces.exporter", traces ? "otlp" : "none");
        return Optional.of(new OtlpSettings(variables, metrics, traces));
    }

    private static boolean wanted(Map<String, String> environment, String signal) {
        String exporter =
                environment.getOrDefault("OTEL_" + signal + "_EXPORTER", "otlp").strip();
        String own = environment.getOrDefault("OTEL_EXPORTER_OTLP_" + signal + "_ENDPOINT", "");
        return (exporter.isEmpty() || exporter.equals("otlp"))
                && (!own.isBlank() || !environment.getOrDefault(ENDPOINT, "").isBlank());
    }

    /** Where that signal goes, for people. */
    String place(String signal) {
        String own = variables.get("otel.exporter.otlp." + signal + ".endpoint");
        return own == null ? variables.getOrDefault("otel.exporter.otlp.endpoint", "") : own;
    }
}
