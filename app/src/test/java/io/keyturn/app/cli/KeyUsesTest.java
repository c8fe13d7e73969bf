package io.keyturn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.keyturn.sandbox.fault.Fate;
import io.keyturn.sandbox.fault.Fault;
import io.keyturn.sandbox.http.DoorOptions;
import io.keyturn.sandbox.http.SandboxServer;
import io.keyturn.sandbox.world.Caller;
import io.keyturn.sandbox.world.SimKey;
import io.keyturn.sandbox.world.SimUser;
import io.keyturn.sandbox.world.TrailSource;
import io.keyturn.sandbox.world.Use;
import io.keyturn.sandbox.world.World;
import io.keyturn.sandbox.world.WorldSpec;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where keys are used from, from CloudTrail over HTTP to what is posted. */
@Timeout(120)
class KeyUsesTest {
    private static final String CONFIG = """
            policies:
              - {name: everybody, age: {warn: 10d, expire: 11d, on-warn: [remind], on-expire: [remind]}}
            owners: [{default: {email: security@example.com}}]
            stages: [{stage: notify}]
            channels: {webhook: {url: "${env:HOOK}"}}
            notices: {per: key, uses: cloudtrail, networks: [{cidr: 203.0.113.0/24, name: Acme Backup, is: vendor}]}
            read: live
            store: journal.db
            """;

    @TempDir
    private Path folder;

    private final Instant now = InstantSource.system().instant();
    private final World world = World.generate(new WorldSpec(3, 1, 4, 0, now));
    private final List<String> posted = new CopyOnWriteArrayList<>();

    /** A key that was used within ninety days, and the Region of that. */
    private record Used(SimUser user, SimKey key, String region) {}

    private Used used() {
        for (SimUser user : world.management().allUsers()) {
            for (SimKey key : user.keys()) {
                Use use = key.useShownAt(now);
                boolean old = key.created().isBefore(now.minus(Duration.ofDays(12)));
                if (old && key.active() && use != null && use.at().isAfter(now.minus(Duration.ofDays(60)))) {
                    return new Used(user, key, use.region());
                }
            }
        }
        throw new AssertionError("no such key in this world");
    }

    private void called(Used used, String agent, String address) {
        Caller caller = Objects.requireNonNull(world.caller(used.key().id(), null, now));
        world.trail()
                .record(
                        caller,
                        now.minus(Duration.ofDays(1)),
                        "ListBuckets",
                        Map.of(),
                        Map.of(),
                        null,
                        null,
                        new TrailSource(agent, address, used.region(), ""));
    }

    private String on(DoorOptions door, String config, String... words) throws Exception {
        HttpServer hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hook.createContext("/", exchange -> {
            try (exchange) {
                posted.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                exchange.sendResponseHeaders(204, -1);
            }
        });
        hook.start();
        Path file = Files.writeString(folder.resolve("keyturn.yaml"), config);
        try (SandboxServer server = SandboxServer.start(world, door, InstantSource.system())) {
            Line line = new Line(folder)
                    .on(server)
                    .with("KEYTURN_ALLOW_LOOPBACK", "1")
                    .with("HOOK", "http://127.0.0.1:" + hook.getAddress().getPort() + "/");
            String[] all = Arrays.copyOf(words, words.length + 2);
            all[words.length] = "--config";
            all[words.length + 1] = file.toString();
            line.run(all);
            return line.out() + line.err();
        } finally {
            hook.stop(0);
        }
    }

    @Test
    void letter_preview_and_story_say_where_the_key_is_used_from_and_which_way_needs_none() throws Exception {
        Used used = used();
        called(used, "aws-sdk-nodejs/2 configure-aws-credentials-for-github-actions", "20.1.2.3");
        called(used, "aws-cli/2.32.0 os/linux#6.8.0-azure md/command#s3.ls", "20.1.2.3");
        called(used, "Boto3/1.40", "203.0.113.7");

        String preview = on(
                DoorOptions.defaults(),
                CONFIG,
                "notify",
                "preview",
                "--user",
                used.key().id());
        String story = on(DoorOptions.defaults(), CONFIG, "explain", used.key().id());
        String ran = on(DoorOptions.defaults(), CONFIG, "run");

        String letter = posted.stream()
                .filter(body -> body.contains(used.key().id()))
                .findFirst()
                .orElse(ran + posted);
        String places =
                "GitHub Actions, with aws-cli and aws-sdk-nodejs, from 20.1.2.3; Acme Backup (a vendor), with boto3,"
                        + " from 203.0.113.7 (CloudTrail in " + used.region() + ", since ";
        String way = "let GitHub Actions sign in by OIDC and take a role; let Acme Backup take a role across accounts";
        assertThat(letter).contains(places, way).contains("\"uses\"", "\"kind\" : \"ci\"");
        assertThat(preview).contains(places, way);
        assertThat(story.replaceAll("\\s+", " "))
                .contains("used from ci GitHub Actions with aws-cli, aws-sdk-nodejs from 20.1.2.3, 2 times; vendor")
                .contains("from cloudtrail:LookupEvents")
                .doesNotContain("CloudTrail was not looked at");
    }

    @Test
    void where_cloudtrail_may_not_be_read_every_letter_goes_out_and_says_so() throws Exception {
        DoorOptions denied = DoorOptions.defaults().with(Fault.always("LookupEvents", Fate.Kind.ACCESS_DENIED));

        String ran = on(denied, CONFIG, "run");

        assertThat(posted).as(ran).isNotEmpty();
        assertThat(posted)
                .allSatisfy(body -> assertThat(body).doesNotContain("Used from", "\"places\"", "arn:aws:sts"))
                .anySatisfy(body -> assertThat(body)
                        .contains("where it is used from: CloudTrail may not be read in this account", "\"unknown\""));
    }

    @Test
    void where_cloudtrail_is_asked_by_too_many_letters_wait_for_one_answer_and_no_other() throws Exception {
        DoorOptions busy = DoorOptions.defaults().with(Fault.always("LookupEvents", Fate.Kind.THROTTLED));

        String ran = on(busy, CONFIG, "run");

        assertThat(posted).as(ran).hasSizeGreaterThan(1);
        assertThat(posted.stream()
                        .filter(body -> body.contains("where it is used from: CloudTrail gave no answer in time")))
                .as("a key after it says the same, and nobody waited for that")
                .hasSizeGreaterThan(1);
    }

    @Test
    void without_the_setting_nobody_is_asked_and_with_it_policy_and_doctor_know_the_permission() throws Exception {
        String off = CONFIG.replace("uses: cloudtrail, ", "").replaceAll("networks: \\[.*?\\]", "zone: UTC");
        DoorOptions denied = DoorOptions.defaults().with(Fault.always("LookupEvents", Fate.Kind.ACCESS_DENIED));

        assertThat(on(denied, off, "iam-policy")).doesNotContain("cloudtrail:");
        assertThat(on(denied, off, "doctor")).doesNotContain("cloudtrail:");
        on(denied, off, "run");
        assertThat(posted)
                .isNotEmpty()
                .allSatisfy(body -> assertThat(body)
                        .contains("where it is used from; a key used in several places")
                        .doesNotContain("\"uses\""));

        assertThat(on(denied, CONFIG, "iam-policy")).contains("cloudtrail:LookupEvents");
        assertThat(on(denied, CONFIG, "doctor")).contains("cloudtrail:LookupEvents");
    }
}
