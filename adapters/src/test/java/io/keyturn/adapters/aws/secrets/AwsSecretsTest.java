package io.keyturn.adapters.aws.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.adapters.aws.AwsEnvironment;
import io.keyturn.adapters.aws.JsonAws;
import io.keyturn.adapters.aws.Moto;
import io.keyturn.engine.port.CredentialStore;
import io.keyturn.engine.port.Secret;
import io.keyturn.engine.port.SecretFailure;
import io.keyturn.engine.port.SecretReference;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** Secrets in AWS, looked up on moto's server, and against the refusals that it never gives. */
class AwsSecretsTest {
    @TempDir
    static Path folder;

    private static Moto moto;
    private static SdkHttpClient http;

    @BeforeAll
    static void start() throws Exception {
        moto = Moto.start();
        http = AwsEnvironment.connections();
        AwsEnvironment aws = new AwsEnvironment(moto.environment());
        try (SsmClient ssm = aws.configure(SsmClient.builder(), "SSM", Region.EU_WEST_1, http)
                        .credentialsProvider(aws.credentials())
                        .build();
                SecretsManagerClient secrets = aws.configure(
                                SecretsManagerClient.builder(), "SECRETS_MANAGER", Region.EU_WEST_1, http)
                        .credentialsProvider(aws.credentials())
                        .build()) {
            ssm.putParameter(r ->
                    r.name("/keyturn/jira").type(ParameterType.SECURE_STRING).value("sealed"));
            ssm.putParameter(r -> r.name("plain").type(ParameterType.STRING).value("open"));
            secrets.createSecret(
                    r -> r.name("keyturn/jira").secretString("{\"token\":\"canary-1\",\"ports\":{\"a\":1}}"));
            secrets.createSecret(r -> r.name("whole").secretString("canary-2"));
            secrets.createSecret(r -> r.name("bytes").secretBinary(SdkBytes.fromUtf8String("canary-3")));
        }
    }

    @AfterAll
    static void stop() throws Exception {
        http.close();
        moto.close();
    }

    private static String ssm(Map<String, String> environment, String name) {
        return told(environment, secrets -> secrets.find(new SecretReference.Ssm(name)));
    }

    private static String secret(Map<String, String> environment, String name, String field) {
        return told(environment, secrets -> secrets.find(new SecretReference.SecretsManager(name, field)));
    }

    private interface Look {
        Secret in(AwsSecrets secrets) throws SecretFailure;
    }

    private static String told(Map<String, String> environment, Look look) {
        try (AwsSecrets secrets = new AwsSecrets(environment, CredentialStore.USUAL)) {
            return look.in(secrets).reveal();
        } catch (SecretFailure failure) {
            return failure.problem().sentence();
        }
    }

    @Test
    void a_parameter_is_read_whether_it_is_encrypted_or_not() {
        assertThat(ssm(moto.environment(), "/keyturn/jira")).isEqualTo("sealed");
        assertThat(ssm(moto.environment(), "plain")).isEqualTo("open");
    }

    @Test
    void a_parameter_that_is_not_there_is_told_with_its_region() {
        assertThat(ssm(moto.environment(), "/keyturn/jria"))
                .isEqualTo("could not look up the secret of ${ssm:/keyturn/jria} in SSM of eu-west-1: there is no such"
                        + " parameter; check its name, and that AWS_REGION names its Region");
        assertThat(ssm(moto.environment("AWS_REGION", "us-east-2"), "/keyturn/jira"))
                .contains("in SSM of us-east-2: there is no such parameter");
    }

    @Test
    void without_a_region_nothing_is_asked() {
        Map<String, String> environment = new HashMap<>(moto.environment());
        environment.remove("AWS_REGION");
        environment.put("AWS_CONFIG_FILE", folder.resolve("none").toString());

        assertThat(ssm(environment, "/keyturn/jira"))
                .isEqualTo("could not look up the secret of ${ssm:/keyturn/jira}: no Region is named;"
                        + " name the Region where it is kept in AWS_REGION");
    }

    @Test
    void a_secret_is_read_whole_or_by_a_field_and_by_its_arn_from_that_ones_region() {
        assertThat(secret(moto.environment(), "whole", "")).isEqualTo("canary-2");
        assertThat(secret(moto.environment(), "keyturn/jira", "token")).isEqualTo("canary-1");
        assertThat(secret(
                        moto.environment("AWS_REGION", "us-east-2"),
                        "arn:aws:secretsmanager:eu-west-1:123456789012:secret:whole",
                        ""))
                .isEqualTo("canary-2");
    }

    @Test
    void a_field_that_is_not_there_is_told_without_a_word_of_the_value() {
        String place = "could not look up the secret of ${secretsmanager:";
        String in = "} in Secrets Manager of eu-west-1: ";

        assertThat(secret(moto.environment(), "keyturn/jira", "tokn"))
                .isEqualTo(place + "keyturn/jira#tokn" + in + "its JSON has no field tokn; did you mean #token?");
        assertThat(secret(moto.environment(), "keyturn/jira", "elsewhere")).endsWith("; name a field that it has");
        assertThat(secret(moto.environment(), "keyturn/jira", "ports"))
                .endsWith("the field ports of its JSON is no text; store it as a text");
        assertThat(secret(moto.environment(), "whole", "token"))
                .isEqualTo(place + "whole#token" + in + "its value is not a JSON object, so there is no field in it;"
                        + " leave out #token, or store a JSON object");
        assertThat(secret(moto.environment(), "bytes", ""))
                .endsWith("it holds bytes and no text; store the secret as text");
        assertThat(secret(moto.environment(), "nothing", ""))
                .isEqualTo(place + "nothing" + in + "there is no such secret, or it has no value yet; check its name,"
                        + " and that AWS_REGION names its Region, or write its whole ARN");
    }

    @Test
    void what_may_not_be_read_is_told_with_the_permission() throws Exception {
        try (JsonAws denying = new JsonAws()) {
            denying.answer(400, "AccessDeniedException", "User ann is not authorized to perform: that");

            assertThat(ssm(denying.environment(), "/a"))
                    .isEqualTo("could not look up the secret of ${ssm:/a} in SSM of eu-west-1: AWS answered"
                            + " AccessDeniedException (User ann is not authorized to perform: that); allow these"
                            + " credentials ssm:GetParameter on the parameter, and kms:Decrypt on a key of your own");
            assertThat(secret(denying.environment(), "a", ""))
                    .endsWith("; allow these credentials secretsmanager:GetSecretValue on the secret, and kms:Decrypt"
                            + " on a key of your own");
            assertThat(told(denying.environment(), secrets -> secrets.find(new SecretReference.Credstash("a"))))
                    .endsWith("; allow these credentials dynamodb:Query on the table");
        }
    }

    @Test
    void a_passing_fault_is_asked_again() throws Exception {
        try (JsonAws flaky = new JsonAws()) {
            flaky.once(500, "InternalServerError", "a moment");
            flaky.answer(200, "", "{\"Parameter\":{\"Name\":\"/a\",\"Value\":\"late\"}}");

            assertThat(ssm(flaky.environment(), "/a")).isEqualTo("late");
        }
    }
}
