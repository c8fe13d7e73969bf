package io.keyturn.adapters.aws.deliver;

import io.keyturn.core.model.KeyId;
import io.keyturn.core.policy.Delivery;
import io.keyturn.engine.port.SecretSink.Address;
import io.keyturn.engine.port.SecretSink.Parcel;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * The file of check-and-rotate-iam-access-keys-age: two lines of CSV, without a line end after the second, in the bucket's
 * own encryption. A bucket's policy lets each user read its own folder by the user's exact name.
 */
record S3Csv(Delivery.S3Csv delivery) implements S3Form {
    private static final String HEAD = "UserName,AccessKeyId,SecretAccessKey\n";
    private static final String LETTERS = "_.-@=+,";
    private static final Pattern NAME = Pattern.compile("credential/[\\w.@=+,-]{1,64}");

    @Override
    public String bucket() {
        return delivery.bucket();
    }

    @Override
    public @Nullable String kmsKey() {
        return null;
    }

    @Override
    public String prefix(Address address, Words words) throws NotDelivered {
        return new Expansion(address, false, words).name("credential/${user}", LETTERS, NAME);
    }

    @Override
    public String name(Address address, KeyId key) {
        return address.name().value() + "_" + key.value() + ".csv";
    }

    /** Of the three, a user's name alone can hold what CSV must quote: a comma. */
    @Override
    public String text(Address address, Parcel parcel) {
        String user = address.name().value();
        return HEAD + (user.indexOf(',') < 0 ? user : '"' + user + '"') + ","
                + parcel.key().value() + "," + parcel.secret().reveal();
    }

    @Override
    public String proofName() {
        return "keyturn-proof.csv";
    }

    @Override
    public String proof() {
        return HEAD;
    }

    @Override
    public PutObjectRequest.Builder dress(PutObjectRequest.Builder request, String expires) {
        return request.contentType("text/csv");
    }

    @Override
    public List<String> readers() {
        return List.of("whoever may read objects there may read it; Keyturn did not look who that is");
    }
}
