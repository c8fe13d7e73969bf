package io.keyturn.adapters.aws;

import io.keyturn.core.model.Partition;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * One client per service and partition on one pool of connections, for all accounts: credentials come with each
 * request, and nothing is ever repeated by the SDK.
 */
final class AwsClients implements AutoCloseable {
    private final AwsClock clock = new AwsClock();
    private final AwsEnvironment environment;
    private final SdkHttpClient http = AwsEnvironment.connections();
    private final Map<Partition, IamClient> iam = new ConcurrentHashMap<>();
    private final Map<Partition, HotReads> reads = new ConcurrentHashMap<>();
    private final Map<Partition, StsClient> sts = new ConcurrentHashMap<>();
    private final Map<Partition, OrganizationsClient> organizations = new ConcurrentHashMap<>();

    AwsClients(Map<String, String> environment) {
        this.environment = new AwsEnvironment(environment);
    }

    /** What time it is by AWS. */
    AwsClock clock() {
        return clock;
    }

    IamClient iam(Partition partition) {
        return iam.computeIfAbsent(
                partition,
                p -> build(IamClient.builder(), "IAM", Regions.global(p), new OwnParser(), reads(p))
                        .build());
    }

    /** The reads that are made by the ten thousand. */
    HotReads reads(Partition partition) {
        return reads.computeIfAbsent(partition, p -> new HotReads(http, clock));
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

    /** Where the events of IAM are. */
    EventLookup trail(Partition partition) {
        return trail(Regions.home(partition));
    }

    /** Where the events of a Region are. */
    EventLookup trail(Region region) {
        return new EventLookup(home("CLOUDTRAIL", "cloudtrail", region));
    }

    /** Whom AWS turns to about an account. */
    AlternateContacts contacts(Partition partition) {
        return new AlternateContacts(home("ACCOUNT", "account", Regions.account(partition)));
    }

    private JsonCall home(String variable, String service, Region region) {
        String host =
                service + "." + region.id() + "." + PartitionMetadata.of(region).dnsSuffix();
        return json(variable, service, URI.create("https://" + host), region.id());
    }

    /**
     * A service without a client of its own.
     *
     * @param variable its name in the environment's endpoints
     * @param usual where it is, unless the environment says otherwise
     */
    JsonCall json(String variable, String service, URI usual, String region) {
        URI named = environment.endpoint(variable);
        return new JsonCall(http, clock, named == null ? usual : named, service, region);
    }

    /** The Region the environment names, or null. */
    @Nullable
    String configuredRegion() {
        return environment.region();
    }

    private Region stsRegion(Partition partition) {
        String configured = configuredRegion();
        return configured != null && Regions.partitionOf(configured).equals(partition)
                ? Region.of(configured)
                : Regions.sts(partition);
    }

    private <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B build(
            B builder, String service, Region region, ExecutionInterceptor... more) {
        return environment
                .configure(builder, service, region, http)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .overrideConfiguration(o -> {
                    o.retryStrategy(AwsRetryStrategy.doNotRetry()).addExecutionInterceptor(clock);
                    List.of(more).forEach(o::addExecutionInterceptor);
                });
    }

    @Override
    public void close() {
        iam.values().forEach(IamClient::close);
        sts.values().forEach(StsClient::close);
        organizations.values().forEach(OrganizationsClient::close);
        http.close();
    }
}
