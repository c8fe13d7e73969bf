package io.keyturn.adapters.aws.deliver;

import io.keyturn.adapters.aws.AwsEnvironment;
import io.keyturn.adapters.aws.DeliveryDoor;
import io.keyturn.core.model.Problem;
import io.keyturn.core.policy.Delivery;
import io.keyturn.engine.port.ReadFailure;
import io.keyturn.engine.port.SecretSink;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/** The sinks that are in AWS: one client a service and Region for all accounts, credentials with each request. */
public final class AwsSinks implements AutoCloseable {
    private final AwsEnvironment environment;
    private final Waiting waiting;
    private final SdkHttpClient http = AwsEnvironment.connections();
    private final Map<String, SecretsManagerClient> secretsManager = new ConcurrentHashMap<>();
    private final Map<String, SsmClient> ssm = new ConcurrentHashMap<>();
    private final Map<String, S3Client> s3 = new ConcurrentHashMap<>();

    /** @param environment the process environment, or what stands for it */
    public AwsSinks(Map<String, String> environment) {
        this(environment, Waiting.REAL);
    }

    AwsSinks(Map<String, String> environment, Waiting waiting) {
        this.environment = new AwsEnvironment(environment);
        this.waiting = waiting;
    }

    /**
     * Secrets Manager in an account.
     *
     * @param selfFetch whether the rotated user itself may read
     * @throws ReadFailure where no Region is named
     */
    public SecretSink secretsManager(DeliveryDoor door, Delivery.SecretsManager delivery, boolean selfFetch)
            throws ReadFailure {
        String region = region(door, delivery.place().region());
        return new SecretsManagerSink(
                door,
                secretsManager.computeIfAbsent(
                        region,
                        name -> built(SecretsManagerClient.builder(), "SECRETS_MANAGER", name)
                                .build()),
                region,
                delivery,
                selfFetch,
                waiting);
    }

    /**
     * Parameter Store in an account.
     *
     * @throws ReadFailure where no Region is named
     */
    public SecretSink ssm(DeliveryDoor door, Delivery.Ssm delivery) throws ReadFailure {
        String region = region(door, delivery.place().region());
        SsmClient client = ssm.computeIfAbsent(
                region, name -> built(SsmClient.builder(), "SSM", name).build());
        return new SsmSink(door, client, region, delivery, waiting);
    }

    /**
     * A bucket, written to as whoever makes the account's keys.
     *
     * @throws ReadFailure where no Region is named
     */
    public SecretSink s3(DeliveryDoor door, Delivery.S3 delivery) throws ReadFailure {
        return new S3Sink(door, s3(region(door, delivery.place().region())), new S3Json(delivery), waiting);
    }

    /**
     * Files of CSV in a bucket, written as whoever makes the account's keys.
     *
     * @throws ReadFailure where no Region is named
     */
    public SecretSink s3Csv(DeliveryDoor door, Delivery.S3Csv delivery) throws ReadFailure {
        return new S3Sink(door, s3(region(door, delivery.region())), new S3Csv(delivery), waiting);
    }

    private S3Client s3(String region) {
        return s3.computeIfAbsent(
                region,
                // Whoever named the bucket may not have named its Region.
                name -> built(S3Client.builder(), "S3", name)
                        .forcePathStyle(true)
                        .crossRegionAccessEnabled(true)
                        .build());
    }

    private <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B built(
            B builder, String service, String region) {
        return environment
                .configure(builder, service, Region.of(region), http)
                .credentialsProvider(AnonymousCredentialsProvider.create());
    }

    private String region(DeliveryDoor door, @Nullable String configured) throws ReadFailure {
        String region = configured == null ? environment.regionOrProfiles().orElse("") : configured;
        if (region.isEmpty()) {
            throw new ReadFailure(new Problem(
                    "reach the sink of new secrets",
                    door.label(),
                    "no Region is named",
                    "name one as rotate.deliver.region, or in AWS_REGION"));
        }
        return region;
    }

    @Override
    public void close() {
        secretsManager.values().forEach(SecretsManagerClient::close);
        ssm.values().forEach(SsmClient::close);
        s3.values().forEach(S3Client::close);
        http.close();
    }
}
