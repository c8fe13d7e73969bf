package io.keyturn.proof.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.proof.acting.Postbox;
import io.keyturn.proof.process.Tool.Ended;
import io.keyturn.proof.process.Tool.Started;
import io.keyturn.sandbox.fault.Fate;
import io.keyturn.sandbox.fault.Faults;
import io.keyturn.sandbox.fault.Operation;
import io.keyturn.sandbox.http.DoorOptions;
import io.keyturn.sandbox.http.SandboxServer;
import io.keyturn.sandbox.world.AccessKeys;
import io.keyturn.sandbox.world.Consistency;
import io.keyturn.sandbox.world.SimKey;
import io.keyturn.sandbox.world.SimUser;
import io.keyturn.sandbox.world.World;
import io.keyturn.sandbox.world.WorldOptions;
import io.keyturn.sandbox.world.WorldSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole rotations by real processes on the simulated AWS, moved through the days with Debian's faketime and killed with
 * SIGKILL at calls drawn from a seed, right before or right after these take effect.
 */
@Tag("deep")
@Timeout(14_400)
class KilledRotationTest {
    private static final int KILLS = Integer.getInteger("keyturn.kills", 300);
    private static final int KILLS_A_LIFE = 20;
    private static final long SEED = Long.getLong("keyturn.seed", 20261123);
    /** Days between two runs: a mail counts as placed a day after it went out. */
    private static final int STEP = 5;

    private static final int LAST_DAY = 150;
    /** Until the lease of a killed run has ended. */
    private static final Duration LATER = Duration.ofSeconds(150);

    private static final String CONFIGURATION = """
            policies:
              - name: everybody
                age: {warn: 75d, expire: 90d, on-warn: [remind], on-expire: [remind, rotate]}
                rotate:
                  deliver: {to: secrets-manager, readers: ["arn:${partition}:iam::${account}:role/keyturn-read"]}
                  deactivate-after: 2d
                  hold-after: 45d
                  delete-after: 3d
            first-notice: 2d
            owners:
              - default: {email: security@example.com}
            stages:
              - {stage: enforce}
            channels:
              email: {from: keyturn@example.com, region: eu-west-1}
            """;

    @TempDir
    private Path folder;

    /** Kills a process at one of its calls. */
    private static final class Killer implements Faults {
        private Process victim;
        private int calls;
        private int at;
        private boolean before;

        /** @param call counted from 1; 0 for none */
        synchronized void aim(Process process, int call, boolean beforeIt) {
            victim = process;
            at = call;
            before = beforeIt;
            calls = 0;
        }

        @Override
        public synchronized Fate before(Operation operation) {
            calls++;
            if (calls == at && before) {
                kill();
                return Fate.of(Fate.Kind.DROPPED_BEFORE);
            }
            return Fate.OK;
        }

        @Override
        public synchronized void after(Operation operation) {
            if (calls == at && !before) {
                kill();
            }
        }

        private void kill() {
            at = 0;
            victim.destroyForcibly();
            victim.onExit().join();
        }
    }

    /** One user with one overdue key, and the processes that take care of it. */
    private static final class Life implements AutoCloseable {
        final Killer killer = new Killer();
        final Postbox postbox = new Postbox();
        final World world;
        final SandboxServer server;
        final Tool tool;
        final Path home;
        final Random random;
        final StringBuilder course = new StringBuilder();
        private Duration moved = Duration.ZERO;
        private String inUse;
        int kills;

        Life(Path home, Random random) throws Exception {
            this.home = home;
            this.random = random;
            Instant now = InstantSource.system().instant();
            world = World.generate(
                    new WorldSpec(7, 1, 0, 0, now).with(WorldOptions.DEFAULT.with(Consistency.IMMEDIATE)));
            Instant longAgo = now.minus(Duration.ofDays(100));
            world.management().add(user(longAgo), longAgo);
            inUse = new AccessKeys(world)
                    .create(world.management(), "ann", longAgo)
                    .id();
            server = SandboxServer.start(world, DoorOptions.defaults().with(killer), InstantSource.system());
            Files.writeString(home.resolve("keyturn.yaml"), CONFIGURATION);
            tool = new Tool(home).on(server).with("AWS_ENDPOINT_URL_SESV2", postbox.url());
            FakeTime.preloaded().forEach(tool::with);
        }

        private static SimUser user(Instant since) {
            List<String> none = List.of();
            return new SimUser(
                    "ann", "AIDAEXAMPLEANN", "/", since, true, true, Map.of(), none, none, none, null, List.of());
        }

        List<SimKey> keys() {
            SimUser ann = world.management().user("ann");
            return ann == null ? List.of() : ann.keys();
        }

        /** So much time passes, and the owner works: with the new key from when its secret lies there. */
        void pass(Duration time) {
            moved = moved.plus(time);
            server.clock().move(time);
            keys().stream().filter(key -> key.active() && isDelivered(key)).forEach(key -> inUse = key.id());
            world.use(inUse, server.clock().instant(), "s3", "us-east-1");
        }

        boolean isDelivered(SimKey key) {
            return world.vault().all().stream()
                    .flatMap(secret -> secret.versions().values().stream())
                    .anyMatch(version -> version.value().contains(key.id())
                            && version.value().contains(key.secret()));
        }

        /** A run that is killed at that call, or ends before; whether it was killed. */
        boolean run(int call, boolean before) throws Exception {
            tool.with("FAKETIME", "+" + moved.toSeconds() + "s");
            Started run = tool.start("run", "--output", "json");
            killer.aim(run.process(), call, before);
            Ended ended = run.await();
            boolean killed = ended.exit() == 128 + 9;
            course.append("day ").append(moved.toDays()).append(killed ? ": killed at call " + call : ": ran");
            course.append(before && killed ? ", before it\n" : "\n");
            assertThat(killed || ended.exit() == 0).as("%s%s", course, ended).isTrue();
            holds();
            return killed;
        }

        /** What must be so after every run and every death. */
        private void holds() {
            List<SimKey> keys = keys();
            assertThat(keys).as(course.toString()).hasSizeBetween(1, 2);
            assertThat(keys)
                    .as("one that works and that its owner has: %s", course)
                    .anyMatch(key -> key.active() && (key.id().equals(inUse) || isDelivered(key)));
        }

        boolean isOver() {
            return keys().size() == 1
                    && keys().getFirst().id().equals(inUse)
                    && keys().getFirst().created().isAfter(world.spec().now());
        }

        /** No secret of a key is in any file of its runs, nor in a letter. */
        void confined() throws Exception {
            StringBuilder written = new StringBuilder(postbox.letters().toString());
            try (Stream<Path> files = Files.walk(home)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    written.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
                }
            }
            for (SimKey key : keys()) {
                assertThat(written.toString()).contains(key.id()).doesNotContain(key.secret());
            }
        }

        @Override
        public void close() {
            server.close();
            postbox.close();
        }
    }

    @Test
    void a_rotation_ends_well_wherever_its_runs_are_killed() throws Exception {
        Random random = new Random(SEED);
        int kills = 0;
        for (int life = 1; kills < KILLS; life++) {
            kills += live(Files.createDirectory(folder.resolve("life-" + life)), random);
        }
        System.out.println("kill -9: " + kills + " of whole runs, from seed " + SEED
                + "; again with: mvn -pl proof -am test -Dtests.left.out= -Dtest=KilledRotationTest -Dkeyturn.seed="
                + SEED);
    }

    private static int live(Path home, Random random) throws Exception {
        try (Life life = new Life(home, random)) {
            for (int day = 0; !life.isOver(); day += STEP) {
                assertThat(day).as("still not over: %s", life.course).isLessThan(LAST_DAY);
                while (life.kills < KILLS_A_LIFE && life.run(1 + random.nextInt(24), random.nextBoolean())) {
                    life.kills++;
                    life.pass(LATER);
                }
                if (life.kills == KILLS_A_LIFE) {
                    life.run(0, false);
                }
                life.pass(Duration.ofDays(STEP));
            }
            life.tool.with("FAKETIME", "+" + life.moved.toSeconds() + "s");
            Ended verified = life.tool.run("history", "verify");
            assertThat(verified.exit()).as("%s", verified).isZero();
            life.confined();
            return life.kills;
        }
    }
}
