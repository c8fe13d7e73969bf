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

    /** The shortest session that STS gives. */
    private static final Duration NARROWED = Duration.ofMinutes(15);

    private final AwsCredentialsProvider base;
    private final @Nullable Assume assume;
    private final boolean single;
    private final InstantSource clock;
    private volatile @Nullable AwsCredentials session;
    private volatile Instant ends = Instant.MIN;

    /** A role to assume with the base credentials. */
    record Assume(StsClient sts, String arn, @Nullable String externalId, String sessionName) {
        /** A role of another name in the same account; null for null. */
        @Nullable
        Assume named(@Nullable String role) {
            return role == null
                    ? null
                    : new Assume(
                            sts, arn.substring(0, arn.indexOf(":role/")) + ":role/" + role, externalId, sessionName);
        }
    }

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
        return AwsRequestOverrideConfiguration.builder()
                .credentialsProvider(provider())
                .build();
    }

    /** The credentials of that moment. */
    AwsCredentialsProvider provider() {
        return () -> {
            AwsCredentials held = session;
            return held == null ? base.resolveCredentials() : held;
        };
    }

    /** With the credentials that roles are assumed with. */
    AwsRequestOverrideConfiguration asBase() {
        return AwsRequestOverrideConfiguration.builder()
                .credentialsProvider(base)
                .build();
    }

    /** Assumes the role where that is not done or about to end; the account it led to, or null where none was assumed. */
    @Nullable
    String renew(Calls calls) throws CallFailure, InterruptedException {
        Assume role = assume;
        if (role == null || ends.isAfter(clock.instant().plus(RENEW_BEFORE))) {
            return null;
        }
        AwsRequestOverrideConfiguration as = asBase();
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

    /** A session of its own for another role, narrowed by a session policy. */
    AwsRequestOverrideConfiguration narrowed(Calls calls, Assume role, String policy)
            throws CallFailure, InterruptedException {
        AwsRequestOverrideConfiguration as = asBase();
        var credentials = calls.call(() -> role.sts()
                        .assumeRole(r -> r.roleArn(role.arn())
                                .externalId(role.externalId())
                                .roleSessionName(role.sessionName())
                                .durationSeconds((int) NARROWED.toSeconds())
                                .policy(policy)
                                .overrideConfiguration(as)))
                .credentials();
        AwsSessionCredentials narrow = AwsSessionCredentials.create(
                credentials.accessKeyId(), credentials.secretAccessKey(), credentials.sessionToken());
        return AwsRequestOverrideConfiguration.builder()
                .credentialsProvider(() -> narrow)
                .build();
    }

    /** The role this login assumes, or null. */
    @Nullable
    Assume assume() {
        return assume;
    }

    /** The fifth part of an ARN: the account. */
    static String accountOf(@Nullable String arn) {
        String[] parts = arn == null ? new String[0] : arn.split(":", 6);
        return parts.length < 5 ? "" : parts[4];
    }
}
