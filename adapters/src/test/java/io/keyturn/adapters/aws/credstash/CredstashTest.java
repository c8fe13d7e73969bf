package io.keyturn.adapters.aws.credstash;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.adapters.aws.AwsEnvironment;
import io.keyturn.adapters.aws.Moto;
import io.keyturn.adapters.aws.secrets.AwsSecrets;
import io.keyturn.engine.port.CredentialStore;
import io.keyturn.engine.port.SecretFailure;
import io.keyturn.engine.port.SecretReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.kms.KmsClient;

/** The real credstash and this reader on one table: each reads what the other wrote. */
class CredstashTest {
    private static final String TABLE = "credential-store";
    private static final String PLACE = " in credstash's table credential-store in eu-west-1: ";

    @TempDir
    static Path folder;

    private static Moto moto;
    private static SdkHttpClient http;
    private static DynamoDbClient table;
    private static KmsClient kms;
    private static CredstashWriter writer;

    @BeforeAll
    static void start() throws Exception {
        moto = Moto.start();
        http = AwsEnvironment.connections();
        AwsEnvironment aws = new AwsEnvironment(moto.environment());
        table = aws.configure(DynamoDbClient.builder(), "DYNAMODB", Region.EU_WEST_1, http)
                .credentialsProvider(aws.credentials())
                .build();
        kms = aws.configure(KmsClient.builder(), "KMS", Region.EU_WEST_1, http)
                .credentialsProvider(aws.credentials())
                .build();
        String key = kms.createKey().keyMetadata().keyId();
        kms.createAlias(r -> r.aliasName("alias/credstash").targetKeyId(key));
        credstash("setup");
        writer = new CredstashWriter(table, kms, TABLE);
    }

    @AfterAll
    static void stop() throws Exception {
        table.close();
        kms.close();
        http.close();
        moto.close();
    }

    /** Runs the real one; what it wrote to standard output. */
    private static String credstash(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("keyturn.python", "python3"))
                .resolveSibling("credstash")
                .toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().putAll(moto.environment("AWS_DEFAULT_REGION", "eu-west-1", "HOME", folder.toString()));
        Path errors = folder.resolve("credstash.err");
        Process process = builder.redirectError(errors.toFile()).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
        return out;
    }

    private static String read(String name) {
        return read(name, CredentialStore.USUAL);
    }

    private static String read(String name, CredentialStore store) {
        return read(name, store, moto.environment());
    }

    private static String read(String name, CredentialStore store, Map<String, String> environment) {
        try (AwsSecrets secrets = new AwsSecrets(environment, store)) {
            return secrets.find(new SecretReference.Credstash(name)).reveal();
        } catch (SecretFailure failure) {
            return failure.problem().sentence();
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_credstash_stored_is_read_whatever_its_digest(Digest digest) throws Exception {
        credstash("put", "--digest", digest.name(), "from." + digest, "grüße = ${x}\n" + digest);

        assertThat(read("from." + digest)).isEqualTo("grüße = ${x}\n" + digest);
    }

    @ParameterizedTest
    @EnumSource
    void credstash_reads_what_was_written_for_it_whatever_its_digest(Digest digest) throws Exception {
        writer.put("to." + digest, 1, "grüße " + digest, digest, CredstashWriter.Form.HEX_BYTES, Map.of());

        assertThat(credstash("get", "--noline", "to." + digest)).isEqualTo("grüße " + digest);
    }

    @ParameterizedTest
    @EnumSource
    void every_form_of_the_hmac_is_read(CredstashWriter.Form form) {
        writer.put("hmac." + form, 1, "as " + form, Digest.SHA256, form, Map.of());

        assertThat(read("hmac." + form)).isEqualTo("as " + form);
    }

    @Test
    void the_newest_version_is_the_highest_number_and_not_the_last_written() throws Exception {
        credstash("put", "--version", "10", "many", "tenth");
        credstash("put", "--version", "9", "many", "ninth");

        assertThat(read("many")).isEqualTo("tenth");
        credstash("put", "--autoversion", "many", "eleventh");
        assertThat(read("many")).isEqualTo("eleventh");
    }

    @Test
    void an_encryption_context_must_be_the_one_it_was_stored_with() throws Exception {
        credstash("put", "bound", "secret-in-context", "app=keyturn", "env=prod");
        CredentialStore right = new CredentialStore(TABLE, null, null, null, Map.of("app", "keyturn", "env", "prod"));
        CredentialStore wrong = new CredentialStore(TABLE, null, null, null, Map.of("app", "other"));

        assertThat(read("bound", right)).isEqualTo("secret-in-context");
        assertThat(read("bound"))
                .startsWith("could not look up the secret of ${credstash:bound}" + PLACE
                        + "its data key could not be decrypted by KMS of eu-west-1: AWS answered InvalidCiphertext")
                .endsWith("; name the context that it was stored with as credstash.context");
        assertThat(read("bound", wrong)).endsWith("; check that credstash.context is the one that it was stored with");
    }

    @Test
    void another_table_region_and_profile_are_used_where_they_are_named() throws Exception {
        Files.writeString(folder.resolve("config"), """
                [profile vault]
                region = eu-west-1
                aws_access_key_id = AKIATESTTESTTESTTEST
                aws_secret_access_key = secret
                """);
        credstash("--table", "other-store", "setup");
        credstash("--table", "other-store", "put", "elsewhere", "found");
        Map<String, String> environment = new HashMap<>(moto.environment());
        environment.keySet().removeAll(List.of("AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"));
        environment.put("AWS_CONFIG_FILE", folder.resolve("config").toString());
        environment.put("AWS_SHARED_CREDENTIALS_FILE", folder.resolve("none").toString());

        assertThat(read("elsewhere", new CredentialStore("other-store", null, null, "vault", Map.of()), environment))
                .as("the profile's Region")
                .isEqualTo("found");
        assertThat(read(
                        "elsewhere",
                        new CredentialStore("other-store", "eu-central-1", null, "vault", Map.of()),
                        environment))
                .isEqualTo("could not look up the secret of ${credstash:elsewhere} in credstash's table other-store in"
                        + " eu-central-1: there is no such table; name credstash's table and Region under `credstash`");
        assertThat(read("elsewhere", new CredentialStore("other-store", null, null, "valt", Map.of()), environment))
                .isEqualTo("could not look up the secret of ${credstash:elsewhere} in profile valt: the shared AWS"
                        + " files define no such profile; did you mean \"vault\"?");
    }

    @Test
    void a_credential_that_is_not_there_is_told() {
        assertThat(read("nobody"))
                .isEqualTo("could not look up the secret of ${credstash:nobody}" + PLACE
                        + "there is no such credential; `credstash list` shows those that are there");
    }

    @Test
    void what_was_changed_after_it_was_stored_is_an_error_and_never_a_value() throws Exception {
        credstash("put", "damaged", "canary-K7MDENG");
        change("damaged", "contents", AttributeValue.fromS("AAAA"));

        assertThat(read("damaged"))
                .isEqualTo("could not look up the secret of ${credstash:damaged}" + PLACE
                        + "it does not match its HMAC: it was changed or damaged after it was stored;"
                        + " find out by whom, and store it again with `credstash put`");
        change("damaged", "hmac", AttributeValue.fromS("not hexadecimal"));
        assertThat(read("damaged")).contains("the hmac of its item is not hexadecimal");
        change("damaged", "digest", AttributeValue.fromS("CRC32"));
        assertThat(read("damaged")).contains("it was stored with a digest that is not known");
        change("damaged", "digest", AttributeValue.fromS("SHA256"));
        change("damaged", "key", AttributeValue.fromS("%%%"));
        assertThat(read("damaged"))
                .contains("the key of its item is not base64; store it again with `credstash put`")
                .doesNotContain("canary");
    }

    @Test
    void another_digest_than_it_was_made_with_is_an_error() throws Exception {
        credstash("put", "--digest", "SHA512", "mixed", "canary-K7MDENG");
        change("mixed", "digest", AttributeValue.fromS("SHA256"));

        assertThat(read("mixed")).contains("does not match its HMAC").doesNotContain("canary");
    }

    private static void change(String name, String attribute, AttributeValue value) {
        Map<String, AttributeValue> key = Map.of(
                "name", AttributeValue.fromS(name),
                "version", AttributeValue.fromS("%019d".formatted(1)));
        table.updateItem(r -> r.tableName(TABLE)
                .key(key)
                .updateExpression("SET #a = :v")
                .expressionAttributeNames(Map.of("#a", attribute))
                .expressionAttributeValues(Map.of(":v", value)));
    }
}
