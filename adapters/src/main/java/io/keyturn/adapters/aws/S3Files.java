package io.keyturn.adapters.aws;

import io.keyturn.core.model.Problem;
import io.keyturn.engine.port.ReadFailure;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Files of our own in S3, named as {@code s3://bucket/key}: the configuration, and results. */
public final class S3Files implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])/(\\S+)");

    private final SdkHttpClient http = AwsEnvironment.connections();
    private final S3Client client;

    /** @param environment the process environment: Region, endpoint and credentials are taken from it */
    public S3Files(Map<String, String> environment) {
        AwsEnvironment aws = new AwsEnvironment(environment);
        AwsCredentialsProvider credentials = aws.credentials();
        Region region = Region.of(aws.regionOrProfiles().orElse("us-east-1"));
        this.client = aws.configureToLook(S3Client.builder(), "S3", region, http)
                .credentialsProvider(credentials)
                .forcePathStyle(true)
                // Whoever named the bucket may not have named its Region.
                .crossRegionAccessEnabled(true)
                .build();
    }

    /** Whether a text is such an address. */
    public static boolean isAddress(String text) {
        return ADDRESS.matcher(text).matches();
    }

    /** Copies the object into a file. */
    public void fetch(String address, Path into) throws ReadFailure {
        Matcher at = at(address);
        try {
            client.getObject(g -> g.bucket(at.group(1)).key(at.group(2)), into);
        } catch (RuntimeException e) {
            throw failure("fetch the file", address, e);
        }
    }

    /** Stores the file as an object. */
    public void store(Path file, String address) throws ReadFailure {
        Matcher at = at(address);
        try {
            client.putObject(
                    p -> p.bucket(at.group(1)).key(at.group(2)).contentType("application/json"),
                    RequestBody.fromFile(file));
        } catch (RuntimeException e) {
            throw failure("store the file", address, e);
        }
    }

    private static Matcher at(String address) throws ReadFailure {
        Matcher at = ADDRESS.matcher(address);
        if (!at.matches()) {
            throw new ReadFailure(new Problem(
                    "find the file",
                    "\"" + address + "\"",
                    "it is not of the form s3://bucket/key",
                    "write for example s3://keyturn-config/keyturn.yaml"));
        }
        return at;
    }

    private static ReadFailure failure(String tried, String address, RuntimeException e) {
        CallFailure failure = CallFailure.of(e);
        String advice = switch (failure.code()) {
            case "NoSuchBucket", "NoSuchKey" -> "correct its name, or put it there";
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
