package io.keyturn.proof.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.sandbox.http.DoorOptions;
import io.keyturn.sandbox.http.SandboxServer;
import io.keyturn.sandbox.world.Caller;
import io.keyturn.sandbox.world.Sessions;
import io.keyturn.sandbox.world.World;
import io.keyturn.sandbox.world.WorldSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An organization read from a member account. */
@Timeout(120)
class DelegatedAdministratorTest {
    private static final String MEMBER = "111122223334";

    @TempDir
    private Path home;

    private final World world = World.generate(new WorldSpec(5, 4, 40, 0.2, Instant.now()));

    private Tool.Ended scan(SandboxServer server, String... words) throws Exception {
        Caller admin = world.caller(world.admin().id(), null, Instant.now());
        String role = "arn:aws:iam::" + MEMBER + ":role/OrganizationAccountAccessRole";
        Sessions.Temporary session = world.sessions()
                .assume(admin, new Sessions.Asked(role, "test", null, null, Duration.ofHours(1)), Instant.now());
        return new Tool(home)
                .on(server)
                .with("AWS_ACCESS_KEY_ID", session.id())
                .with("AWS_SECRET_ACCESS_KEY", session.secret())
                .with("AWS_SESSION_TOKEN", session.token())
                .run(words);
    }

    @Test
    void a_delegated_administrator_reads_every_account_as_the_management_account_would() throws Exception {
        world.delegateTo(MEMBER);
        try (SandboxServer server = SandboxServer.start(world, DoorOptions.defaults(), InstantSource.system())) {
            Tool.Ended ended = scan(server, "scan", "--organization", "keyturn-read", "--output", "json");

            assertThat(ended.exit()).as("%s", ended).isZero();
            world.accounts().forEach(account -> assertThat(ended.out()).contains("\"" + account.id() + "\""));
        }
    }

    @Test
    void an_account_that_is_none_is_told_so_and_nothing_passes_for_clean() throws Exception {
        try (SandboxServer server = SandboxServer.start(world, DoorOptions.defaults(), InstantSource.system())) {
            Tool.Ended ended = scan(server, "scan", "--organization", "keyturn-read");

            assertThat(ended.exit()).as("%s", ended).isEqualTo(3);
            assertThat(ended.out()).contains("no key was read", "delegated administrator");
        }
    }
}
