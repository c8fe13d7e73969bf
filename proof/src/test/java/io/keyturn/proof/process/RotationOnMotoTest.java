package io.keyturn.proof.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.proof.moto.AgedMoto;
import io.keyturn.proof.moto.AgedMoto.Person;
import io.keyturn.proof.process.Tool.Ended;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A whole rotation by real processes on moto, which is as its authors wrote it: Debian's faketime moves both through the
 * days. What is looked at is what moto itself holds.
 */
@Timeout(300)
class RotationOnMotoTest {
    private static final String CONFIGURATION = """
            policies:
              - name: everybody
                age: {warn: 75d, expire: 90d, on-warn: [remind], on-expire: [remind, rotate]}
                rotate:
                  deliver: {to: secrets-manager, readers: ["arn:${partition}:iam::${account}:role/keyturn-read"]}
                  deactivate-after: 15d
                  delete-after: 3d
            first-notice: 2d
            owners:
              - default: {email: security@example.com}
            stages:
              - {stage: enforce}
            channels:
              email: {from: keyturn@example.com, region: eu-west-1, accept: handed-over}
            """;

    private static final String PREPARE = """
            boto3.client("ses", region_name="eu-west-1").verify_email_identity(EmailAddress="keyturn@example.com")
            """;

    /** moto leaves what is read without a label as it was when AWSCURRENT moves, where AWS reads that label. */
    private static final String LOOK = """
            import email, email.policy, json, os, urllib.request
            from moto.iam.models import iam_backends
            keys = sorted(iam_backends["123456789012"]["aws"].get_user("ann").access_keys, key=lambda k: k.create_date)
            vault = boto3.client("secretsmanager")
            try:
                text = vault.get_secret_value(SecretId="keyturn/123456789012/ann", VersionStage="AWSCURRENT")
                delivered = json.loads(text["SecretString"])
            except vault.exceptions.ClientError:
                delivered = {}
            data = json.load(urllib.request.urlopen(os.environ["AWS_ENDPOINT_URL"] + "/moto-api/data.json"))
            letters = [email.message_from_string(raw["raw_data"], policy=email.policy.default)
                       for raw in data["ses"]["RawMessage"]]
            print(json.dumps({
                "keys": [{"id": k.access_key_id, "status": k.status, "secret": k.secret_access_key} for k in keys],
                "delivered": delivered,
                "subjects": [letter["Subject"] for letter in letters],
                "letters": [part.get_content() for letter in letters for part in letter.walk()
                            if part.get_content_maintype() == "text"],
            }))
            """;

    @TempDir
    private Path folder;

    /** Noon, so that no midnight falls between what is asked for and what is done. */
    private final Instant begin =
            OffsetDateTime.now(ZoneOffset.UTC).plusDays(1).with(LocalTime.NOON).toInstant();

    private final TreeSet<String> everThere = new TreeSet<>();
    private final TreeSet<String> secrets = new TreeSet<>();
    private Path clock;
    private AgedMoto moto;
    private Tool tool;
    private int told;

    private void day(int day) throws Exception {
        Duration ahead = Duration.between(InstantSource.system().instant(), begin.plus(Duration.ofDays(day)));
        Files.writeString(clock, "+" + ahead.toSeconds() + "s\n");
    }

    private void use(String key, String secret) throws Exception {
        moto.python("""
                boto3.client("s3", aws_access_key_id="%s", aws_secret_access_key="%s").list_buckets()
                """.formatted(key, secret));
    }

    private JsonNode look() throws Exception {
        JsonNode seen = JsonMapper.shared().readTree(moto.python(LOOK));
        seen.path("keys").forEach(key -> {
            everThere.add(key.path("id").asString());
            secrets.add(key.path("secret").asString());
        });
        return seen;
    }

    /** A run on that day: how the keys then stand, oldest first, and what the owner hears of it. */
    private JsonNode run(int day, String keys, String... heard) throws Exception {
        day(day);
        Ended ended = tool.run("run");
        assertThat(ended.exit()).as("day %s: %s", day, ended).isZero();
        JsonNode seen = look();
        List<String> statuses = seen.path("keys")
                .valueStream()
                .map(key -> key.path("status").asString())
                .toList();
        assertThat(String.join(", ", statuses)).as("day %s: %s", day, ended).isEqualTo(keys);
        List<String> subjects = seen.path("subjects")
                .valueStream()
                .map(subject -> subject.asString().replaceFirst(" · \\w{4} · 123456789012", ""))
                .toList();
        assertThat(subjects.subList(told, subjects.size()))
                .as("day %s: %s", day, ended)
                .containsExactly(heard);
        told = subjects.size();
        return seen;
    }

    private String near(int day) {
        return RotatorWorld.near(begin.atOffset(ZoneOffset.UTC).toLocalDate().plusDays(day));
    }

    @Test
    void a_rotation_goes_through_its_days_on_an_aws_that_nobody_here_wrote() throws Exception {
        clock = folder.resolve("clock");
        day(0);
        Files.writeString(folder.resolve("keyturn.yaml"), CONFIGURATION);
        Map<String, String> moved = FakeTime.movedBy(clock);
        Person ann = Person.of("ann", AgedMoto.used(before(100), true, before(1)));
        try (AgedMoto started = AgedMoto.apart(moved, ann)) {
            moto = started;
            tool = new Tool(folder);
            moto.environment().forEach(tool::with);
            moved.forEach(tool::with);
            moto.python(PREPARE);
            goThrough();
        }
    }

    private Instant before(int days) {
        return begin.minus(Duration.ofDays(days));
    }

    private void goThrough() throws Exception {
        JsonNode first = run(0, "Active", "ann gets a new key on " + near(2));
        assertThat(first.path("delivered").isEmpty()).isTrue();
        String old = first.at("/keys/0/id").asString();
        use(old, first.at("/keys/0/secret").asString());

        JsonNode delivered = run(3, "Active, Active", "ann: install its new key");
        String successor = delivered.at("/keys/1/id").asString();
        String secret = delivered.at("/keys/1/secret").asString();
        assertThat(delivered.at("/delivered/accessKeyId").asString()).isEqualTo(successor);
        assertThat(delivered.at("/delivered/secretAccessKey").asString()).isEqualTo(secret);

        day(4);
        use(successor, secret);
        JsonNode installed = run(4, "Active, Active", "ann is switched off on " + near(19) + "; its new key is in use");
        assertThat(installed.path("delivered")).isEqualTo(delivered.path("delivered"));

        JsonNode ended = run(20, "Inactive, Active");
        assertThat(ended.at("/keys/1/id").asString()).isEqualTo(successor);
        assertThat(ended.path("delivered").path("secretAccessKey").isMissingNode())
                .as("taken away, since it is installed: %s", ended.path("delivered"))
                .isTrue();
        run(21, "Inactive, Active", "ann is switched off, and deleted on " + near(23));
        JsonNode last = run(24, "Active");
        assertThat(last.at("/keys/0/id").asString()).isEqualTo(successor);
        assertThat(last.at("/keys/0/secret").asString()).isEqualTo(secret);
        run(25, "Active");

        assertThat(everThere).as("all keys there ever were").containsExactlyInAnyOrder(old, successor);
        Ended verified = tool.run("history", "verify");
        assertThat(verified.exit()).as("%s", verified).isZero();
        assertConfined(last);
    }

    /** No secret of a key is in any file that the runs wrote, nor in a letter. */
    private void assertConfined(JsonNode seen) throws Exception {
        StringBuilder written = new StringBuilder();
        seen.path("letters").forEach(letter -> written.append(letter.asString()));
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                written.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        assertThat(written.toString()).contains(everThere).doesNotContain(secrets);
    }
}
