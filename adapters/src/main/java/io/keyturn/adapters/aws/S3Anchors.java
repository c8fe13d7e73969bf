package io.keyturn.adapters.aws;

import io.keyturn.core.model.Problem;
import io.keyturn.engine.port.ReadFailure;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

/**
 * Texts in a bucket with Object Lock, which nobody can change or take away before their time is over, its owner and the root
 * user among them. Source: S3 user guide, "Locking objects with Object Lock", compliance mode.
 */
public final class S3Anchors implements AutoCloseable {
    private static final Pattern ADDRESS =
            Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])/([^\\s/](?:\\S*[^\\s/])?)/?");

    private final SdkHttpClient http = AwsEnvironment.connections();
    private final S3Client client;
    private final String address;
    private final String bucket;
    private final String prefix;

    /**
     * One text as it is kept.
     *
     * @param name its whole address
     * @param lockedUntil null where it could have been changed at any time
     */
    public record Kept(String name, String text, @Nullable Instant lockedUntil) {}

    /**
     * Opens nothing yet.
     *
     * @param address of the folder, such as {@code s3://anchors/keyturn}
     * @param environment the process environment: Region, endpoint and credentials are taken from it
     * @throws ReadFailure where the address is none
     */
    public S3Anchors(String address, Map<String, String> environment) throws ReadFailure {
        Matcher at = ADDRESS.matcher(address);
        if (!at.matches()) {
            http.close();
            throw new ReadFailure(new Problem(
                    "find the anchors",
                    "\"" + address + "\"",
                    "it is not of the form s3://bucket/folder",
                    "write for example s3://keyturn-anchors/production"));
        }
        this.bucket = at.group(1);
        this.prefix = at.group(2) + "/";
        this.address = "s3://" + bucket + "/" + prefix;
        AwsEnvironment aws = new AwsEnvironment(environment);
        Region region = Region.of(aws.regionOrProfiles().orElse("us-east-1"));
        this.client = aws.configureToLook(S3Client.builder(), "S3", region, http)
                .credentialsProvider(aws.credentials())
                .forcePathStyle(true)
                // Whoever named the bucket may not have named its Region.
                .crossRegionAccessEnabled(true)
                .build();
    }

    /**
     * Keeps a text.
     *
     * @return its whole address
     */
    public String keep(String name, String text, Instant until) throws ReadFailure {
        try {
            client.putObject(
                    r -> r.bucket(bucket)
                            .key(prefix + name)
                            .contentType("application/json")
                            .objectLockMode(ObjectLockMode.COMPLIANCE)
                            .objectLockRetainUntilDate(until),
                    RequestBody.fromString(text));
            return address + name;
        } catch (RuntimeException e) {
            throw failure("keep the anchor", e);
        }
    }

    /** Every version of every text there is: one that was put over another does not hide that. */
    public void each(Consumer<Kept> sink) throws ReadFailure {
        try {
            client.listObjectVersionsPaginator(r -> r.bucket(bucket).prefix(prefix))
                    .versions()
                    .forEach(version -> sink.accept(fetch(version)));
        } catch (RuntimeException e) {
            throw failure("read the anchors", e);
        }
    }

    private Kept fetch(ObjectVersion version) {
        ResponseBytes<GetObjectResponse> there =
                client.getObjectAsBytes(r -> r.bucket(bucket).key(version.key()).versionId(version.versionId()));
        boolean locked = there.response().objectLockMode() == ObjectLockMode.COMPLIANCE;
        return new Kept(
                "s3://" + bucket + "/" + version.key(),
                there.asUtf8String(),
                locked ? there.response().objectLockRetainUntilDate() : null);
    }

    private ReadFailure failure(String tried, RuntimeException e) {
        CallFailure failure = CallFailure.of(e);
        String advice = switch (failure.code()) {
            case "NoSuchBucket" -> "correct its name, or make it, with Object Lock";
            case "InvalidRequest" ->
                "make the bucket with Object Lock: aws s3api create-bucket --bucket " + bucket
                        + " --object-lock-enabled-for-bucket";
            case "AccessDenied" ->
                "allow s3:PutObject, s3:PutObjectRetention and, to verify, s3:ListBucketVersions,"
                        + " s3:GetObjectVersion and s3:GetObjectRetention";
            default -> failure.advice();
        };
        return new ReadFailure(new Problem(tried, address, failure.why(), advice), e);
    }

    @Override
    public void close() {
        client.close();
        http.close();
    }
}
