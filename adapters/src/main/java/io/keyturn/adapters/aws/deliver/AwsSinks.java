package io.keyturn.adapters.aws.deliver;

import io.keyturn.adapters.aws.AwsEnvironment;
import io.keyturn.adapters.aws.DeliveryDoor;
import io.keyturn.core.model.Problem;
import io.keyturn.core.policy.Delivery;
import io.keyturn.engine.port.ReadFailure;
import io.keyturn.engine.port.SecretSink;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** The sinks that are in AWS: one client a service and Region for all accounts, credentials with each request. */
public final class AwsSinks implements AutoCloseable {
    private final AwsEnvironment environment;
    private final Waiting waiting;
    private final SdkHttpClient http = AwsEnvironment.connections();
    private final Map<String, SecretsManagerClient> secretsManager = new ConcurrentHashMap<>();

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
        String region = region(door, delivery.place());
        return new SecretsManagerSink(
                door,
                secretsManager.computeIfAbsent(region, this::secretsManagerIn),
                region,
                delivery,
                selfFetch,
                waiting);
    }

    private SecretsManagerClient secretsManagerIn(String region) {
        return environment
                .configure(SecretsManagerClient.builder(), "SECRETS_MANAGER", Region.of(region), http)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .build();
    }

    private String region(DeliveryDoor door, Delivery.Place place) throws ReadFailure {
        String configured = place.region();
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
        http.close();
    }
}
