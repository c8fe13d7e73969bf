package io.keyturn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.keyturn.sandbox.http.DoorOptions;
import io.keyturn.sandbox.http.SandboxServer;
import io.keyturn.sandbox.world.World;
import io.keyturn.sandbox.world.WorldSpec;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is said of the user is read right before it is said, though no rule asks for it. */
@Timeout(120)
class BetterWayTest {
    @TempDir
    private Path folder;

    @Test
    void whoSignsInToTheConsoleIsToldOfTheWayThatNeedsNoKey() throws Exception {
        List<String> posted = new CopyOnWriteArrayList<>();
        HttpServer hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hook.createContext("/", exchange -> {
            try (exchange) {
                posted.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                exchange.sendResponseHeaders(204, -1);
            }
        });
        hook.start();
        Path file = folder.resolve("keyturn.yaml");
        Files.writeString(file, """
                policies:
                  - {name: everybody, age: {warn: 10d, expire: 11d, on-warn: [remind], on-expire: [remind]}}
                owners: [{default: {email: security@example.com}}]
                stages: [{stage: notify}]
                channels: {webhook: {url: "${env:HOOK}"}}
                read: live
                store: journal.db
                """);
        try (SandboxServer server = SandboxServer.start(
                World.generate(new WorldSpec(3, 1, 30, 0.5, Instant.now())),
                DoorOptions.defaults(),
                InstantSource.system())) {
            Line line = new Line(folder)
                    .on(server)
                    .with("KEYTURN_ALLOW_LOOPBACK", "1")
                    .with("HOOK", "http://127.0.0.1:" + hook.getAddress().getPort() + "/");

            line.run("run", "--config", file.toString());

            assertThat(posted).as(line.err() + line.out()).isNotEmpty();
            assertThat(String.join("\n", posted))
                    .contains("this user signs in to the console, so aws login (CLI 2.32 or later)");
        } finally {
            hook.stop(0);
        }
    }
}
