package io.keyturn.adapters.aws.deliver;

import io.keyturn.core.model.KeyId;
import io.keyturn.core.policy.Delivery;
import io.keyturn.engine.port.ParcelText;
import io.keyturn.engine.port.SecretSink.Address;
import io.keyturn.engine.port.SecretSink.Parcel;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * JSON, encrypted with the customer's KMS key. Its tag says when it expires, so that a lifecycle rule of the bucket can
 * remove it even where Keyturn no longer runs.
 */
record S3Json(Delivery.S3 delivery) implements S3Form {
    private static final String CANARY = "{\"note\":\"a proof that this can be written and read\"}";
    private static final String LETTERS = "_.-@=+,";
    private static final Pattern NAME = Pattern.compile("[\\w/.@=+,-]{1,900}");

    @Override
    public String bucket() {
        return delivery.bucket();
    }

    @Override
    public @Nullable String kmsKey() {
        return delivery.place().kmsKey();
    }

    @Override
    public String prefix(Address address, Words words) throws NotDelivered {
        return new Expansion(address, false, words).name(delivery.place().name(), LETTERS, NAME);
    }

    /** A name that tells the key by its last four characters and is no other key's. */
    @Override
    public String name(Address address, KeyId key) {
        return key.lastFour() + "-" + ParcelText.digest(key).substring(0, 12) + ".json";
    }

    @Override
    public String text(Address address, Parcel parcel) {
        return ParcelText.of(parcel);
    }

    @Override
    public String proofName() {
        return "keyturn-proof.json";
    }

    @Override
    public String proof() {
        return CANARY;
    }

    @Override
    public PutObjectRequest.Builder dress(PutObjectRequest.Builder request, String expires) {
        return request.serverSideEncryption(ServerSideEncryption.AWS_KMS)
                .ssekmsKeyId(kmsKey())
                .contentType("application/json")
                .tagging("keyturn-expires=" + expires);
    }

    @Override
    public List<String> readers() {
        return List.of(
                "whoever may read objects there and decrypt with " + kmsKey()
                        + " may read it; Keyturn did not look who that is",
                "its tag keyturn-expires says when it is taken away: let a lifecycle rule of the bucket do so too");
    }
}
