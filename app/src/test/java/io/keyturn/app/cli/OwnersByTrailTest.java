package io.keyturn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.sandbox.fault.Fate;
import io.keyturn.sandbox.fault.Fault;
import io.keyturn.sandbox.http.DoorOptions;
import io.keyturn.sandbox.http.SandboxServer;
import io.keyturn.sandbox.world.World;
import io.keyturn.sandbox.world.WorldSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Owners whom CloudTrail and the account name, from the outside. */
@Timeout(120)
class OwnersByTrailTest {
    @TempDir
    private Path folder;

    private String scan(DoorOptions door, String chain, String... words) throws Exception {
        Files.writeString(folder.resolve("keyturn.yaml"), """
                policies: [{name: all, idle: {warn: 30d, expire: 45d}}]
                owners: [%s]
                """.formatted(chain));
        World world = World.generate(new WorldSpec(3, 1, 30, 0.4, Instant.now()));
        try (SandboxServer server = SandboxServer.start(world, door, InstantSource.system())) {
            Line line = new Line(folder).on(server);
            String[] all = Arrays.copyOf(words, words.length + 2);
            all[words.length] = "--config";
            all[words.length + 1] = folder.resolve("keyturn.yaml").toString();
            int code = line.run(all);
            assertThat(code).as(line.err()).isZero();
            return line.out();
        }
    }

    @Test
    void whoever_made_a_key_of_late_owns_it_and_healthy_keys_were_not_asked_about() throws Exception {
        String json = scan(DoorOptions.defaults(), "{cloudtrail: creator}", "scan", "--output", "json");

        assertThat(json)
                .containsPattern("\"owner\": \\{\"name\": \"[a-z.]+@fernhill.example\",\"source\": \"cloudtrail\"");
        assertThat(json).contains("\"owner\": null");
    }

    @Test
    void without_the_permission_the_account_says_so_once_and_the_next_link_answers() throws Exception {
        Fault denied = Fault.always("LookupEvents", Fate.Kind.ACCESS_DENIED);
        DoorOptions door = DoorOptions.defaults().with(denied);
        String json = scan(door, "{cloudtrail: creator}, {contact: security}", "scan", "--output", "json");

        assertThat(json)
                .containsOnlyOnce(
                        "who made its users is not known, and the owner chain goes on without: CloudTrail could"
                                + " not be asked: AWS answered AccessDenied")
                .contains("\"name\": \"security@fernhill.example\",\"source\": \"account contact security\"");
    }

    @Test
    void the_story_of_a_key_tells_what_each_link_said() throws Exception {
        String chain = "{cloudtrail: creator}, {contact: billing}, {account-tag: team}, {default: security}";
        assertThat(scan(DoorOptions.defaults(), chain, "explain", "no-tags"))
                .contains("CloudTrail keeps events for 90 days", "the account has none", "security");
    }
}
