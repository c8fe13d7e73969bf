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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rotations of several users by real processes on the simulated AWS, moved through the days with Debian's faketime and
 * killed with SIGKILL at calls drawn from a seed, right before or right after these take effect. Their keys become
 * overdue one after the other, so that most runs begin, go on with and end rotations side by side.
 */
@Timeout(14_400)
class KilledRotationTest {
    private static final int KILLS = Integer.getInteger("keyturn.kills", Boolean.getBoolean("keyturn.deep") ? 300 : 40);
    private static final int KILLS_A_LIFE = 40;
    private static final int KILLS_A_DAY = 8;
    private static final long SEED = Long.getLong("keyturn.seed", 20261123);
    private static final int USERS = 8;
    /** The keys' ages at the beginning, in days, of which the oldest one is overdue. */
    private static final int OLDEST = 92;

    private static final int DAYS_BETWEEN = 3;
    /** Days between two runs: a mail counts as placed a day after it went out. */
    private static final int STEP = 5;

    private static final int LAST_DAY = 120;
    /** Calls that change something in a run of a full day, about. */
    private static final int CHANGES = 10;

    private static final int READS = 30;
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

    /** A moment of a run: a call, counted from 1 among those that change something or among all, and its side. */
    private record Moment(int call, boolean ofChanges, boolean before) {
        static final Moment NEVER = new Moment(0, false, false);

        /** Three of four among the calls that change something: there are fewer of them. */
        static Moment drawn(Random random) {
            boolean ofChanges = random.nextInt(4) > 0;
            return new Moment(1 + random.nextInt(ofChanges ? CHANGES : READS), ofChanges, random.nextBoolean());
        }

        @Override
        public String toString() {
            return (before ? "before" : "after") + (ofChanges ? " change " : " call ") + call;
        }
    }

    /** Kills a process at one of its calls. */
    private static final class Killer implements Faults {
        private static final Pattern READ = Pattern.compile("(List|Get|Describe|Generate|Lookup|Simulate).*");
        private Process victim;
        private Moment at = Moment.NEVER;
        private int calls;

        synchronized void aim(Process process, Moment moment) {
            victim = process;
            at = moment;
            calls = 0;
        }

        @Override
        public synchronized Fate before(Operation operation) {
            calls += at.ofChanges && READ.matcher(operation.action()).matches() ? 0 : 1;
            if (calls == at.call && at.before) {
                kill();
                return Fate.of(Fate.Kind.DROPPED_BEFORE);
            }
            return Fate.OK;
        }

        @Override
        public synchronized void after(Operation operation) {
            if (calls == at.call && !at.before) {
                kill();
            }
        }

        private void kill() {
            at = Moment.NEVER;
            victim.destroyForcibly();
            victim.onExit().join();
            FakeTime.forget(victim);
        }
    }

    /** Some users whose keys become overdue one after the other, and the processes that take care of them. */
    private static final class Life implements AutoCloseable {
        final Killer killer = new Killer();
        final Postbox postbox = new Postbox();
        final World world;
        final SandboxServer server;
        final Tool tool;
        final Path home;
        final StringBuilder course = new StringBuilder();
        private final Map<String, String> inUse = new LinkedHashMap<>();
        private final Map<String, SimKey> everThere = new LinkedHashMap<>();
        /** Whose first rotation has ended; in a long life the new key grows old too. */
        private final Set<String> over = new LinkedHashSet<>();

        private Duration moved = Duration.ZERO;

        Life(Path home) throws Exception {
            this.home = home;
            Instant now = InstantSource.system().instant();
            world = World.generate(
                    new WorldSpec(7, 1, 0, 0, now).with(WorldOptions.DEFAULT.with(Consistency.IMMEDIATE)));
            for (int i = 0; i < USERS; i++) {
                Instant since = now.minus(Duration.ofDays(OLDEST - (long) i * DAYS_BETWEEN));
                SimUser user = user("user-" + i, since);
                world.management().add(user, since);
                SimKey key = new AccessKeys(world).create(world.management(), user.name(), since);
                inUse.put(user.name(), key.id());
                everThere.put(key.id(), key);
            }
            server = SandboxServer.start(world, DoorOptions.defaults().with(killer), InstantSource.system());
            Files.writeString(home.resolve("keyturn.yaml"), CONFIGURATION);
            tool = new Tool(home).on(server).with("AWS_ENDPOINT_URL_SESV2", postbox.url());
            FakeTime.preloaded().forEach(tool::with);
        }

        private static SimUser user(String name, Instant since) {
            List<String> none = List.of();
            String id = "AIDAEXAMPLE" + name.toUpperCase(Locale.ROOT).replace("-", "");
            return new SimUser(name, id, "/", since, true, true, Map.of(), none, none, none, null, List.of());
        }

        List<SimKey> keys(String name) {
            SimUser user = world.management().user(name);
            return user == null ? List.of() : user.keys();
        }

        /** So much time passes, and the owners work: with the new key from when its secret lies there. */
        void pass(Duration time) {
            moved = moved.plus(time);
            server.clock().move(time);
            inUse.replaceAll((name, old) -> {
                String taken = keys(name).stream()
                        .filter(key -> key.active() && isDelivered(key))
                        .map(SimKey::id)
                        .findFirst()
                        .orElse(old);
                world.use(taken, server.clock().instant(), "s3", "us-east-1");
                return taken;
            });
        }

        boolean isDelivered(SimKey key) {
            return world.vault().all().stream()
                    .flatMap(secret -> secret.versions().values().stream())
                    .anyMatch(version -> version.value().contains(key.id())
                            && version.value().contains(key.secret()));
        }

        /** A run that is killed at that moment, or ends before; whether it was killed. */
        boolean run(Moment moment) throws Exception {
            tool.with("FAKETIME", "+" + moved.toSeconds() + "s");
            Started run = tool.start("run", "--output", "json");
            killer.aim(run.process(), moment);
            Ended ended = run.await();
            boolean killed = ended.exit() == 128 + 9;
            course.append("day ").append(moved.toDays()).append(killed ? ": killed " + moment + '\n' : ": ran\n");
            assertThat(killed || ended.exit() == 0).as("%s%s", course, ended).isTrue();
            inUse.keySet().forEach(this::holds);
            return killed;
        }

        /** What must be so of a user after every run and every death. */
        private void holds(String name) {
            List<SimKey> keys = keys(name);
            keys.forEach(key -> everThere.put(key.id(), key));
            assertThat(keys).as(() -> story(name)).hasSizeBetween(1, 2);
            assertThat(keys)
                    .as(() -> "one that works and that its owner has: " + story(name))
                    .anyMatch(key -> key.active() && (key.id().equals(inUse.get(name)) || isDelivered(key)));
        }

        /** Of a user who is not well: what was done to all, and what Keyturn wrote of this one. */
        private String story(String name) {
            try {
                return name + "\n" + course
                        + tool.run("history", "--user", name).out();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted while a history was read", e);
            }
        }

        boolean isOver() {
            inUse.keySet().stream().filter(this::isOver).forEach(over::add);
            return over.containsAll(inUse.keySet());
        }

        private boolean isOver(String name) {
            return keys(name).size() == 1
                    && keys(name).getFirst().id().equals(inUse.get(name))
                    && keys(name).getFirst().created().isAfter(world.spec().now());
        }

        /** Of those whose rotations are not over. */
        String open() {
            return inUse.keySet().stream()
                    .filter(name -> !over.contains(name))
                    .map(this::story)
                    .collect(Collectors.joining("\n"));
        }

        /** Of each key that ended somebody was told, and no secret is in any file of the runs, nor in a letter. */
        void toldAndConfined() throws Exception {
            String letters = postbox.letters().toString();
            StringBuilder written = new StringBuilder(letters);
            try (Stream<Path> files = Files.walk(home)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    written.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
                }
            }
            assertThat(everThere).hasSizeGreaterThanOrEqualTo(2 * USERS);
            for (SimKey key : everThere.values()) {
                assertThat(written.toString()).contains(key.id()).doesNotContain(key.secret());
                if (!inUse.containsValue(key.id())
                        && key.created().isBefore(world.spec().now())) {
                    assertThat(letters).contains(key.id().substring(key.id().length() - 4));
                }
            }
        }

        @Override
        public void close() {
            server.close();
            postbox.close();
        }
    }

    @Test
    void rotations_end_well_wherever_their_runs_are_killed() throws Exception {
        Random random = new Random(SEED);
        int kills = 0;
        for (int life = 1; kills < KILLS; life++) {
            int most = Math.min(KILLS_A_LIFE, KILLS - kills);
            kills += live(Files.createDirectory(folder.resolve("life-" + life)), most, random);
        }
        System.out.println("kill -9: " + kills + " of whole runs, from seed " + SEED
                + "; again with: mvn -pl proof -am test -Dtest=KilledRotationTest -Dkeyturn.kills=" + KILLS
                + " -Dkeyturn.seed=" + SEED);
    }

    private static int live(Path home, int most, Random random) throws Exception {
        try (Life life = new Life(home)) {
            int kills = 0;
            for (int day = 0; !life.isOver(); day += STEP) {
                assertThat(day).as(() -> "still not over: " + life.open()).isLessThan(LAST_DAY);
                boolean killed = true;
                for (int i = 0; killed && i < KILLS_A_DAY && kills < most; i++) {
                    killed = life.run(Moment.drawn(random));
                    if (killed) {
                        kills++;
                        life.pass(LATER);
                    }
                }
                if (killed) {
                    life.run(Moment.NEVER);
                }
                life.pass(Duration.ofDays(STEP));
            }
            life.tool.with("FAKETIME", "+" + life.moved.toSeconds() + "s");
            Ended verified = life.tool.run("history", "verify");
            assertThat(verified.exit()).as("%s", verified).isZero();
            life.toldAndConfined();
            return kills;
        }
    }
}
