package io.keyturn.proof.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyturn.app.wiring.Demo;
import io.keyturn.sandbox.http.SandboxServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server as a process of its own. */
@Timeout(180)
class ServeProcessTest {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    Path home;

    private final HttpClient client = HttpClient.newHttpClient();

    private String get(String url) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void it_prints_where_it_is_reads_when_asked_shows_what_it_found_and_ends_when_told_to() throws Exception {
        try (SandboxServer server = Demo.start(InstantSource.system())) {
            Tool.Started started = new Tool(home)
                    .on(server)
                    .start("serve", "--listen", "127.0.0.1:0", "--store", "k.db", "--organization", "keyturn-read");
            await().atMost(PATIENCE).until(() -> Files.readString(started.out()).endsWith("/\n"));
            String address = Files.readString(started.out()).strip();
            assertThat(get(address + "healthz")).isEqualTo("alive\n");
            assertThat(get(address)).contains("Nothing was read yet", "Read now");

            HttpRequest read = HttpRequest.newBuilder(URI.create(address + "api/v1/read"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{}"))
                    .build();
            assertThat(client.send(read, HttpResponse.BodyHandlers.ofString()).body())
                    .isEqualTo("{\"done\":true}");
            await().atMost(PATIENCE).until(() -> get(address + "api/v1/runs").contains("\"complete\":true"));
            assertThat(get(address)).contains("need a decision this week");

            started.process().destroy();
            Tool.Ended ended = started.await();
            assertThat(ended.exit()).isEqualTo(143);
            assertThat(ended.err()).isEqualTo("keyturn: serving until you press Ctrl-C\n");
        }
    }

    @Test
    void a_port_that_is_taken_is_told_of() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            Tool.Ended ended = new Tool(home).run("serve", "--listen", address, "--store", "k.db");
            assertThat(ended.exit()).isEqualTo(2);
            assertThat(ended.err())
                    .startsWith("keyturn: could not listen on " + address + ": ")
                    .endsWith("; choose another with --listen, or port 0 for any free one\n");
        }
    }
}
