package io.keyturn.app.metrics;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real Prometheus that holds what was printed, as if it had been read at that instant. */
final class PrometheusServer implements AutoCloseable {
    private final Process process;
    private final String base;
    private final Instant at;
    private final HttpClient http = HttpClient.newHttpClient();

    private PrometheusServer(Process process, int port, Instant at) {
        this.process = process;
        this.base = "http://127.0.0.1:" + port;
        this.at = at;
    }

    /** Starts it with its data in {@code folder}. */
    static PrometheusServer start(Path folder, String metrics, Instant at) throws IOException, InterruptedException {
        String dated = metrics.lines()
                .map(line -> line.startsWith("#") ? line : line + " " + at.getEpochSecond())
                .collect(Collectors.joining("\n", "", "\n# EOF\n"));
        Path text = Files.writeString(folder.resolve("metrics.txt"), dated);
        Program filled = Program.run(
                folder,
                "",
                List.of("promtool", "tsdb", "create-blocks-from", "openmetrics", text.toString(), folder + "/data"));
        if (filled.exit() != 0) {
            throw new IllegalStateException("promtool did not take the metrics: " + filled.out());
        }
        Files.writeString(folder.resolve("prometheus.yml"), "scrape_configs: []\n");
        int port = freePort();
        Process process = new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + folder + "/prometheus.yml",
                        "--storage.tsdb.path=" + folder + "/data",
                        "--storage.tsdb.retention.time=100y",
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .start();
        awaitReady(process);
        return new PrometheusServer(process, port, at);
    }

    /** It takes no port of its own choosing and tells it, so one is sought before. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void awaitReady(Process process) throws IOException {
        BufferedReader log = process.inputReader(StandardCharsets.UTF_8);
        StringBuilder said = new StringBuilder();
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            said.append(line).append('\n');
            if (line.contains("Server is ready to receive web requests")) {
                Thread.ofPlatform().daemon().start(() -> Program.drain(log));
                return;
            }
        }
        throw new IllegalStateException("prometheus did not start: " + said);
    }

    /** The answer to a query at the instant of the metrics. */
    JsonNode query(String expression) throws IOException, InterruptedException {
        String query = URLEncoder.encode(expression, StandardCharsets.UTF_8);
        return JsonMapper.shared()
                .readTree(http.send(
                                HttpRequest.newBuilder(URI.create(
                                                base + "/api/v1/query?time=" + at.getEpochSecond() + "&query=" + query))
                                        .build(),
                                BodyHandlers.ofString())
                        .body());
    }

    @Override
    public void close() {
        process.destroy();
        // It writes to its folder until it has ended, and the folder is to be removed.
        process.onExit().join();
    }
}
