package io.keyturn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.sandbox.http.DoorOptions;
import io.keyturn.sandbox.http.SandboxServer;
import io.keyturn.sandbox.world.World;
import io.keyturn.sandbox.world.WorldSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The doors of {@code run --compare}. */
@Timeout(120)
class ComparisonRunsTest {
    @TempDir
    private Path folder;

    private Line line() {
        return new Line(folder);
    }

    @Test
    void sleuth_is_compared_on_a_served_account_and_nothing_is_written() throws Exception {
        World world = World.generate(new WorldSpec(3, 1, 40, 0.2, Instant.now()));
        try (SandboxServer server = SandboxServer.start(world, DoorOptions.defaults(), InstantSource.system())) {
            Line line = line().on(server).with("WARNING_AGE", "80").with("ENABLE_AUTO_EXPIRE", "true");

            int exit = line.run("run", "--preset", "sleuth", "--compare", "--output", "json");

            JsonNode json = JsonMapper.shared().readTree(line.out());
            assertThat(json.at("/tool").asString()).isEqualTo("sleuth");
            assertThat(json.at("/keys").asInt()).as(line.err()).isGreaterThan(30);
            assertThat(json.at("/counts/differs").asInt()).isPositive();
            assertThat(exit).isEqualTo(json.at("/complete").asBoolean() ? 0 : Keyturn.NOT_READ);
        }
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void what_is_asked_for_wrongly_is_answered_with_what_to_write() throws Exception {
        Line line = line().with("WARNING_AGE", "80");

        assertThat(line.run("run", "--compare")).isEqualTo(Keyturn.USAGE);
        assertThat(line.err())
                .contains(
                        "--compare is with an earlier tool: name it with --preset keycheck, rotator, sentry or sleuth");
        assertThat(line.run("run", "--preset", "sleuth", "--compare", "--output", "csv"))
                .isEqualTo(Keyturn.USAGE);
        assertThat(line.err()).contains("--compare prints --output table or json");
        assertThat(line.run("run", "--preset", "sleuth", "--compare", "--only", "remind"))
                .isEqualTo(Keyturn.USAGE);
        assertThat(line.err()).contains("--only has no meaning with --compare, which does nothing and shows all");
        assertThat(line.run("run", "--preset", "sleuth", "--output", "json")).isEqualTo(Keyturn.USAGE);
        assertThat(line.err())
                .contains("--output has no meaning with the preset sleuth, whose settings are in its own environment");
        assertThat(line.run("run", "--preset", "sleuth", "--compare-with", "list.json"))
                .isEqualTo(Keyturn.USAGE);
        assertThat(line.err()).contains("--compare-with is of sentry alone: what sleuth did is read from AWS");
        Path list = folder.resolve("list.json");
        assertThat(line.run("run", "--preset", "sentry", "--compare-with", list.toString()))
                .isEqualTo(Keyturn.USAGE);
        assertThat(line.err()).contains("cannot be taken for what sentry published: it cannot be read as text");
    }
}
