package io.keyturn.proof.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.app.config.CelConditions;
import io.keyturn.app.config.ConfigLoader;
import io.keyturn.app.config.Loaded;
import io.keyturn.app.config.Settings;
import io.keyturn.app.wiring.HistoryJob;
import io.keyturn.app.wiring.Shard;
import io.keyturn.app.wiring.Stores;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.proof.process.Tool.Ended;
import io.keyturn.proof.process.Tool.Started;
import io.keyturn.proof.stores.DynamoDbLocal;
import io.keyturn.sandbox.fault.Fate;
import io.keyturn.sandbox.fault.Faults;
import io.keyturn.sandbox.fault.Operation;
import io.keyturn.sandbox.http.DoorOptions;
import io.keyturn.sandbox.http.SandboxServer;
import io.keyturn.sandbox.world.World;
import io.keyturn.sandbox.world.WorldSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An organization in ten parts, a process for each, on one journal in DynamoDB; one of them is killed in the middle of an
 * act, and its work is taken over.
 */
@Timeout(300)
class TenProcessesTest {
    private static final int PARTS = 10;
    private static final Duration LATER = Duration.ofSeconds(150);
    private static final String KILLED = "111122223334";

    private static final String CONFIGURATION = """
            accounts:
              - organization: {roles: {read: keyturn-read, act: keyturn-act}}
            policies:
              - name: everybody
                age: {expire: 20d, on-expire: [deactivate]}
                cut-in-use: true
            first-notice: none
            read: live
            stages:
              - {stage: enforce}
            store: {dynamodb: {table: %s}}
            """;

    @TempDir
    private Path home;

    private final String table = "keyturn-" + UUID.randomUUID();
    private final Switches switches = new Switches();

    /** Counts who was switched off, and kills a process right after its second act took effect, before its answer. */
    private static final class Switches implements Faults {
        private final Map<String, Integer> counts = new ConcurrentHashMap<>();
        private final AtomicReference<Process> victim = new AtomicReference<>();

        @Override
        public Fate before(Operation operation) {
            return Fate.OK;
        }

        @Override
        public void after(Operation operation) {
            if (operation.action().equals("UpdateAccessKey")) {
                counts.merge(operation.account() + " " + operation.user(), 1, Integer::sum);
                if (operation.account().equals(KILLED) && acts() == 2) {
                    kill(victim.getAndSet(null));
                }
            }
        }

        private int acts() {
            return counts.entrySet().stream()
                    .filter(one -> one.getKey().startsWith(KILLED))
                    .mapToInt(Map.Entry::getValue)
                    .sum();
        }

        private static void kill(Process process) {
            if (process != null) {
                process.destroyForcibly();
                process.onExit().join();
            }
        }
    }

    @Test
    void they_find_and_do_what_one_would_and_nothing_twice_though_one_is_killed() throws Exception {
        Files.writeString(home.resolve("keyturn.yaml"), CONFIGURATION.formatted(table));
        World world = World.generate(new WorldSpec(17, 12, 60, 0.5, Instant.now()));
        try (SandboxServer server =
                SandboxServer.start(world, DoorOptions.defaults().with(switches), InstantSource.system())) {
            Tool tool = new Tool(home)
                    .on(server)
                    .with("AWS_ENDPOINT_URL_DYNAMODB", DynamoDbLocal.endpoint().toString());
            Settings settings = ((Loaded.Ok) new ConfigLoader(name -> Optional.empty(), new CelConditions(), home)
                            .load(home.resolve("keyturn.yaml")))
                    .settings();
            Map<String, String> environment = environment(server);
            HistoryJob history = new HistoryJob(settings, environment);
            assertThatThrownBy(() -> history.verify((stream, head) -> {}))
                    .hasMessage("could not use the table of the journal in the DynamoDB table " + table
                            + " (us-east-1): there is no such table in this Region and account; make it with:"
                            + " keyturn store create; or correct its name or Region");
            Stores.make(settings, environment);
            Ended alone = tool.run("plan", "--output", "json");
            assertThat(alone.exit()).as("%s", alone).isZero();
            JsonNode plan = JsonMapper.shared().readTree(alone.out());
            Map<String, Integer> due = plan.get("actions")
                    .valueStream()
                    .filter(act -> act.get("action").asString().equals("deactivate"))
                    .map(act -> act.get("account").asString() + " "
                            + act.get("user").asString())
                    .collect(Collectors.toMap(user -> user, user -> 1, Integer::sum));
            assertThat(due).hasSizeGreaterThan(20);

            List<Ended> ended = sideBySide(tool);

            assertThat(found(ended)).containsExactlyInAnyOrderElementsOf(found(List.of(alone)));
            assertThat(switches.counts).hasSizeLessThan(due.size());

            // Whoever comes next, in however many parts, finishes it, once the leases of the killed have ended.
            server.clock().move(LATER);
            FakeTime.preloaded().forEach(tool::with);
            Ended next = tool.with("FAKETIME", "+" + LATER.toSeconds() + "s").run("run", "--output", "json");
            assertThat(next.exit()).as("%s", next).isZero();
            List<String> lines = new ArrayList<>();
            history.find(JournalStore.Query.ALL, line -> lines.add(line.text()));
            assertThat(switches.counts).as("each act once; %s", lines).isEqualTo(due);
            List<String> verified = new ArrayList<>();
            history.verify((stream, head) -> verified.add(stream));
            assertThat(verified).hasSizeGreaterThan(5);
        }
    }

    private static Map<String, String> environment(SandboxServer server) {
        Map<String, String> environment = new HashMap<>(DynamoDbLocal.environment(DynamoDbLocal.endpoint()));
        environment.put("AWS_ACCESS_KEY_ID", server.accessKeyId());
        environment.put("AWS_REGION", "us-east-1");
        return environment;
    }

    private List<Ended> sideBySide(Tool tool) throws Exception {
        List<Started> started = new ArrayList<>();
        int victim = part(KILLED);
        for (int part = 1; part <= PARTS; part++) {
            started.add(tool.start("run", "--output", "json", "--shard", part + "/" + PARTS));
            if (part == victim) {
                switches.victim.set(started.getLast().process());
            }
        }
        List<Ended> ended = new ArrayList<>();
        for (int part = 1; part <= PARTS; part++) {
            Ended one = started.get(part - 1).await();
            assertThat(one.exit()).as("part %d: %s", part, one).isEqualTo(part == victim ? 137 : 0);
            ended.add(one);
        }
        return ended;
    }

    private static int part(String account) {
        return IntStream.rangeClosed(1, PARTS)
                .filter(part -> new Shard(part, PARTS).holds(account))
                .findFirst()
                .orElseThrow();
    }

    /** Every finding and every account of these results; a process writes them before its first act. */
    private static List<String> found(List<Ended> ended) {
        return ended.stream()
                .map(one -> JsonMapper.shared().readTree(one.out()))
                .flatMap(json -> Stream.concat(
                        json.get("accounts").valueStream().map(one -> one.get("id") + " " + one.get("complete")),
                        json.get("findings")
                                .valueStream()
                                .map(one -> one.get("account") + " " + one.get("user") + " " + one.get("keyId") + " "
                                        + one.get("standing") + " " + one.at("/next/step"))))
                .toList();
    }
}
