package io.keyturn.adapters.aws.deliver;

import io.keyturn.core.model.KeyId;
import io.keyturn.engine.port.SecretSink.Address;
import io.keyturn.engine.port.SecretSink.Parcel;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** How the secret of a new key looks as an object of S3: its name, its text, and how it is kept. */
interface S3Form {
    String bucket();

    /** ARN of the customer's key that encrypts it; null for whatever the bucket encrypts with. */
    @Nullable
    String kmsKey();

    /** The folder of the user, without a slash at its end. */
    String prefix(Address address, Words words) throws NotDelivered;

    /** The object's name in that folder: one key's alone. */
    String name(Address address, KeyId key);

    /** What is written for it. */
    String text(Address address, Parcel parcel);

    /** The name of what is written first, to see that it can be. */
    String proofName();

    /** The text of that, which is no secret. */
    String proof();

    /**
     * Says how the object is kept.
     *
     * @param expires the day on which it may go
     */
    PutObjectRequest.Builder dress(PutObjectRequest.Builder request, String expires);

    /** What is known of who may read it, a sentence each. */
    List<String> readers();
}
