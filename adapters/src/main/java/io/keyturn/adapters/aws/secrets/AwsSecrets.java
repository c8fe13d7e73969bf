package io.keyturn.adapters.aws.secrets;

import io.keyturn.adapters.aws.AwsEnvironment;
import io.keyturn.adapters.aws.CallFailure;
import io.keyturn.adapters.aws.credstash.Credstash;
import io.keyturn.engine.port.CredentialStore;
import io.keyturn.engine.port.Secret;
import io.keyturn.engine.port.SecretFailure;
import io.keyturn.engine.port.SecretReference;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/** The secrets that AWS keeps. Clients are opened when they are first needed, and closed with the answer. */
public final class AwsSecrets implements AutoCloseable {
    private final AwsEnvironment aws;
    private final Credstash credstash;
    private final SdkHttpClient http = AwsEnvironment.connections();

    /**
     * Opens nothing yet.
     *
     * @param environment the process environment: Region, endpoints, profile and credentials are taken from it
     * @param store where credstash keeps its credentials
     */
    public AwsSecrets(Map<String, String> environment, CredentialStore store) {
        this.aws = new AwsEnvironment(environment);
        this.credstash = new Credstash(aws, store, http);
    }

    /** A parameter, decrypted. */
    public Secret find(SecretReference.Ssm reference) throws SecretFailure {
        String region = region(reference);
        String where = "SSM of " + region;
        try (SsmClient ssm = aws.configureToLook(SsmClient.builder(), "SSM", Region.of(region), http)
                .credentialsProvider(aws.credentials())
                .build()) {
            return new Secret(ssm.getParameter(r -> r.name(reference.name()).withDecryption(true))
                    .parameter()
                    .value());
        } catch (SdkException e) {
            CallFailure failure = CallFailure.of(e);
            throw failure.code().equals("ParameterNotFound")
                    ? new SecretFailure(
                            reference,
                            where,
                            "there is no such parameter",
                            "check its name, and that AWS_REGION names its Region")
                    : failed(
                            reference,
                            where,
                            failure,
                            "ssm:GetParameter on the parameter, and kms:Decrypt on a key of your own");
        }
    }

    /** A secret of Secrets Manager, in the Region of its ARN where it is named by that. */
    public Secret find(SecretReference.SecretsManager reference) throws SecretFailure {
        String[] arn = reference.name().split(":", 5);
        String region = arn.length == 5 && arn[0].equals("arn") ? arn[3] : region(reference);
        String where = "Secrets Manager of " + region;
        try (SecretsManagerClient client = aws.configureToLook(
                        SecretsManagerClient.builder(), "SECRETS_MANAGER", Region.of(region), http)
                .credentialsProvider(aws.credentials())
                .build()) {
            // Named, for an emulator may otherwise give the version that was first.
            String value = client.getSecretValue(
                            r -> r.secretId(reference.name()).versionStage("AWSCURRENT"))
                    .secretString();
            return new SecretField(reference, where).in(value);
        } catch (SdkException e) {
            CallFailure failure = CallFailure.of(e);
            throw failure.code().equals("ResourceNotFoundException")
                    ? new SecretFailure(
                            reference,
                            where,
                            "there is no such secret, or it has no value yet",
                            "check its name, and that AWS_REGION names its Region, or write its whole ARN")
                    : failed(
                            reference,
                            where,
                            failure,
                            "secretsmanager:GetSecretValue on the secret, and kms:Decrypt on a key of your own");
        }
    }

    /** The newest version of a credstash credential. */
    public Secret find(SecretReference.Credstash reference) throws SecretFailure {
        return credstash.find(reference);
    }

    private String region(SecretReference reference) throws SecretFailure {
        Optional<String> region = aws.regionOrProfiles();
        if (region.isEmpty()) {
            throw new SecretFailure(
                    reference, "", "no Region is named", "name the Region where it is kept in AWS_REGION");
        }
        return region.get();
    }

    private static SecretFailure failed(
            SecretReference reference, String where, CallFailure failure, String permissions) {
        String advice = failure.denied() ? "allow these credentials " + permissions : failure.advice();
        return new SecretFailure(reference, where, failure.why(), advice);
    }

    @Override
    public void close() {
        http.close();
    }
}
