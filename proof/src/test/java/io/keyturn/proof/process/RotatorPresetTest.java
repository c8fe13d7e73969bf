package io.keyturn.proof.process;

import static io.keyturn.proof.process.RotatorWorld.TODAY;
import static io.keyturn.proof.process.RotatorWorld.key;
import static io.keyturn.proof.process.RotatorWorld.near;
import static io.keyturn.proof.process.RotatorWorld.off;
import static io.keyturn.proof.process.RotatorWorld.owned;
import static io.keyturn.proof.process.RotatorWorld.tags;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.app.cli.Embedded;
import io.keyturn.proof.moto.AgedMoto.Person;
import io.keyturn.proof.process.Tool.Ended;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Keyturn in the place of check-and-rotate-iam-access-keys-age, in its users' environment, as a whole process or within this one, on moto. */
@Timeout(300)
class RotatorPresetTest {
    /** What the tool does for users who are in rotation, by its two tags alone. */
    private static final String TOOL = """
            import datetime
            iam = boto3.client("iam")
            today = datetime.datetime.now(datetime.timezone.utc).date()
            for name in [user["UserName"] for user in iam.list_users()["Users"]]:
                tags = {tag["Key"]: tag["Value"] for tag in iam.get_user(UserName=name)["User"]["Tags"]}
                keys = [key["Status"] for key in iam.list_access_keys(UserName=name)["AccessKeyMetadata"]]
                since = datetime.datetime.strptime(tags["last-check-date"], "%Y-%m-%d").date()
                if (today - since).days > 10 and len(keys) == 2:
                    old = {"UserName": name, "AccessKeyId": tags["last-check-old-key"]}
                    if "Inactive" in keys:
                        iam.delete_access_key(**old)
                        iam.untag_user(UserName=name, TagKeys=["last-check-date", "last-check-old-key"])
                    else:
                        iam.update_access_key(**old, Status="Inactive")
                        iam.tag_user(UserName=name, Tags=[{"Key": "last-check-date", "Value": str(today)}])
            """;

    @TempDir
    private Path folder;

    private @Nullable RotatorWorld opened;

    private RotatorWorld world(Person... people) throws Exception {
        RotatorWorld made = new RotatorWorld(folder, people);
        opened = made;
        return made;
    }

    @AfterEach
    void stop() throws Exception {
        if (opened != null) {
            opened.close();
        }
    }

    @Test
    void what_is_due_of_users_who_are_not_in_rotation_is_by_the_tools_own_table() throws Exception {
        RotatorWorld world = world(
                owned("young", key(30)),
                owned("warned", key(31)),
                owned("near", key(60)),
                owned("two", key(40), key(70)),
                owned("half", off(20), key(80)),
                owned("off", off(200)),
                Person.of("nobody", key(90)),
                owned("none"));

        Ended ended = world.tool().apart().with("HOME", "/proc/nowhere").run("run", "--preset", "rotator");

        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(world.mails())
                .containsExactly(
                        "half@example.com | half cannot be replaced: choose which of two keys goes",
                        "near@example.com | near gets a new key on " + near(TODAY.plusDays(1)),
                        "two@example.com | two cannot be replaced: choose which of two keys goes",
                        "two@example.com | two cannot be replaced: choose which of two keys goes",
                        "warned@example.com | warned gets a new key on " + near(TODAY.plusDays(30)));
        assertThat(ended.out()).contains("nobody: unowned, for its tag email holds no mail address");
        assertThat(world.objects()).isEmpty();
        assertThat(world.run().exit()).as("and on every run while it is due").isZero();
        assertThat(world.mails()).hasSize(10);
    }

    @Test
    void a_whole_rotation_goes_by_the_tags_and_leaves_them_as_the_tool_does_and_calls_what_its_policy_allows()
            throws Exception {
        RotatorWorld world = world(owned("ann", key(61, 40)));
        Set<String> called = new ConcurrentSkipListSet<>();
        // Asked where it may be; where not, the way back is tried on a key that is none.
        String simulated = "iam:SimulatePrincipalPolicy";
        try (Meddler watcher = new Meddler(world.moto, call -> {
            called.add(action(call));
            return Meddler.Deed.PASS;
        })) {
            assertThat(world.run(watcher).exit()).isZero();
            assertThat(world.user("ann")).isEqualTo("Active, Active " + tags(0));
            assertThat(world.objects()).containsExactly("credential/ann/ann_KEY.csv");
            assertThat(world.mails()).containsExactly("ann@example.com | ann: install its new key");

            world.pass("ann", 10);
            assertThat(world.run().out()).isEmpty();
            world.pass("ann", 1);
            world.run(watcher);
            assertThat(world.user("ann")).isEqualTo("Inactive, Active " + tags(0));

            world.pass("ann", 10);
            assertThat(world.run().out()).isEmpty();
            world.pass("ann", 1);
            world.run(watcher);
            assertThat(world.user("ann")).isEqualTo("Active");
        }
        assertThat(world.mails())
                .containsExactly(
                        "ann@example.com | ann is deleted",
                        "ann@example.com | ann is switched off, and deleted on " + near(TODAY.plusDays(11)),
                        "ann@example.com | ann: install its new key");
        assertThat(called).contains("iam:TagUser", "iam:UntagUser", "iam:CreateAccessKey", "iam:DeleteAccessKey");
        called.remove(simulated);
        assertThat(allowed()).containsAll(called);
        assertThat(allowed().stream().filter(action -> action.startsWith("iam:")))
                .isSubsetOf(called);
    }

    /** What a call must be allowed; who one is may be asked by anybody. */
    private static String action(Meddler.Call call) {
        if (call.body().contains("Action=")) {
            String action = call.body().replaceFirst("(?s).*Action=(\\w+).*", "$1");
            return action.equals("GetCallerIdentity") ? "iam:GetUser" : "iam:" + action;
        }
        if (call.path().contains("/v2/email/")) {
            return "ses:SendEmail";
        }
        return switch (call.method()) {
            case "PUT" -> "s3:PutObject";
            case "DELETE" -> "s3:DeleteObject";
            default -> call.path().contains("versions") ? "s3:ListBucketVersions" : "s3:GetObject";
        };
    }

    private static Set<String> allowed() {
        StringWriter out = new StringWriter();
        new Embedded(RotatorWorld.SETTINGS, InstantSource.system())
                .run(List.of("iam-policy", "--preset", "rotator"), new PrintWriter(out), new PrintWriter(out));
        Set<String> actions = new TreeSet<>();
        String json = out.toString().substring(out.toString().indexOf('{'));
        JsonMapper.shared()
                .readTree(json)
                .get("Statement")
                .forEach(one -> one.get("Action").forEach(action -> actions.add(action.asString())));
        return actions;
    }

    @Test
    void the_owner_is_told_how_to_fetch_the_file_and_never_what_is_in_it() throws Exception {
        RotatorWorld world = world(owned("ann", key(61)));
        Ended ended = world.run();

        String all = world.moto.python("""
                import email, email.policy, json, os, urllib.request
                s3, iam = boto3.client("s3"), boto3.client("iam")
                name = s3.list_objects_v2(Bucket="creds")["Contents"][0]["Key"]
                text = s3.get_object(Bucket="creds", Key=name)["Body"].read().decode()
                head, line = text.split("\\n")
                user, key, secret = line.split(",")
                data = json.load(urllib.request.urlopen(os.environ["AWS_ENDPOINT_URL"] + "/moto-api/data.json"))
                letter = email.message_from_string(data["ses"]["RawMessage"][0]["raw_data"], policy=email.policy.default)
                plain = letter.get_body(("plain",)).get_content()
                keys = [k["AccessKeyId"] for k in iam.list_access_keys(UserName="ann")["AccessKeyMetadata"]]
                sts = boto3.client("sts", aws_access_key_id=key, aws_secret_access_key=secret)
                print(head, user, name == f"credential/ann/ann_{key}.csv", key in keys, len(secret))
                print("aws s3 cp s3://creds/" + name in plain.replace("\\n", " "))
                print("https://s3.console.aws.amazon.com/s3/object/creds?prefix=credential%2Fann%2Fann_" + key in plain)
                print(secret in str(data["ses"]), secret)
                print("snooze" in plain)
                """);
        List<String> lines = all.lines().toList();
        assertThat(lines.get(0)).isEqualTo("UserName,AccessKeyId,SecretAccessKey ann True True 40");
        assertThat(lines.get(1)).isEqualTo("True");
        assertThat(lines.get(2)).isEqualTo("True");
        String secret = lines.get(3).substring("False ".length());
        assertThat(lines.get(3)).startsWith("False ");
        assertThat(ended.out() + ended.err()).doesNotContain(secret);
        assertThat(lines.get(4))
                .as("nothing remembers that more time was given")
                .isEqualTo("False");
    }

    @Test
    void what_the_tool_left_behind_is_taken_up_where_it_stands() throws Exception {
        RotatorWorld world = world(
                owned("grace", key(70, 20), key(10)),
                owned("ended", key(71, 20), key(11)),
                owned("cooling", off(90), key(21, 1)),
                owned("cooled", off(90), key(21, 1)),
                owned("lone", key(20)),
                owned("swapped", key(70), key(11)),
                owned("undone", key(90), off(21)),
                Person.of("nobody", key(71), key(11)));
        world.tag("grace", 10);
        world.tag("ended", 11);
        world.tag("cooling", 10);
        world.tag("cooled", 11);
        world.tag("lone", 11);
        world.tag("undone", 11);
        world.tag("nobody", 11);
        world.moto.python("""
                boto3.client("iam").tag_user(UserName="swapped", Tags=[
                    {"Key": "last-check-date", "Value": "%s"}, {"Key": "last-check-old-key", "Value": "AKIAGONEGONEGONEGONE"}])
                """.formatted(TODAY.minusDays(11)));

        Ended looked = world.tool().run("run", "--preset", "rotator", "--dry-run");
        assertThat(looked.exit()).isZero();
        assertThat(looked.out()).contains("would get: deactivate", "would get: delete");
        assertThat(world.user("lone")).as("a dry run tidies nothing").isEqualTo("Active " + tags(11));

        Ended ended = world.run();

        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(world.user("grace")).isEqualTo("Active, Active " + tags(10));
        assertThat(world.user("ended")).isEqualTo("Inactive, Active " + tags(0));
        assertThat(world.user("cooling")).isEqualTo("Inactive, Active " + tags(10));
        assertThat(world.user("cooled")).isEqualTo("Active");
        assertThat(world.user("lone")).isEqualTo("Active");
        assertThat(world.user("swapped")).isEqualTo("Active, Active");
        assertThat(world.user("undone")).isEqualTo("Active, Inactive");
        assertThat(world.user("nobody")).isEqualTo("Active, Active " + tags(11));
        assertThat(world.mails()).hasSize(2);
        assertThat(ended.err())
                .contains("the tags of a rotation of swapped that was ended by hand are taken away: the old key is not"
                        + " among the user's any more");
    }

    @Test
    void the_tool_and_keyturn_take_turns_at_one_rotation() throws Exception {
        RotatorWorld world = world(owned("ann", key(61, 40)), owned("bob", key(71, 20), key(11)));
        world.tag("bob", 11);

        assertThat(world.run().exit()).isZero();
        assertThat(world.user("ann")).isEqualTo("Active, Active " + tags(0));
        assertThat(world.user("bob")).isEqualTo("Inactive, Active " + tags(0));

        world.pass("ann", 11);
        world.pass("bob", 11);
        world.moto.python(TOOL);
        assertThat(world.user("ann")).as("whose old key it switches off").isEqualTo("Inactive, Active " + tags(0));
        assertThat(world.user("bob")).as("whose old key it deletes").isEqualTo("Active");

        world.pass("ann", 11);
        assertThat(world.run().exit()).isZero();
        assertThat(world.user("ann")).isEqualTo("Active");
        assertThat(world.user("bob")).isEqualTo("Active");
    }

    @Test
    void an_old_key_in_use_is_kept_where_the_new_one_never_was_used() throws Exception {
        RotatorWorld world = world(owned("kept", key(71, 1), key(11)), owned("moved", key(71, 1), key(11, 3)));
        world.tag("kept", 11);
        world.tag("moved", 11);

        world.run();

        assertThat(world.user("kept")).isEqualTo("Active, Active " + tags(11));
        assertThat(world.user("moved")).isEqualTo("Inactive, Active " + tags(0));
        assertThat(world.mails())
                .containsExactly(
                        "kept@example.com | kept: install its new key",
                        "moved@example.com | moved is switched off, and deleted on " + near(TODAY.plusDays(11)));
    }

    @Test
    void every_page_of_users_is_read_and_every_owner_told() throws Exception {
        RotatorWorld world = world(IntStream.range(0, 120)
                .mapToObj(i -> owned(String.format("u%03d", i), key(31)))
                .toArray(Person[]::new));

        assertThat(world.run().exit()).isZero();

        assertThat(world.mails()).hasSize(120).doesNotHaveDuplicates();
    }

    @Test
    void the_stop_in_the_environment_stops_everything() throws Exception {
        RotatorWorld world = world(owned("ann", key(70)), owned("lone", key(20)));
        world.tag("lone", 11);

        Ended ended = world.tool().with("KEYTURN_STOP", "1").run("run", "--preset", "rotator");

        assertThat(ended.exit()).isEqualTo(3);
        assertThat(ended.said()).isEqualTo("keyturn: everything is stopped: KEYTURN_STOP is set; unset it to go on\n");
        assertThat(world.user("ann")).isEqualTo("Active");
        assertThat(world.user("lone")).isEqualTo("Active " + tags(11));
        assertThat(world.mails()).isEmpty();
    }

    @Test
    void no_file_is_written() throws Exception {
        RotatorWorld world = world(owned("ann", key(70)));
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        world.tool().with("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary).run("run", "--preset", "rotator");
        assertThat(world.user("ann")).isEqualTo("Active, Active " + tags(0));
        assertThat(temporary).as("no secret on its way to the bucket").isEmptyDirectory();
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString()))
                    .allMatch(name -> name.matches("(out|err|people|moto).*"));
        }
    }

    @Test
    void the_imported_configuration_makes_delivers_and_tells_the_same() throws Exception {
        RotatorWorld world = world(owned("ann", key(70)), owned("two", key(40), key(70)));
        Ended imported = world.tool().run("config", "import", "--preset", "rotator");
        assertThat(imported.exit()).as(imported.err()).isZero();
        Path file = Files.writeString(folder.resolve("keyturn.yaml"), imported.out());

        Ended ended = world.tool().run("run", "--config", file.toString());

        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(world.user("ann")).isEqualTo("Active, Active");
        assertThat(world.objects()).containsExactly("credential/ann/ann_KEY.csv");
        assertThat(world.mails())
                .containsExactly(
                        "ann@example.com | ann: install its new key",
                        "two@example.com | two cannot be replaced: choose which of two keys goes",
                        "two@example.com | two cannot be replaced: choose which of two keys goes");
    }
}
