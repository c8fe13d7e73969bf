package io.keyturn.app.otlp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

/** A collector that understands OTLP over HTTP by OpenTelemetry's own published messages. */
final class Collector implements AutoCloseable {
    final List<ExportMetricsServiceRequest> metrics = new CopyOnWriteArrayList<>();
    final List<ExportTraceServiceRequest> traces = new CopyOnWriteArrayList<>();
    final List<String> headers = new CopyOnWriteArrayList<>();
    volatile int status = 200;
    private final HttpServer server;

    Collector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            headers.add(exchange.getRequestHeaders().getFirst("Content-Type") + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            boolean packed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            InputStream body = packed ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody();
            if (status == 200 && exchange.getRequestURI().getPath().equals("/v1/metrics")) {
                metrics.add(ExportMetricsServiceRequest.parseFrom(body));
            } else if (status == 200 && exchange.getRequestURI().getPath().equals("/v1/traces")) {
                traces.add(ExportTraceServiceRequest.parseFrom(body));
            }
            exchange.sendResponseHeaders(status, -1);
        }
    }

    /** Every point as {@code name attributes} with its value. */
    Map<String, Double> points() {
        Map<String, Double> points = new TreeMap<>();
        for (ExportMetricsServiceRequest request : metrics) {
            request.getResourceMetricsList()
                    .forEach(resource -> resource.getScopeMetricsList()
                            .forEach(scope -> scope.getMetricsList().forEach(metric -> points(metric, points))));
        }
        return points;
    }

    private static void points(Metric metric, Map<String, Double> points) {
        for (NumberDataPoint point : metric.getGauge().getDataPointsList()) {
            Map<String, String> attributes = new TreeMap<>();
            point.getAttributesList()
                    .forEach(one -> attributes.put(one.getKey(), one.getValue().getStringValue()));
            points.put(
                    metric.getName() + " " + attributes,
                    point.hasAsInt() ? (double) point.getAsInt() : point.getAsDouble());
        }
    }

    List<Span> spans() {
        return traces.stream()
                .flatMap(request -> request.getResourceSpansList().stream())
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream())
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
