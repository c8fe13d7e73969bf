package io.keyturn.adapters.aws;

import io.keyturn.core.model.Partition;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * One client per service and partition on one pool of connections, for all accounts: credentials come with each
 * request, and nothing is ever repeated by the SDK.
 */
final class AwsClients implements AutoCloseable {
    private final Map<String, String> environment;
    private final AwsClock clock = new AwsClock();
    private final SdkHttpClient http = Apache5HttpClient.builder()
            .maxConnections(CallPool.SIZE)
            .connectionTimeout(Duration.ofSeconds(5))
            .socketTimeout(Duration.ofSeconds(30))
            .build();
    private final Map<Partition, IamClient> iam = new ConcurrentHashMap<>();
    private final Map<Partition, StsClient> sts = new ConcurrentHashMap<>();
    private final Map<Partition, OrganizationsClient> organizations = new ConcurrentHashMap<>();

    AwsClients(Map<String, String> environment) {
        this.environment = environment;
    }

    /** What time it is by AWS. */
    AwsClock clock() {
        return clock;
    }

    IamClient iam(Partition partition) {
        return iam.computeIfAbsent(
                partition,
                p -> build(IamClient.builder(), "IAM", Regions.global(p)).build());
    }

    StsClient sts(Partition partition) {
        return sts.computeIfAbsent(
                partition, p -> build(StsClient.builder(), "STS", stsRegion(p)).build());
    }

    OrganizationsClient organizations(Partition partition) {
        return organizations.computeIfAbsent(
                partition,
                p -> build(OrganizationsClient.builder(), "ORGANIZATIONS", Regions.global(p))
                        .build());
    }

    /** The Region the environment names, or null. */
    @Nullable
    String configuredRegion() {
        String region = environment.get("AWS_REGION");
        String chosen = region == null || region.isBlank() ? environment.get("AWS_DEFAULT_REGION") : region;
        return chosen == null || chosen.isBlank() ? null : chosen.strip().toLowerCase(Locale.ROOT);
    }

    private Region stsRegion(Partition partition) {
        String configured = configuredRegion();
        return configured != null && Regions.partitionOf(configured).equals(partition)
                ? Region.of(configured)
                : Regions.sts(partition);
    }

    private <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B build(
            B builder, String service, Region region) {
        builder.region(region)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .httpClient(http)
                .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry())
                        .addExecutionInterceptor(new DetailsInterceptor())
                        .addExecutionInterceptor(clock));
        URI endpoint = endpoint(service);
        if (endpoint != null) {
            builder.endpointOverride(endpoint);
        }
        return builder;
    }

    private @Nullable URI endpoint(String service) {
        if (Boolean.parseBoolean(environment.get("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"))) {
            return null;
        }
        String own = environment.get("AWS_ENDPOINT_URL_" + service);
        String url = own == null || own.isBlank() ? environment.get("AWS_ENDPOINT_URL") : own;
        return url == null || url.isBlank() ? null : URI.create(url.strip());
    }

    @Override
    public void close() {
        iam.values().forEach(IamClient::close);
        sts.values().forEach(StsClient::close);
        organizations.values().forEach(OrganizationsClient::close);
        http.close();
    }
}
