package io.keyturn.proof.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.proof.moto.AgedMoto;
import io.keyturn.proof.process.Tool.Ended;
import io.keyturn.sandbox.http.DoorOptions;
import io.keyturn.sandbox.http.SandboxServer;
import io.keyturn.sandbox.world.World;
import io.keyturn.sandbox.world.WorldSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** In the place of earlier tools: accounts that are large or empty, and names of what does not exist. */
@Timeout(180)
class PresetBadInputTest {
    @TempDir
    private Path home;

    private Tool keycheck(String keyId, String secret) throws Exception {
        Path profiles = Files.writeString(home.resolve("aws-config"), """
                [profile production]
                aws_access_key_id = %s
                aws_secret_access_key = %s
                """.formatted(keyId, secret));
        return new Tool(home)
                .inside()
                .with("AWS_CONFIG_FILE", profiles.toString())
                .with("AWS_REGION", "us-east-1")
                .with("dump_metric_to_console", "True");
    }

    private static void assertNoTrace(Ended ended) {
        assertThat(ended.err() + ended.out()).doesNotContain("\tat ", "Exception in thread", "internal error");
    }

    @Test
    void an_account_of_five_thousand_users_has_a_line_for_every_key() throws Exception {
        World world = World.generate(new WorldSpec(5, 1, 5000, 0.2, Instant.now()));
        int keys = world.management().allUsers().stream()
                .mapToInt(user -> user.keys().size())
                .sum();
        try (SandboxServer server = SandboxServer.start(world, DoorOptions.defaults(), InstantSource.system())) {
            Ended ended = keycheck(server.accessKeyId(), server.secretAccessKey())
                    .with("AWS_ENDPOINT_URL", server.endpoint().toString())
                    .run("run", "--preset", "keycheck", "production");

            assertThat(ended.exit()).as(ended.err()).isZero();
            Set<String> lines = new HashSet<>(ended.out().lines().toList());
            assertThat(keys).isGreaterThan(4000);
            assertThat(lines).hasSize(keys).allMatch(line -> line.startsWith("iam,name="));
        }
    }

    @Test
    void an_empty_account_is_done_at_once() throws Exception {
        try (AgedMoto moto = AgedMoto.start()) {
            Ended keycheck = keycheck("AKIATESTTESTTESTTEST", "secret")
                    .with("AWS_ENDPOINT_URL", moto.url())
                    .run("run", "--preset", "keycheck", "production");
            Tool tool = new Tool(home).inside();
            moto.environment().forEach(tool::with);
            RotatorWorld.SETTINGS.forEach(tool::with);
            Ended sleuth = tool.with("WARNING_AGE", "80").run("run", "--preset", "sleuth");
            Ended rotator = tool.run("run", "--preset", "rotator");

            assertThat(List.of(keycheck, rotator)).allSatisfy(ended -> {
                assertThat(ended.exit()).isZero();
                assertThat(ended.out() + ended.said()).isEmpty();
            });
            assertThat(sleuth.exit()).isZero();
            assertThat(sleuth.out()).isEqualTo("{\"statusCode\": 200, \"body\": \"{}\"}\n");
        }
    }

    @Test
    void a_profile_that_is_not_there_is_told_with_those_that_are() throws Exception {
        Ended account = keycheck("AKIATESTTESTTESTTEST", "secret").run("run", "--preset", "keycheck", "prodution");

        assertThat(account.exit()).isEqualTo(3);
        assertThat(account.out()).isEmpty();
        assertThat(account.err()).contains("prodution", "did you mean \"production\"?");
        assertNoTrace(account);
    }
}
