package io.keyturn.app.metrics;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real InfluxDB 1 with one empty database, {@code keyturn}. */
final class InfluxServer implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("Listening on HTTP.* addr=(\\S+)");

    private final Process process;
    private final String base;
    private final HttpClient http = HttpClient.newHttpClient();

    private InfluxServer(Process process, String address) {
        this.process = process;
        this.base = "http://" + address;
    }

    /** Starts it on a port of its own choosing, with its data in {@code folder}. */
    static InfluxServer start(Path folder) throws IOException, InterruptedException {
        Path configuration = Files.writeString(folder.resolve("influxdb.conf"), """
                reporting-disabled = true
                bind-address = "127.0.0.1:0"
                [meta]
                  dir = "%1$s/meta"
                [data]
                  dir = "%1$s/data"
                  wal-dir = "%1$s/wal"
                [http]
                  bind-address = "127.0.0.1:0"
                  log-enabled = false
                [monitor]
                  store-enabled = false
                """.formatted(folder));
        Process process = new ProcessBuilder("influxd", "-config", configuration.toString())
                .redirectErrorStream(true)
                .start();
        InfluxServer server = new InfluxServer(process, address(process));
        server.query("CREATE DATABASE keyturn");
        return server;
    }

    private static String address(Process process) throws IOException {
        BufferedReader log = process.inputReader(StandardCharsets.UTF_8);
        StringBuilder said = new StringBuilder();
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            Matcher ready = READY.matcher(line);
            if (ready.find()) {
                Thread.ofPlatform().daemon().start(() -> Program.drain(log));
                return ready.group(1);
            }
            said.append(line).append('\n');
        }
        throw new IllegalStateException("influxd did not start: " + said);
    }

    /** Writes lines; the server's answer where it takes them, 204. */
    HttpResponse<String> write(String lines) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(base + "/write?db=keyturn"))
                        .POST(BodyPublishers.ofString(lines))
                        .build(),
                BodyHandlers.ofString());
    }

    /** What an InfluxQL statement yields: the first of {@code results}. */
    JsonNode query(String statement) throws IOException, InterruptedException {
        String encoded = URLEncoder.encode(statement, StandardCharsets.UTF_8);
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(base + "/query?db=keyturn&q=" + encoded))
                        .POST(BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
        JsonNode result = JsonMapper.shared().readTree(answer.body());
        return result.has("results") ? result.get("results").get(0) : result;
    }

    @Override
    public void close() {
        process.destroy();
        // It writes to its folder until it has ended, and the folder is to be removed.
        process.onExit().join();
    }
}
