package io.keyturn.proof.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.sandbox.http.DoorOptions;
import io.keyturn.sandbox.http.SandboxServer;
import io.keyturn.sandbox.world.Consistency;
import io.keyturn.sandbox.world.World;
import io.keyturn.sandbox.world.WorldOptions;
import io.keyturn.sandbox.world.WorldSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The simulated AWS is AWS to clients that nobody here wrote. */
@Timeout(180)
class OtherClientsTest {
    private static final int USERS = 1250;

    /** As late as AWS in kind, and sooner: the test runs by the real clock. */
    private static final Consistency SOON =
            new Consistency(span(1000, 2000), span(500, 1000), Duration.ofSeconds(1), 0.5, span(100, 1000));

    @Test
    void boto3_and_the_aws_cli_take_it_for_aws() throws Exception {
        String prepared = System.getProperty("keyturn.python");
        assertThat(prepared)
                .as("-Dkeyturn.python names the Python that ./check prepares")
                .isNotNull();
        Path python = Path.of(prepared);
        WorldSpec spec = new WorldSpec(7, 30, 30 * USERS, 0.05, Instant.now());
        World world = World.generate(spec.with(WorldOptions.DEFAULT.with(SOON).withExternalId("fern-42")));
        world.delegateTo("111122223335");
        World china =
                World.generate(new WorldSpec(8, 1, 1, 0, Instant.now(), WorldOptions.DEFAULT.inPartition("aws-cn")));
        DoorOptions door = new DoorOptions(0, Duration.ZERO, Duration.ofMillis(400), 0, true);
        try (SandboxServer server = SandboxServer.start(world, door, InstantSource.system());
                SandboxServer other = SandboxServer.start(china, DoorOptions.defaults(), InstantSource.system())) {
            ProcessBuilder command = new ProcessBuilder(
                    python.toString(),
                    "src/test/python/other_clients.py",
                    python.resolveSibling("aws").toString(),
                    Integer.toString(USERS));
            command.environment()
                    .putAll(Map.of(
                            "AWS_ENDPOINT_URL", server.endpoint().toString(),
                            "AWS_ACCESS_KEY_ID", server.accessKeyId(),
                            "AWS_SECRET_ACCESS_KEY", server.secretAccessKey(),
                            "AWS_DEFAULT_REGION", "us-east-1",
                            "AWS_CONFIG_FILE", "/nonexistent"));
            command.environment()
                    .putAll(Map.of(
                            "CHINA_ENDPOINT_URL", other.endpoint().toString(),
                            "CHINA_ACCESS_KEY_ID", other.accessKeyId(),
                            "CHINA_SECRET_ACCESS_KEY", other.secretAccessKey()));
            Process process = command.redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(process.waitFor()).as(said).isZero();
            assertThat(said).endsWith("agreed\n");
        }
    }

    private static Consistency.Span span(long least, long most) {
        return new Consistency.Span(Duration.ofMillis(least), Duration.ofMillis(most));
    }
}
