package io.keyturn.adapters.aws;

import io.keyturn.core.model.Problem;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;

/** How AWS is reached, as the process environment and the shared files say it, and as every client here does it. */
public final class AwsEnvironment {
    private final Map<String, String> environment;

    /** @param environment the process environment, or what stands for it */
    public AwsEnvironment(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** A pool of connections for as many calls as {@link CallPool} lets fly. */
    public static SdkHttpClient connections() {
        return Apache5HttpClient.builder()
                .maxConnections(CallPool.SIZE)
                .connectionTimeout(Duration.ofSeconds(5))
                .socketTimeout(Duration.ofSeconds(30))
                .build();
    }

    /** The credentials that every AWS tool would take. */
    public AwsCredentialsProvider credentials() {
        return new Credentials(environment).ambient();
    }

    /** The credentials of a profile; those that every AWS tool would take for null. */
    public AwsCredentialsProvider credentials(@Nullable String profile) {
        return profile == null ? credentials() : new Credentials(environment).profile(profile);
    }

    /** What is wrong with the name of a profile; empty where the shared files define it, or for null. */
    public Optional<Problem> unknownProfile(@Nullable String profile) {
        return profile == null ? Optional.empty() : new Credentials(environment).unknown(profile);
    }

    /** The Region the environment names, else the one of its profile. */
    public Optional<String> regionOrProfiles() {
        return regionOrProfiles(null);
    }

    /** The Region the environment names, else the one of {@code profile}, or of the environment's for null. */
    public Optional<String> regionOrProfiles(@Nullable String profile) {
        String named = region();
        String chosen = profile == null ? environment.getOrDefault("AWS_PROFILE", "default") : profile;
        return named != null ? Optional.of(named) : new Credentials(environment).region(chosen);
    }

    /** The Region the environment names, or null. */
    @Nullable
    String region() {
        String region = environment.get("AWS_REGION");
        String chosen = region == null || region.isBlank() ? environment.get("AWS_DEFAULT_REGION") : region;
        return chosen == null || chosen.isBlank() ? null : chosen.strip().toLowerCase(Locale.ROOT);
    }

    /** Sets Region, endpoint and connections; the SDK repeats nothing. */
    public <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B configure(
            B builder, String service, Region region, SdkHttpClient http) {
        builder.region(region)
                .httpClient(http)
                .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()));
        URI endpoint = endpoint(service);
        if (endpoint != null) {
            builder.endpointOverride(endpoint);
        }
        return builder;
    }

    /** The same for a service that is only looked into: the SDK repeats what fails on the way. */
    public <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B configureToLook(
            B builder, String service, Region region, SdkHttpClient http) {
        return configure(builder, service, region, http)
                .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.standardRetryStrategy()));
    }

    /** Where the environment says that a service is; null where it says nothing. */
    @Nullable
    URI endpoint(String service) {
        if (Boolean.parseBoolean(environment.get("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"))) {
            return null;
        }
        String own = environment.get("AWS_ENDPOINT_URL_" + service);
        String url = own == null || own.isBlank() ? environment.get("AWS_ENDPOINT_URL") : own;
        return url == null || url.isBlank() ? null : URI.create(url.strip());
    }
}
