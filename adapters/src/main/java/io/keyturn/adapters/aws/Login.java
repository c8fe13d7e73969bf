package io.keyturn.adapters.aws;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;

/** The credentials one account is read with: those at hand, or a role's session that is renewed before it ends. */
final class Login {
    private static final Duration RENEW_BEFORE = Duration.ofMinutes(10);

    private final AwsCredentialsProvider base;
    private final @Nullable Assume assume;
    private final boolean single;
    private final InstantSource clock;
    private volatile @Nullable AwsCredentials session;
    private volatile Instant ends = Instant.MIN;

    /** A role to assume with the base credentials. */
    record Assume(StsClient sts, String arn, @Nullable String externalId, String sessionName) {}

    /**
     * A way in.
     *
     * @param assume null where the base credentials are used as they are
     * @param single whether the account stands alone, not in an organization of many
     */
    Login(AwsCredentialsProvider base, @Nullable Assume assume, boolean single, InstantSource clock) {
        this.base = base;
        this.assume = assume;
        this.single = single;
        this.clock = clock;
    }

    boolean single() {
        return single;
    }

    /** For every request of the account. */
    AwsRequestOverrideConfiguration as() {
        AwsCredentialsProvider provider = () -> {
            AwsCredentials held = session;
            return held == null ? base.resolveCredentials() : held;
        };
        return AwsRequestOverrideConfiguration.builder()
                .credentialsProvider(provider)
                .build();
    }

    /** Assumes the role where that is not done or about to end; the account it led to, or null where none was assumed. */
    @Nullable
    String renew(Calls calls) throws CallFailure, InterruptedException {
        Assume role = assume;
        if (role == null || ends.isAfter(clock.instant().plus(RENEW_BEFORE))) {
            return null;
        }
        AwsRequestOverrideConfiguration as = AwsRequestOverrideConfiguration.builder()
                .credentialsProvider(base)
                .build();
        AssumeRoleResponse answer = calls.call(() -> role.sts()
                .assumeRole(r -> r.roleArn(role.arn())
                        .externalId(role.externalId())
                        .roleSessionName(role.sessionName())
                        .overrideConfiguration(as)));
        var credentials = answer.credentials();
        session = AwsSessionCredentials.create(
                credentials.accessKeyId(), credentials.secretAccessKey(), credentials.sessionToken());
        ends = credentials.expiration() == null ? Instant.MAX : credentials.expiration();
        return answer.assumedRoleUser() == null
                ? ""
                : accountOf(answer.assumedRoleUser().arn());
    }

    /** The fifth part of an ARN: the account. */
    static String accountOf(@Nullable String arn) {
        String[] parts = arn == null ? new String[0] : arn.split(":", 6);
        return parts.length < 5 ? "" : parts[4];
    }
}
