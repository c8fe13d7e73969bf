package io.keyturn.proof.process;

import static io.keyturn.proof.process.RotatorWorld.key;
import static io.keyturn.proof.process.RotatorWorld.owned;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.proof.process.Tool.Ended;
import io.keyturn.proof.process.Tool.Started;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Rotations in the place of check-and-rotate-iam-access-keys-age, on moto, whose runs are killed with SIGKILL at calls
 * drawn from a seed, right before or right after these take effect. All that a run leaves behind is tags, keys and files.
 */
@Timeout(3600)
class RotatorKilledTest {
    private static final int KILLS = Integer.getInteger("keyturn.kills", Boolean.getBoolean("keyturn.deep") ? 60 : 6);
    private static final int KILLS_A_LIFE = 6;
    private static final long SEED = Long.getLong("keyturn.seed", 20261122);
    /** More calls than a run makes that does not make a key; one that does makes some more. */
    private static final int CALLS = 20;
    /** Beyond the grace and the cool-down of the settings, which are both of 10. */
    private static final int DAYS = 11;

    private static final int STEPS = 20;

    private static final String LOOK = """
            import csv, json
            iam, s3 = boto3.client("iam"), boto3.client("s3")
            keys = sorted(iam.list_access_keys(UserName="ann")["AccessKeyMetadata"], key=lambda k: k["CreateDate"])
            files = {}
            for one in s3.list_objects_v2(Bucket="creds").get("Contents", []):
                text = s3.get_object(Bucket="creds", Key=one["Key"])["Body"].read().decode()
                if one["Key"].startswith("credential/ann/ann_"):
                    line = list(csv.DictReader(text.splitlines()))[0]
                    files[line["AccessKeyId"]] = line["SecretAccessKey"]
            from moto.iam.models import iam_backends
            held = {k.access_key_id: k.secret_access_key
                    for k in iam_backends["123456789012"]["aws"].get_user("ann").access_keys}
            print(json.dumps({
                "keys": [{"id": k["AccessKeyId"], "active": k["Status"] == "Active",
                          "delivered": files.get(k["AccessKeyId"]) == held[k["AccessKeyId"]]} for k in keys],
                "secrets": list(held.values()),
                "tags": {t["Key"]: t["Value"] for t in iam.list_user_tags(UserName="ann")["Tags"]}}))
            """;

    @TempDir
    private Path folder;

    private final Random random = new Random(SEED);
    private final Set<String> everThere = new TreeSet<>();
    private final Set<String> secrets = new TreeSet<>();
    private final StringBuilder course = new StringBuilder();

    /** Kills a process at one of its calls. */
    private static final class Killer implements Meddler.Rule {
        private int left;
        private boolean before;
        private @Nullable Process victim;

        /** @param call counted from 1; 0 for none */
        synchronized void aim(Process process, int call, boolean beforeIt) {
            victim = process;
            left = call;
            before = beforeIt;
        }

        @Override
        public synchronized Meddler.Deed of(Meddler.Call call) {
            if (victim == null || --left != 0) {
                return Meddler.Deed.PASS;
            }
            victim.destroyForcibly();
            return before ? Meddler.Deed.DENY : Meddler.Deed.ANSWER_LOST;
        }
    }

    @Test
    void a_rotation_ends_well_wherever_its_runs_are_killed() throws Exception {
        int kills = 0;
        for (int life = 1; kills < KILLS; life++) {
            kills += live(Files.createDirectory(folder.resolve("life-" + life)));
        }
        System.out.println("kill -9: " + kills + " of runs in rotator's place, from seed " + SEED);
    }

    /** One user's rotation to its end; how often a run was killed in it. */
    private int live(Path home) throws Exception {
        course.setLength(0);
        everThere.clear();
        int kills = 0;
        Killer killer = new Killer();
        try (RotatorWorld world = new RotatorWorld(home, owned("ann", key(61, 40)));
                Meddler meddler = new Meddler(world.moto, killer)) {
            Tool tool = world.tool().with("AWS_ENDPOINT_URL", meddler.url());
            String first = look(world).at("/keys/0/id").asString();
            for (int step = 0; !isOver(world, first); step++) {
                assertThat(step).as("still not over: %s", course).isLessThan(STEPS);
                boolean killed = true;
                while (killed && kills < KILLS_A_LIFE) {
                    killed = run(tool, killer, 1 + random.nextInt(CALLS), random.nextBoolean());
                    kills += killed ? 1 : 0;
                    holds(world, first);
                    // The next run is not at once; else it waits until AWS shows what was done.
                    pass(world, 0, 300);
                }
                if (killed) {
                    run(tool, killer, 0, false);
                    holds(world, first);
                }
                pass(world, DAYS, 0);
            }
            assertThat(world.mails())
                    .as(course.toString())
                    .contains("ann@example.com | ann: install its new key")
                    .anyMatch(mail -> mail.startsWith("ann@example.com | ann is switched off"));
        }
        confined(home);
        return kills;
    }

    /** A run that is killed at that call, or ends before; whether it was killed. */
    private boolean run(Tool tool, Killer killer, int call, boolean before) throws Exception {
        Started run = tool.start("run", "--preset", "rotator");
        killer.aim(run.process(), call, before);
        Ended ended = run.await();
        boolean killed = ended.exit() == 128 + 9;
        course.append(killed ? "killed at call " + call + (before ? ", before it\n" : "\n") : "ran\n");
        assertThat(killed || ended.exit() == 0).as("%s%s", course, ended).isTrue();
        return killed;
    }

    private JsonNode look(RotatorWorld world) throws Exception {
        JsonNode seen = JsonMapper.shared().readTree(world.moto.python(LOOK));
        seen.path("keys").forEach(key -> everThere.add(key.path("id").asString()));
        seen.path("secrets").forEach(secret -> secrets.add(secret.asString()));
        course.append(seen.path("keys")).append(' ').append(seen.path("tags")).append('\n');
        return seen;
    }

    /** What must be so after every run and every death. */
    private void holds(RotatorWorld world, String first) throws Exception {
        JsonNode seen = look(world);
        List<JsonNode> keys = seen.path("keys").valueStream().toList();
        assertThat(keys).as(course.toString()).hasSizeBetween(1, 2);
        assertThat(keys)
                .as("one that works and that its owner has: %s", course)
                .anyMatch(key -> key.path("active").asBoolean() && isHeld(key, first));
        boolean marked = seen.path("tags").has("keyturn-rotation");
        assertThat(keys)
                .as("what nobody has is known as such: %s", course)
                .allMatch(key -> isHeld(key, first) || marked);
        JsonNode old = seen.at("/tags/last-check-old-key");
        assertThat(old.isMissingNode() || everThere.contains(old.asString()))
                .as("the tag names a key: %s", course)
                .isTrue();
    }

    private static boolean isHeld(JsonNode key, String first) {
        return key.path("id").asString().equals(first) || key.path("delivered").asBoolean();
    }

    /** Whether another key is there alone, its owner has it, and no tag is left. */
    private boolean isOver(RotatorWorld world, String first) throws Exception {
        JsonNode seen = look(world);
        return seen.path("keys").size() == 1
                && !seen.at("/keys/0/id").asString().equals(first)
                && seen.at("/keys/0/delivered").asBoolean()
                && Set.copyOf(seen.path("tags").propertyNames()).equals(Set.of("email"));
    }

    /** Time passes: what the tags tell of was so much earlier. */
    private static void pass(RotatorWorld world, int days, int seconds) throws Exception {
        world.moto.python("""
                import datetime
                iam = boto3.client("iam")
                past = datetime.timedelta(days=%d, seconds=%d)
                for tag in iam.list_user_tags(UserName="ann")["Tags"]:
                    if tag["Key"] == "last-check-date":
                        value = str(datetime.date.fromisoformat(tag["Value"]) - past)
                    elif tag["Key"] == "keyturn-rotation":
                        words = tag["Value"].split(" ")
                        at = datetime.datetime.strptime(words[1], "%%Y-%%m-%%dT%%H:%%M:%%SZ") - past
                        value = " ".join([words[0], at.strftime("%%Y-%%m-%%dT%%H:%%M:%%SZ")] + words[2:])
                    else:
                        continue
                    iam.tag_user(UserName="ann", Tags=[{"Key": tag["Key"], "Value": value}])
                """.formatted(days, seconds));
    }

    /** No secret of a key is in anything that a run wrote where it runs. */
    private void confined(Path home) throws Exception {
        StringBuilder written = new StringBuilder();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                written.append(Files.readString(file));
            }
        }
        assertThat(secrets).isNotEmpty().noneMatch(secret -> written.indexOf(secret) >= 0);
    }
}
