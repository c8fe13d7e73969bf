package io.keyturn.adapters.aws.deliver;

import io.keyturn.adapters.aws.DeliveryDoor;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.policy.Delivery;
import io.keyturn.engine.port.ParcelText;
import io.keyturn.engine.port.SecretSink;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * S3: an object for each new key below a prefix of its user, encrypted with the customer's KMS key. Its tag says when it
 * expires, so that a lifecycle rule of the bucket can remove it even where Keyturn no longer runs. Source: S3 API
 * reference, version 2006-03-01.
 */
final class S3Sink implements SecretSink {
    private static final String CANARY = "{\"note\":\"a proof that this can be written and read\"}";
    private static final String LETTERS = "_.-@=+,";
    private static final Pattern NAME = Pattern.compile("[\\w/.@=+,-]{1,900}");
    private static final int LOOKS = 6;

    private final DeliveryDoor door;
    private final S3Client client;
    private final Delivery.S3 delivery;
    private final Waiting waiting;

    S3Sink(DeliveryDoor door, S3Client client, Delivery.S3 delivery, Waiting waiting) {
        this.door = door;
        this.client = client;
        this.delivery = delivery;
        this.waiting = waiting;
    }

    /** What an act does below the user's prefix. */
    private interface Deed {
        Answer on(Steps steps, String prefix) throws NotDelivered, InterruptedException;
    }

    private Answer act(Address address, String tried, List<String> unsaid, Deed deed) throws InterruptedException {
        return Steps.act(door, address, tried, unsaid, words -> {
            String prefix =
                    new Expansion(address, false, words).name(delivery.place().name(), LETTERS, NAME);
            DeliveryNeeds may = DeliveryNeeds.ofS3(
                    delivery.bucket(), prefix, delivery.place().kmsKey());
            return deed.on(new Steps(door.session(may.policy(door.account())), words), prefix);
        });
    }

    @Override
    public Answer prove(Address address) throws InterruptedException {
        return act(address, "prove the delivery", List.of(), (steps, prefix) -> {
            String object = prefix + "/keyturn-proof.json";
            put(steps, object, CANARY, "proof");
            readBack(steps, object, CANARY);
            delete(steps, object);
            return confirmed(prefix);
        });
    }

    @Override
    public Answer deliver(Address address, Parcel parcel) throws InterruptedException {
        return act(address, "deliver the new secret", ParcelText.unsaid(parcel), (steps, prefix) -> {
            String object = object(prefix, parcel.key());
            String value = ParcelText.of(parcel);
            put(
                    steps,
                    object,
                    value,
                    LocalDate.ofInstant(parcel.expires(), ZoneOffset.UTC).toString());
            steps.handedOver();
            readBack(steps, object, value);
            return confirmed(object);
        });
    }

    @Override
    public Answer clear(Address address, KeyId key) throws InterruptedException {
        return act(address, "take away the delivered secret", List.of(), (steps, prefix) -> {
            String object = object(prefix, key);
            delete(steps, object);
            return new Answer.Confirmed(Evidence.READ_BACK, arn(object), List.of());
        });
    }

    /** A name that tells the key by its last four characters and is no other key's. */
    private static String object(String prefix, KeyId key) {
        return prefix + "/" + key.lastFour() + "-" + ParcelText.digest(key).substring(0, 12) + ".json";
    }

    private void put(Steps steps, String object, String value, String expires)
            throws NotDelivered, InterruptedException {
        steps.write(
                "write the object",
                as -> client.putObject(
                        r -> r.bucket(delivery.bucket())
                                .key(object)
                                .serverSideEncryption(ServerSideEncryption.AWS_KMS)
                                .ssekmsKeyId(delivery.place().kmsKey())
                                .contentType("application/json")
                                .tagging("keyturn-expires=" + expires)
                                .overrideConfiguration(as),
                        RequestBody.fromString(value)));
    }

    private void readBack(Steps steps, String object, String value) throws NotDelivered, InterruptedException {
        for (int look = 0; look < LOOKS; look++) {
            Optional<ResponseBytes<GetObjectResponse>> there = steps.read(
                    "read the object",
                    as -> client.getObjectAsBytes(
                            r -> r.bucket(delivery.bucket()).key(object).overrideConfiguration(as)));
            if (there.isPresent()) {
                if (!there.get().asString(StandardCharsets.UTF_8).equals(value)) {
                    throw NotDelivered.refused(steps.words()
                            .problem(
                                    "what is read back is not what was written",
                                    "see who else writes to " + arn(object) + " or answers for its endpoint"));
                }
                if (!Objects.equals(
                        there.get().response().ssekmsKeyId(), delivery.place().kmsKey())) {
                    throw NotDelivered.refused(steps.words()
                            .problem(
                                    "the object " + arn(object) + " is not encrypted with "
                                            + delivery.place().kmsKey(),
                                    "see what the bucket encrypts with"));
                }
                return;
            }
            waiting.pause(Duration.ofMillis(250L << look));
        }
        throw steps.disagrees("what was written cannot be read back");
    }

    /** Deletes every version: where a bucket keeps versions, to delete an object hides it and no more. */
    private void delete(Steps steps, String object) throws NotDelivered, InterruptedException {
        for (String version : versions(steps, object)) {
            steps.write(
                    "delete the object",
                    as -> client.deleteObject(r -> r.bucket(delivery.bucket())
                            .key(object)
                            .versionId(version)
                            .overrideConfiguration(as)));
        }
        if (!versions(steps, object).isEmpty()) {
            throw steps.disagrees("the object " + arn(object) + " is still there");
        }
    }

    private List<String> versions(Steps steps, String object) throws NotDelivered, InterruptedException {
        ListObjectVersionsResponse there = steps.read(
                        "list the object's versions",
                        as -> client.listObjectVersions(
                                r -> r.bucket(delivery.bucket()).prefix(object).overrideConfiguration(as)))
                .orElseThrow(() -> steps.disagrees("there is no bucket " + delivery.bucket()));
        return there.versions().stream()
                .filter(version -> version.key().equals(object))
                .map(version -> version.versionId())
                .toList();
    }

    private String arn(String object) {
        return "arn:" + door.account().partition() + ":s3:::" + delivery.bucket() + "/" + object;
    }

    private Answer confirmed(String object) {
        return new Answer.Confirmed(
                Evidence.READ_BACK,
                arn(object),
                List.of(
                        "whoever may read objects there and decrypt with "
                                + delivery.place().kmsKey() + " may read it; Keyturn did not look who that is",
                        "its tag keyturn-expires says when it is taken away: let a lifecycle rule of the bucket do so too"));
    }

    @Override
    public void close() {
        // The clients are shared, and closed by whoever made this.
    }
}
