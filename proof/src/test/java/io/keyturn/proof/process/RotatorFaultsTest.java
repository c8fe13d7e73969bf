package io.keyturn.proof.process;

import static io.keyturn.proof.process.RotatorWorld.ago;
import static io.keyturn.proof.process.RotatorWorld.key;
import static io.keyturn.proof.process.RotatorWorld.owned;
import static io.keyturn.proof.process.RotatorWorld.tags;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.proof.moto.AgedMoto.Person;
import io.keyturn.proof.process.Tool.Ended;
import io.keyturn.proof.process.Tool.Started;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same where something fails: what is left behind, and how it is healed. */
@Timeout(300)
class RotatorFaultsTest {
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

    /** Time passes: the mark of a user was set at that instant. */
    private static void passed(String user, Instant since, RotatorWorld world) throws Exception {
        world.moto.python("""
                iam = boto3.client("iam")
                for tag in iam.list_user_tags(UserName="%1$s")["Tags"]:
                    if tag["Key"] == "keyturn-rotation":
                        words = tag["Value"].split(" ")
                        iam.tag_user(UserName="%1$s", Tags=[{"Key": tag["Key"],
                                     "Value": " ".join([words[0], "%2$s"] + words[2:])}])
                """.formatted(user, since.truncatedTo(ChronoUnit.SECONDS)));
    }

    @Test
    void a_key_whose_file_could_not_be_written_is_switched_off_and_removed_later() throws Exception {
        RotatorWorld world = world(owned("ann", key(70)), owned("bob", key(70)));
        try (Meddler meddler = new Meddler(
                world.moto,
                call -> call.writes("/credential/ann/ann_") || call.writes("/credential/bob/keyturn-proof")
                        ? Meddler.Deed.DENY
                        : Meddler.Deed.PASS)) {
            Ended ended = world.run(meddler);
            assertThat(ended.exit()).isEqualTo(3);
            assertThat(ended.said())
                    .contains("could not deliver the new secret of ann in account 123456789012: to write to the"
                            + " bucket creds, AWS answered AccessDenied")
                    .contains("could not prove the delivery of bob");
        }
        assertThat(world.user("ann")).startsWith("Active, Inactive {'keyturn-rotation': 'off ");
        assertThat(world.user("bob"))
                .as("where the way is not open no key is made")
                .isEqualTo("Active");
        assertThat(world.objects()).isEmpty();

        passed("ann", ago(12), world);
        world.run();
        assertThat(world.user("ann")).isEqualTo("Active");
        world.run();
        assertThat(world.user("ann")).isEqualTo("Active, Active " + tags(0));
    }

    @Test
    void where_the_bucket_is_not_there_no_key_is_made_and_who_is_only_warned_is_told() throws Exception {
        RotatorWorld world = world(owned("ann", key(70)), owned("bob", key(31)));

        Ended ended = world.tool().with("S3_CSV_BUCKET", "not-there").run("run", "--preset", "rotator");

        assertThat(ended.exit()).isEqualTo(3);
        assertThat(ended.said())
                .contains("could not prove the delivery of ann", "the bucket not-there", "NoSuchBucket")
                .doesNotContain("\tat ");
        assertThat(world.user("ann")).isEqualTo("Active");
        assertThat(world.mails())
                .as("who waits for a new key is promised no day")
                .contains("ann@example.com | ann is due for a new key")
                .anyMatch(mail -> mail.startsWith("bob@example.com | bob gets a new key on "));
    }

    @Test
    void a_run_killed_between_making_and_delivery_is_healed_by_the_next_one() throws Exception {
        RotatorWorld world = world(owned("ann", key(70)));
        CountDownLatch made = new CountDownLatch(1);
        AtomicReference<Process> running = new AtomicReference<>();
        CountDownLatch started = new CountDownLatch(1);
        try (Meddler meddler = new Meddler(world.moto, call -> {
            if (call.writes("/credential/ann/ann_")) {
                await(started);
                running.get().destroyForcibly();
                made.countDown();
                return Meddler.Deed.DENY;
            }
            return Meddler.Deed.PASS;
        })) {
            Started run = world.tool().with("AWS_ENDPOINT_URL", meddler.url()).start("run", "--preset", "rotator");
            running.set(run.process());
            started.countDown();
            run.await();
            assertThat(made.getCount()).isZero();
        }
        assertThat(world.user("ann")).startsWith("Active, Active {'keyturn-rotation': 'making ");

        // The next run is not at once; else it waits until AWS shows what was done.
        passed("ann", Instant.now().minusSeconds(300), world);
        world.run();
        assertThat(world.user("ann")).startsWith("Active, Inactive {'keyturn-rotation': 'off ");
        assertThat(world.objects()).isEmpty();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void who_could_not_be_told_is_told_by_the_next_run() throws Exception {
        RotatorWorld world = world(owned("ann", key(70)), owned("bob", key(71, 20), key(11)));
        world.tag("bob", 11);
        try (Meddler meddler = new Meddler(
                world.moto, call -> call.path().contains("outbound-emails") ? Meddler.Deed.DENY : Meddler.Deed.PASS)) {
            Ended ended = world.run(meddler);
            assertThat(ended.exit()).isEqualTo(3);
        }
        assertThat(world.user("ann")).contains("'keyturn-rotation': 'untold ");
        assertThat(world.user("bob")).startsWith("Inactive, Active").contains("'keyturn-rotation': 'untold ");
        assertThat(world.mails()).isEmpty();

        assertThat(world.run().exit()).isZero();
        assertThat(world.user("ann")).isEqualTo("Active, Active " + tags(0));
        assertThat(world.user("bob")).isEqualTo("Inactive, Active " + tags(0));
        assertThat(world.mails()).hasSize(2);
        world.run();
        assertThat(world.mails()).as("and then no more").hasSize(2);
    }

    @Test
    void one_users_errors_hold_no_other_up_and_what_is_not_known_never_acts() throws Exception {
        Map<String, String> full = new HashMap<>(Map.of("email", "full@example.com"));
        IntStream.range(0, 47).forEach(i -> full.put("more" + i, "x"));
        RotatorWorld world = world(
                owned("anon", key(71), key(11)),
                owned("broken", key(70)),
                Person.tagged("full", full, key(70)),
                owned("unseen", key(71), key(11)),
                owned("zoe", key(70)));
        world.tag("anon", 11);
        world.tag("unseen", 11);
        String unseen = world.moto.python("""
                print(",".join(k["AccessKeyId"] for k in
                               boto3.client("iam").list_access_keys(UserName="unseen")["AccessKeyMetadata"]))
                """).strip();
        List<String> ids = Arrays.asList(unseen.split(","));
        try (Meddler meddler = new Meddler(world.moto, call -> {
            boolean lastUse = call.body().contains("Action=GetAccessKeyLastUsed")
                    && ids.stream().anyMatch(call.body()::contains);
            boolean denied = call.is("ListUserTags", "anon") || call.is("CreateAccessKey", "broken") || lastUse;
            return denied ? Meddler.Deed.DENY : Meddler.Deed.PASS;
        })) {
            Ended ended = world.run(meddler);
            assertThat(ended.exit()).isEqualTo(3);
            assertThat(ended.said())
                    .contains("could not note the rotation in tags of the user of full: it has 48 tags, a rotation"
                            + " takes 3 more, and IAM allows 50; take some of its tags away")
                    .contains("anon");
        }
        assertThat(world.user("anon")).isEqualTo("Active, Active " + tags(11));
        assertThat(world.user("unseen")).isEqualTo("Active, Active " + tags(11));
        assertThat(world.user("broken")).isEqualTo("Active");
        assertThat(world.user("full")).isEqualTo("Active");
        assertThat(world.user("zoe")).isEqualTo("Active, Active " + tags(0));
    }
}
