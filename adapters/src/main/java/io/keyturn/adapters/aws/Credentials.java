package io.keyturn.adapters.aws;

import io.keyturn.core.model.Problem;
import io.keyturn.core.model.Spelling;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.profiles.ProfileFile;

/** Finds credentials as every AWS tool does, with the environment that it was given. */
final class Credentials {
    private final Map<String, String> environment;

    Credentials(Map<String, String> environment) {
        this.environment = environment;
    }

    /** The default chain. */
    AwsCredentialsProvider ambient() {
        AwsCredentialsProvider fromEnvironment = environmentOnly();
        String profile = environment.get("AWS_PROFILE");
        if (fromEnvironment != null) {
            return fromEnvironment;
        }
        AwsCredentialsProviderChain.Builder chain = AwsCredentialsProviderChain.builder()
                .addCredentialsProvider(SystemPropertyCredentialsProvider.create())
                .addCredentialsProvider(WebIdentityTokenFileCredentialsProvider.create())
                .addCredentialsProvider(profile(profile == null || profile.isBlank() ? "default" : profile))
                .addCredentialsProvider(ContainerCredentialsProvider.create());
        if (!Boolean.parseBoolean(environment.get("AWS_EC2_METADATA_DISABLED"))) {
            chain.addCredentialsProvider(new Promptly(InstanceProfileCredentialsProvider.create()));
        }
        return chain.reuseLastProviderEnabled(true).build();
    }

    private @Nullable AwsCredentialsProvider environmentOnly() {
        String id = environment.get("AWS_ACCESS_KEY_ID");
        String secret = environment.get("AWS_SECRET_ACCESS_KEY");
        String token = environment.get("AWS_SESSION_TOKEN");
        if (id == null || id.isBlank() || secret == null || secret.isBlank()) {
            return null;
        }
        return StaticCredentialsProvider.create(
                token == null || token.isBlank()
                        ? AwsBasicCredentials.create(id.strip(), secret.strip())
                        : AwsSessionCredentials.create(id.strip(), secret.strip(), token.strip()));
    }

    /** A profile of the shared files, with whatever way it names: keys, a role and its source, SSO, a process. */
    AwsCredentialsProvider profile(String name) {
        return ProfileCredentialsProvider.builder()
                .profileFile(files())
                .profileName(name)
                .build();
    }

    /** The names of all profiles. */
    Set<String> profiles() {
        return new TreeSet<>(files().profiles().keySet());
    }

    /** What is wrong with the name of a profile; empty where it is defined. */
    Optional<Problem> unknown(String name) {
        Set<String> known = profiles();
        if (known.contains(name)) {
            return Optional.empty();
        }
        String advice = Optional.ofNullable(Spelling.nearest(name, known))
                .map(near -> "did you mean \"" + near + "\"?")
                .orElse(
                        known.isEmpty()
                                ? "no profile is defined; run `aws configure`"
                                : "the profiles are " + String.join(", ", known));
        return Optional.of(new Problem(
                "find the credentials", "profile " + name, "the shared AWS files define no such profile", advice));
    }

    /** The Region a profile names. */
    Optional<String> region(String profile) {
        return files().profile(profile).flatMap(p -> p.property("region"));
    }

    private ProfileFile files() {
        ProfileFile.Aggregator all = ProfileFile.aggregator();
        add(all, "AWS_CONFIG_FILE", "config", ProfileFile.Type.CONFIGURATION);
        add(all, "AWS_SHARED_CREDENTIALS_FILE", "credentials", ProfileFile.Type.CREDENTIALS);
        ProfileFile written = all.build();
        return roleRegion()
                .map(region -> ProfileFile.aggregator()
                        .addFile(written)
                        .addFile(regions(written, region))
                        .build())
                .orElse(written);
    }

    /** Where roles of profiles that name no Region are assumed; empty where nothing in the environment says. */
    private Optional<String> roleRegion() {
        AwsEnvironment aws = new AwsEnvironment(environment);
        return Optional.ofNullable(aws.region())
                .or(() -> Optional.ofNullable(aws.endpoint("STS")).map(any -> "us-east-1"));
    }

    /**
     * That Region for each of them: without one the SDK heeds neither AWS_DEFAULT_REGION nor an endpoint of the environment, and
     * asks the partition aws.
     */
    private static ProfileFile regions(ProfileFile written, String region) {
        StringBuilder text = new StringBuilder();
        written.profiles().forEach((name, profile) -> {
            if (profile.property("role_arn").isPresent()
                    && profile.property("region").isEmpty()) {
                text.append(name.equals("default") ? "[default]" : "[profile " + name + "]")
                        .append("\nregion = ")
                        .append(region)
                        .append('\n');
            }
        });
        return ProfileFile.builder()
                .content(new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8)))
                .type(ProfileFile.Type.CONFIGURATION)
                .build();
    }

    private void add(ProfileFile.Aggregator all, String variable, String file, ProfileFile.Type type) {
        String named = environment.get(variable);
        String home = environment.get("HOME");
        Path path = named != null && !named.isBlank()
                ? Path.of(named)
                : Path.of(home == null ? System.getProperty("user.home", ".") : home, ".aws", file);
        if (Files.isReadable(path)) {
            all.addFile(ProfileFile.builder().content(path).type(type).build());
        }
    }
}
