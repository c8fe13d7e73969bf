package io.keyturn.proof.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.app.web.Door;
import io.keyturn.app.web.LocalAccess;
import io.keyturn.app.wiring.DemoServing;
import io.keyturn.engine.catalog.KeyQuery;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code openapi.json} says of the server, held against the server by schemathesis: right and wrong requests of its own making. */
@Timeout(180)
class OpenApiTest {
    @TempDir
    private static Path folder;

    @Test
    void the_server_does_what_its_description_says() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        // Minutes go by from one question to the next, so that the pace of acts is not what is met.
        InstantSource fast = () -> Instant.EPOCH.plusSeconds(60L * asked.incrementAndGet());
        try (DemoServing demo = DemoServing.open(folder, InstantSource.system(), line -> {})) {
            demo.begin();
            try (Door door = Door.open(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    new LocalAccess("n.iyer"),
                    Optional.empty(),
                    demo,
                    fast,
                    line -> {})) {
                Path told = folder.resolve("told.txt");
                Process process = new ProcessBuilder(
                                System.getProperty("keyturn.python", "python3"),
                                Path.of("src", "test", "python", "openapi_check.py")
                                        .toString(),
                                "http://127.0.0.1:" + door.address().getPort(),
                                demo.catalog()
                                        .keys(KeyQuery.ALL)
                                        .keys()
                                        .getFirst()
                                        .name())
                        .redirectErrorStream(true)
                        .redirectOutput(told.toFile())
                        .start();
                assertThat(process.waitFor()).as(Files.readString(told)).isZero();
            }
        }
    }
}
