package io.keyturn.adapters.aws.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.policy.Delivery;
import io.keyturn.engine.port.ParcelText;
import io.keyturn.engine.port.SecretSink;
import io.keyturn.engine.port.SecretSink.Parcel;
import io.keyturn.sandbox.fault.Fate;
import io.keyturn.sandbox.fault.Faults;
import io.keyturn.sandbox.fault.Operation;
import io.keyturn.sandbox.world.SimBucket;
import io.keyturn.sandbox.world.SimParameter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Parameters and objects are delivered to the simulated AWS, by a role whose sessions may do this alone. */
class SandboxSinksTest {
    private static final String KEY = "arn:aws:kms:eu-central-1:" + Scene.ACCOUNT + ":key/fern";
    private static final Delivery.Place PLACE = new Delivery.Place("keyturn/${account}/${user}", KEY, null);
    private static final Parcel NEW = Scene.parcel("NEW", "wJalrXUtnFEMI");

    private static final String ARN =
            "arn:aws:ssm:eu-central-1:" + Scene.ACCOUNT + ":parameter/keyturn/" + Scene.ACCOUNT + "/dora";

    private Scene scene;

    @BeforeEach
    void open() throws Exception {
        scene = new Scene();
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private SimBucket bucket() {
        return scene.world.buckets().add(new SimBucket("fern-keys", Scene.ACCOUNT, Scene.MADE, true));
    }

    private void roundTrip(SecretSink sink) throws InterruptedException {
        assertThat(Scene.why(sink.prove(Scene.dora()))).isEqualTo("confirmed");
        assertThat(Scene.why(sink.deliver(Scene.dora(), NEW))).isEqualTo("confirmed");
    }

    @Test
    void a_parameter_is_delivered_encrypted_and_cleared() throws Exception {
        SecretSink sink = scene.sinks.ssm(scene.accounts.door(Scene.account(Scene.ACCOUNT)), new Delivery.Ssm(PLACE));

        roundTrip(sink);

        SimParameter there = scene.world.parameters().versions(ARN).getLast();
        assertThat(there.value()).isEqualTo(ParcelText.of(NEW));
        assertThat(there.kmsKey()).isEqualTo(KEY);
        assertThat(there.toString()).doesNotContain("wJalrXUtnFEMI");
        assertThat(Scene.why(sink.clear(Scene.dora(), NEW.key()))).isEqualTo("confirmed");
        assertThat(scene.world.parameters().versions(ARN)).isEmpty();
    }

    @Test
    void a_parameter_is_looked_for_again_where_aws_shows_what_was_before() throws Exception {
        scene.close();
        FirstReadsStale late = new FirstReadsStale();
        scene = new Scene(Scene.CREATOR, late);
        SecretSink sink = scene.sinks.ssm(scene.accounts.door(Scene.account(Scene.ACCOUNT)), new Delivery.Ssm(PLACE));

        roundTrip(sink);
        assertThat(Scene.why(sink.clear(Scene.dora(), NEW.key()))).isEqualTo("confirmed");
        assertThat(scene.world.parameters().versions(ARN)).isEmpty();
        assertThat(late.reads)
                .as("two after each of four writes, and one before the last")
                .isEqualTo(9);
    }

    /** The first read after each write is told what was before. */
    private static final class FirstReadsStale implements Faults {
        private boolean written;
        private int reads;

        @Override
        public synchronized Fate before(Operation operation) {
            boolean read = operation.action().equals("GetParameter");
            boolean stale = written && read;
            reads += read ? 1 : 0;
            written = operation.action().equals("PutParameter")
                    || operation.action().equals("DeleteParameter");
            return stale ? Fate.of(Fate.Kind.STALE) : Fate.OK;
        }
    }

    @Test
    void an_object_is_delivered_encrypted_and_all_its_versions_are_cleared() throws Exception {
        SimBucket bucket = bucket();
        SecretSink sink =
                scene.sinks.s3(scene.accounts.door(Scene.account(Scene.ACCOUNT)), new Delivery.S3("fern-keys", PLACE));

        roundTrip(sink);

        assertThat(bucket.versions()).singleElement().satisfies(object -> {
            assertThat(object.content()).isEqualTo(ParcelText.of(NEW));
            assertThat(object.headers()).containsEntry("x-amz-server-side-encryption-aws-kms-key-id", KEY);
            assertThat(object.tags()).containsEntry("keyturn-expires", "2026-12-07");
            assertThat(object.toString()).doesNotContain("wJalrXUtnFEMI");
        });
        assertThat(Scene.why(sink.clear(Scene.dora(), NEW.key()))).isEqualTo("confirmed");
        assertThat(bucket.versions()).isEmpty();
    }

    @Test
    void a_file_of_csv_is_delivered_and_cleared() throws Exception {
        SimBucket bucket = bucket();
        SecretSink sink = scene.sinks.s3Csv(
                scene.accounts.door(Scene.account(Scene.ACCOUNT)), new Delivery.S3Csv("fern-keys", null));

        roundTrip(sink);

        assertThat(bucket.versions())
                .singleElement()
                .satisfies(object -> assertThat(object.content())
                        .contains("dora," + NEW.key().value() + ","));
        assertThat(Scene.why(sink.clear(Scene.dora(), NEW.key()))).isEqualTo("confirmed");
    }

    @Test
    void a_bucket_of_another_account_is_closed_until_its_policy_opens_it() throws Exception {
        SimBucket theirs = scene.world.buckets().add(new SimBucket("fern-keys", "111122223333", Scene.MADE, false));
        SecretSink sink =
                scene.sinks.s3(scene.accounts.door(Scene.account(Scene.ACCOUNT)), new Delivery.S3("fern-keys", PLACE));

        assertThat(Scene.why(sink.prove(Scene.dora())))
                .startsWith("refused: could not prove the delivery of dora in account 111122223334: to write to the"
                        + " bucket fern-keys, AWS answered AccessDenied");
        theirs.policy("{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"" + Scene.CREATOR
                + "\"},\"Action\":\"s3:*\",\"Resource\":\"*\"}}");
        assertThat(Scene.why(sink.prove(Scene.dora()))).isEqualTo("confirmed");
    }
}
