package io.keyturn.adapters.aws;

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

    /** The Region the environment names, else the one of its profile. */
    public Optional<String> regionOrProfiles() {
        String named = region();
        return named != null
                ? Optional.of(named)
                : new Credentials(environment).region(environment.getOrDefault("AWS_PROFILE", "default"));
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

    private @Nullable URI endpoint(String service) {
        if (Boolean.parseBoolean(environment.get("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"))) {
            return null;
        }
        String own = environment.get("AWS_ENDPOINT_URL_" + service);
        String url = own == null || own.isBlank() ? environment.get("AWS_ENDPOINT_URL") : own;
        return url == null || url.isBlank() ? null : URI.create(url.strip());
    }
}
