package io.keyturn.proof.stores;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Amazon's own engine of DynamoDB, in a process of its own that ends with this one. One for all tests, started by the
 * first that asks. The build copies it into the folder from which it runs here.
 */
public final class DynamoDbLocal {
    private static final Path SERVER =
            Path.of("dynamodb-local", "target", "server").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final DynamoDbLocal SHARED = start();

    private final URI endpoint;

    private DynamoDbLocal(URI endpoint) {
        this.endpoint = endpoint;
    }

    /** Where the shared one answers. */
    public static URI endpoint() {
        return SHARED.endpoint;
    }

    /** What a process that uses DynamoDB at an endpoint has in its environment. */
    public static Map<String, String> environment(URI endpoint) {
        return Map.of(
                "AWS_ENDPOINT_URL_DYNAMODB", endpoint.toString(),
                "AWS_ACCESS_KEY_ID", "AKIATESTTESTTESTTEST",
                "AWS_SECRET_ACCESS_KEY", "secret",
                "AWS_REGION", "eu-west-1");
    }

    private static DynamoDbLocal start() {
        try {
            int port;
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = free.getLocalPort();
            }
            Path log = Files.createTempFile("dynamodb-local", ".log");
            Process process = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            SERVER + "/*",
                            "software.amazon.dynamodb.services.local.main.ServerRunner",
                            "-inMemory",
                            "-disableTelemetry",
                            "-port",
                            Integer.toString(port)))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            URI endpoint = URI.create("http://127.0.0.1:" + port);
            awaitUp(process, endpoint, log);
            return new DynamoDbLocal(endpoint);
        } catch (IOException e) {
            throw new IllegalStateException("DynamoDB Local did not start; the build prepares it in " + SERVER, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void awaitUp(Process process, URI endpoint, Path log) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (System.nanoTime() < end) {
                try {
                    client.send(HttpRequest.newBuilder(endpoint).build(), HttpResponse.BodyHandlers.discarding());
                    return;
                } catch (IOException notYet) {
                    if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
                        break;
                    }
                }
            }
        }
        throw new IllegalStateException("DynamoDB Local in " + SERVER + " did not come up: " + Files.readString(log));
    }
}
