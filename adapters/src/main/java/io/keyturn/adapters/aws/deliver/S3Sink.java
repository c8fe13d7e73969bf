package io.keyturn.adapters.aws.deliver;

import io.keyturn.adapters.aws.DeliveryDoor;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.policy.Evidence;
import io.keyturn.engine.port.ParcelText;
import io.keyturn.engine.port.SecretSink;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;

/**
 * S3: an object for each new key below a prefix of its user, in the form that the policy names. Source: S3 API reference,
 * version 2006-03-01.
 */
final class S3Sink implements SecretSink {
    private static final int LOOKS = 6;

    private final DeliveryDoor door;
    private final S3Client client;
    private final S3Form form;
    private final Waiting waiting;

    S3Sink(DeliveryDoor door, S3Client client, S3Form form, Waiting waiting) {
        this.door = door;
        this.client = client;
        this.form = form;
        this.waiting = waiting;
    }

    /** What an act does below the user's prefix. */
    private interface Deed {
        Answer on(Steps steps, String prefix) throws NotDelivered, InterruptedException;
    }

    private Answer act(Address address, String tried, List<String> unsaid, Deed deed) throws InterruptedException {
        return Steps.act(door, address, tried, unsaid, words -> {
            String prefix = form.prefix(address, words);
            DeliveryNeeds may = DeliveryNeeds.ofS3(form.bucket(), prefix, form.kmsKey());
            return deed.on(new Steps(door.session(may.policy(door.account())), words), prefix);
        });
    }

    @Override
    public Answer prove(Address address) throws InterruptedException {
        return act(address, "prove the delivery", List.of(), (steps, prefix) -> {
            String object = prefix + "/" + form.proofName();
            put(steps, object, form.proof(), "proof");
            readBack(steps, object, form.proof());
            delete(steps, object);
            return confirmed(prefix);
        });
    }

    @Override
    public Answer deliver(Address address, Parcel parcel) throws InterruptedException {
        return act(address, "deliver the new secret", ParcelText.unsaid(parcel), (steps, prefix) -> {
            String object = object(address, prefix, parcel.key());
            String value = form.text(address, parcel);
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
            String object = object(address, prefix, key);
            delete(steps, object);
            return new Answer.Confirmed(Evidence.READ_BACK, arn(object), List.of());
        });
    }

    private String object(Address address, String prefix, KeyId key) {
        return prefix + "/" + form.name(address, key);
    }

    private void put(Steps steps, String object, String value, String expires)
            throws NotDelivered, InterruptedException {
        steps.write(
                "write to the bucket " + form.bucket(),
                as -> client.putObject(
                        r -> form.dress(r.bucket(form.bucket()).key(object), expires)
                                .overrideConfiguration(as),
                        RequestBody.fromString(value)));
    }

    private void readBack(Steps steps, String object, String value) throws NotDelivered, InterruptedException {
        for (int look = 0; look < LOOKS; look++) {
            Optional<ResponseBytes<GetObjectResponse>> there = steps.read(
                    "read from the bucket " + form.bucket(),
                    as -> client.getObjectAsBytes(
                            r -> r.bucket(form.bucket()).key(object).overrideConfiguration(as)));
            if (there.isPresent()) {
                if (!there.get().asString(StandardCharsets.UTF_8).equals(value)) {
                    throw NotDelivered.refused(steps.words()
                            .problem(
                                    "what is read back is not what was written",
                                    "see who else writes to " + arn(object) + " or answers for its endpoint"));
                }
                String kmsKey = form.kmsKey();
                if (kmsKey != null && !kmsKey.equals(there.get().response().ssekmsKeyId())) {
                    throw NotDelivered.refused(steps.words()
                            .problem(
                                    "the object " + arn(object) + " is not encrypted with " + kmsKey,
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
                    "delete from the bucket " + form.bucket(),
                    as -> client.deleteObject(r -> r.bucket(form.bucket())
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
                                r -> r.bucket(form.bucket()).prefix(object).overrideConfiguration(as)))
                .orElseThrow(() -> steps.disagrees("there is no bucket " + form.bucket()));
        return there.versions().stream()
                .filter(version -> version.key().equals(object))
                .map(version -> version.versionId())
                .toList();
    }

    private String arn(String object) {
        return "arn:" + door.account().partition() + ":s3:::" + form.bucket() + "/" + object;
    }

    private Answer confirmed(String object) {
        return new Answer.Confirmed(Evidence.READ_BACK, arn(object), form.readers());
    }

    @Override
    public void close() {
        // The clients are shared, and closed by whoever made this.
    }
}
