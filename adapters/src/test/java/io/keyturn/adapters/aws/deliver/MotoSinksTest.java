package io.keyturn.adapters.aws.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.adapters.aws.AwsAccounts;
import io.keyturn.adapters.aws.AwsSettings;
import io.keyturn.adapters.aws.DeliveryDoor;
import io.keyturn.adapters.aws.Moto;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.core.policy.Delivery;
import io.keyturn.engine.port.AccountSource;
import io.keyturn.engine.port.KeyIdMemory;
import io.keyturn.engine.port.Meter;
import io.keyturn.engine.port.ParcelText;
import io.keyturn.engine.port.ReadMode;
import io.keyturn.engine.port.SecretSink;
import io.keyturn.engine.port.SecretSink.Address;
import io.keyturn.engine.port.SecretSink.Answer;
import io.keyturn.engine.port.SecretSink.Parcel;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;

/** The sinks of AWS against moto's server, unmodified, read with other clients than wrote. */
class MotoSinksTest {
    private static final String SECRET = "canary/K7MDENG+bPxRfiCY";
    private static final Parcel NEW = Scene.parcel("NEW", SECRET);
    private static final String KEY = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    private static final Delivery.Place PLACE = new Delivery.Place(Delivery.Place.DEFAULT_NAME, KEY, null);
    private static final AwsCredentialsProvider OTHERS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIATESTTESTTESTTEST", "secret"));

    private static Moto moto;
    private static AwsAccounts accounts;
    private static AwsSinks sinks;

    @BeforeAll
    static void start() throws Exception {
        moto = Moto.start();
        accounts = new AwsAccounts(
                new AwsSettings(
                        List.of(new AccountSource.Ambient(null, false)),
                        ReadMode.LIVE,
                        Duration.ofSeconds(60),
                        true,
                        moto.environment(),
                        "test"),
                KeyIdMemory.NONE,
                new Meter(),
                InstantSource.system());
        accounts.each(entry -> {});
        sinks = new AwsSinks(moto.environment(), time -> {});
    }

    @AfterAll
    static void stop() throws Exception {
        sinks.close();
        accounts.close();
        moto.close();
    }

    private static Address user(String name) {
        return new Address(Scene.account("123456789012"), new UserName(name), new UserId("AIDA" + name), null);
    }

    private static DeliveryDoor door() throws Exception {
        return accounts.door(Scene.account("123456789012"));
    }

    @Test
    void a_secret_is_delivered_and_cleared() throws Exception {
        SecretSink sink = sinks.secretsManager(door(), Scene.to("arn:aws:iam::123456789012:role/web"), false);

        assertThat(Scene.why(sink.prove(user("ann")))).isEqualTo("confirmed");
        assertThat(Scene.why(sink.deliver(user("ann"), NEW))).isEqualTo("confirmed");
        try (SecretsManagerClient reader = SecretsManagerClient.builder()
                .region(Region.EU_WEST_1)
                .endpointOverride(URI.create(moto.url()))
                .credentialsProvider(OTHERS)
                .build()) {
            // Without a label moto gives the version that was first, where AWS gives the current one.
            assertThat(reader.getSecretValue(
                                    r -> r.secretId("keyturn/123456789012/ann").versionStage("AWSCURRENT"))
                            .secretString())
                    .isEqualTo(ParcelText.of(NEW));
            assertThat(Scene.why(sink.clear(user("ann"), NEW.key()))).isEqualTo("confirmed");
            assertThat(reader.describeSecret(r -> r.secretId("keyturn/123456789012/ann"))
                            .deletedDate())
                    .isNotNull();
        }
    }

    @Test
    void a_parameter_is_delivered_encrypted_and_cleared_with_its_key_alone() throws Exception {
        SecretSink sink = sinks.ssm(door(), new Delivery.Ssm(PLACE));

        assertThat(Scene.why(sink.prove(user("ann@example.com")))).isEqualTo("confirmed");
        assertThat(sink.deliver(user("ann@example.com"), NEW))
                .isInstanceOfSatisfying(Answer.Confirmed.class, confirmed -> {
                    assertThat(confirmed.place())
                            .isEqualTo("arn:aws:ssm:eu-west-1:123456789012:parameter/keyturn/123456789012/"
                                    + "ann.example.com/3-40");
                    assertThat(confirmed.readers())
                            .containsExactly("whoever in the account may read the parameter and decrypt with " + KEY
                                    + " may read it; Keyturn did not look who that is");
                });
        String name = "/keyturn/123456789012/ann.example.com/3-40";
        try (SsmClient reader = SsmClient.builder()
                .region(Region.EU_WEST_1)
                .endpointOverride(URI.create(moto.url()))
                .credentialsProvider(OTHERS)
                .build()) {
            assertThat(reader.getParameter(r -> r.name(name).withDecryption(true))
                            .parameter()
                            .value())
                    .isEqualTo(ParcelText.of(NEW));
            assertThatThrownBy(() -> reader.getParameter(r -> r.name(name + SsmSink.PROOF)))
                    .isInstanceOf(ParameterNotFoundException.class);
            sink.clear(user("ann@example.com"), Scene.key("OTHER"));
            assertThat(reader.getParameter(r -> r.name(name)).parameter().typeAsString())
                    .isEqualTo("SecureString");

            assertThat(Scene.why(sink.clear(user("ann@example.com"), NEW.key())))
                    .isEqualTo("confirmed");
            assertThatThrownBy(() -> reader.getParameter(r -> r.name(name)))
                    .isInstanceOf(ParameterNotFoundException.class);
            assertThat(Scene.why(sink.clear(user("ann@example.com"), NEW.key())))
                    .isEqualTo("confirmed");
        }
    }

    @Test
    void an_object_is_delivered_encrypted_with_its_end_and_every_version_is_cleared() throws Exception {
        SecretSink sink = sinks.s3(door(), new Delivery.S3("fernhill-keys", PLACE));
        try (S3Client reader = S3Client.builder()
                .region(Region.EU_WEST_1)
                .endpointOverride(URI.create(moto.url()))
                .credentialsProvider(OTHERS)
                .forcePathStyle(true)
                .build()) {
            assertThat(Scene.why(sink.prove(user("ann"))))
                    .startsWith("refused: could not prove the delivery of ann in account 123456789012: to write to the"
                            + " bucket fernhill-keys, AWS answered NoSuchBucket");
            reader.createBucket(
                    r -> r.bucket("fernhill-keys").createBucketConfiguration(c -> c.locationConstraint("eu-west-1")));
            reader.putBucketVersioning(r ->
                    r.bucket("fernhill-keys").versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED)));

            assertThat(Scene.why(sink.prove(user("ann")))).isEqualTo("confirmed");
            assertThat(Scene.why(sink.deliver(user("ann"), NEW))).isEqualTo("confirmed");
            assertThat(Scene.why(sink.deliver(user("ann"), NEW))).as("again").isEqualTo("confirmed");
            List<S3Object> objects =
                    reader.listObjectsV2(r -> r.bucket("fernhill-keys")).contents();
            assertThat(objects).hasSize(1);
            String key = objects.getFirst().key();
            assertThat(key).startsWith("keyturn/123456789012/ann/0000-").endsWith(".json");
            assertThat(reader.getObjectAsBytes(r -> r.bucket("fernhill-keys").key(key))
                            .asUtf8String())
                    .isEqualTo(ParcelText.of(NEW));
            assertThat(reader.headObject(r -> r.bucket("fernhill-keys").key(key))
                            .ssekmsKeyId())
                    .isEqualTo(KEY);
            assertThat(reader.getObjectTagging(r -> r.bucket("fernhill-keys").key(key))
                            .tagSet()
                            .toString())
                    .contains("keyturn-expires", "2026-12-07");

            assertThat(Scene.why(sink.clear(user("ann"), NEW.key()))).isEqualTo("confirmed");
            assertThat(reader.listObjectVersions(r -> r.bucket("fernhill-keys")).versions())
                    .isEmpty();
        }
    }
}
