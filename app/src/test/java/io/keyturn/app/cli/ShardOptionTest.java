package io.keyturn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.sandbox.http.DoorOptions;
import io.keyturn.sandbox.http.SandboxServer;
import io.keyturn.sandbox.world.World;
import io.keyturn.sandbox.world.WorldSpec;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Several processes, each on its part of the accounts. */
@Timeout(120)
class ShardOptionTest {
    @TempDir
    private Path folder;

    @Test
    void the_parts_together_find_what_one_process_finds_and_nothing_twice() throws Exception {
        World world = World.generate(new WorldSpec(5, 4, 30, 0.3, Instant.now()));
        try (SandboxServer server = SandboxServer.start(world, DoorOptions.defaults(), InstantSource.system())) {
            Line line = new Line(folder).on(server);
            List<String> parts = new ArrayList<>();
            // Nine parts of five accounts: some are empty.
            for (int i = 1; i <= 9; i++) {
                parts.addAll(told(line, "--shard", i + "/9"));
            }

            assertThat(parts).containsExactlyInAnyOrderElementsOf(told(line));
            assertThat(parts.stream().filter(one -> one.startsWith("account "))).hasSize(5);
        }
    }

    private static List<String> told(Line line, String... more) {
        List<String> words = new ArrayList<>(
                List.of("scan", "--organization", "keyturn-read", "--output", "json", "--read", "live"));
        words.addAll(List.of(more));
        assertThat(line.run(words.toArray(String[]::new))).as(line.err()).isZero();
        JsonNode json = JsonMapper.shared().readTree(line.out());
        assertThat(json.get("complete").booleanValue()).isTrue();
        return Stream.concat(
                        json.get("accounts").valueStream().map(one -> "account " + one.get("id")),
                        json.get("findings")
                                .valueStream()
                                .map(one -> one.get("account") + " " + one.get("userId") + " " + one.get("reportSlot")
                                        + " " + one.get("keyId") + " " + one.get("standing")))
                .toList();
    }

    @Test
    void a_slip_of_the_hand_is_told_from_a_part() {
        Line line = new Line(folder);

        assertThat(line.run("scan", "--shard", "3")).isEqualTo(2);
        assertThat(line.err())
                .startsWith("keyturn: Invalid value for option '--shard': \"3\" is not of the form i/n,"
                        + " such as 1/10\n");

        assertThat(line.run("run", "--shard", "11/10")).isEqualTo(2);
        assertThat(line.err()).contains("\"11/10\" is no part of a whole: write i/n with i from 1 to n, such as 1/10");

        assertThat(line.run("scan", "--time-limit", "0s")).isEqualTo(2);
        assertThat(line.err()).contains("\"0s\" is not a time; write for example 110s or 14m");

        assertThat(line.run("scan", "--shard", "1/2", "--account", "data")).isEqualTo(2);
        assertThat(line.err())
                .isEqualTo("keyturn: --shard takes a part of all accounts, and --account one of them; leave one out\n");

        assertThat(line.run("apply", "plan.json", "--shard", "1/2")).isEqualTo(2);
        assertThat(line.err())
                .startsWith("keyturn: --shard: a plan in a file is carried out by one process; leave --shard out\n");
    }
}
