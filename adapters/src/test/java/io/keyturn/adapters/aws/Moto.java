package io.keyturn.adapters.aws;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A moto server of its own on a free port, in the Python environment that {@code ./check} prepares. */
public final class Moto implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Process process;
    private final int port;

    private Moto(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    public static Moto start(Path log) throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Process process = new ProcessBuilder(
                        System.getProperty("keyturn.python", "python3"),
                        "-m",
                        "moto.server",
                        "-H",
                        "127.0.0.1",
                        "-p",
                        Integer.toString(port))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Moto moto = new Moto(process, port);
        moto.awaitUp();
        return moto;
    }

    private void awaitUp() throws InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end && process.isAlive()) {
            try {
                client.send(
                        HttpRequest.newBuilder(URI.create(url() + "/moto-api/data.json"))
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
                return;
            } catch (IOException notYet) {
                if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
                    throw new IllegalStateException("moto's server ended at once: run ./check, which installs it");
                }
            }
        }
        throw new IllegalStateException("moto's server did not come up");
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** What a process that uses it has in its environment, with these additions. */
    public Map<String, String> environment(String... more) {
        List<String> pairs = new ArrayList<>(List.of(
                "AWS_ENDPOINT_URL",
                url(),
                "AWS_ACCESS_KEY_ID",
                "AKIATESTTESTTESTTEST",
                "AWS_SECRET_ACCESS_KEY",
                "secret",
                "AWS_REGION",
                "eu-west-1"));
        pairs.addAll(List.of(more));
        Map<String, String> environment = new HashMap<>();
        for (int i = 0; i < pairs.size(); i += 2) {
            environment.put(pairs.get(i), pairs.get(i + 1));
        }
        return environment;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
