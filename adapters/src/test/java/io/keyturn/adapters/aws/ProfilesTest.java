package io.keyturn.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.engine.port.AccountEntry;
import io.keyturn.engine.port.AccountSource;
import io.keyturn.engine.port.KeyIdMemory;
import io.keyturn.engine.port.Meter;
import io.keyturn.engine.port.ReadMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Profiles of the shared AWS files. */
class ProfilesTest {
    private static final String ENDPOINT = "aws.endpointUrl";

    @TempDir
    Path folder;

    private FakeAws aws;

    @BeforeEach
    void start() throws Exception {
        aws = new FakeAws();
        // The SDK makes its own client for a profile's role, and takes that one's endpoint from the process.
        System.setProperty(ENDPOINT, aws.environment().get("AWS_ENDPOINT_URL"));
    }

    @AfterEach
    void stop() {
        System.clearProperty(ENDPOINT);
        aws.close();
    }

    private AccountEntry entry(String profile, String config) throws Exception {
        Path file = Files.writeString(folder.resolve("config"), config);
        Map<String, String> environment = new HashMap<>(aws.environment());
        environment.put("AWS_CONFIG_FILE", file.toString());
        environment.put("AWS_SHARED_CREDENTIALS_FILE", folder.resolve("none").toString());
        environment.put("HOME", folder.toString());
        AwsSettings settings = new AwsSettings(
                List.of(new AccountSource.Profile(profile, null, false)),
                ReadMode.LIVE,
                Duration.ofSeconds(30),
                false,
                environment,
                "test");
        List<AccountEntry> entries = new ArrayList<>();
        try (AwsAccounts accounts = new AwsAccounts(settings, KeyIdMemory.NONE, new Meter(), InstantSource.system())) {
            accounts.each(entries::add);
        }
        return entries.getFirst();
    }

    private static final String BASE =
            "[profile base]\naws_access_key_id = AKIABASEBASEBASEBASE\naws_secret_access_key = s\n";

    @Test
    void theRoleOfAProfileWithoutARegionIsAssumedWhereTheEnvironmentSays() throws Exception {
        aws.on(
                "AssumeRole",
                r -> "<Credentials><AccessKeyId>ASIATESTTESTTESTTEST</AccessKeyId><SecretAccessKey>s"
                        + "</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>"
                        + "</Credentials>");

        AccountEntry entry = entry(
                "dev",
                BASE + "[profile dev]\nsource_profile = base\nrole_arn = arn:aws:iam::111122223333:role/reader\n");

        assertThat(entry).isInstanceOf(AccountEntry.Readable.class);
        assertThat(aws.count("AssumeRole")).isEqualTo(1);
    }

    @Test
    void aRoleOfASourceProfileIsAssumed() throws Exception {
        aws.on(
                "AssumeRole",
                r -> "<Credentials><AccessKeyId>ASIATESTTESTTESTTEST</AccessKeyId><SecretAccessKey>s"
                        + "</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>"
                        + "</Credentials>");
        AccountEntry entry = entry(
                "dev",
                BASE + "[profile dev]\nregion = eu-west-1\nsource_profile = base\n"
                        + "role_arn = arn:aws:iam::111122223333:role/reader\nexternal_id = x\n");
        assertThat(entry).isInstanceOf(AccountEntry.Readable.class);
        assertThat(aws.count("AssumeRole")).isEqualTo(1);
    }

    @Test
    void aRoleThatMayNotBeAssumedIsUnreachableWithAwssWord() throws Exception {
        aws.denied("AssumeRole");
        AccountEntry entry = entry(
                "dev",
                BASE + "[profile dev]\nregion = eu-west-1\nsource_profile = base\n"
                        + "role_arn = arn:aws:iam::111122223333:role/reader\n");
        assertThat(entry)
                .isInstanceOfSatisfying(
                        AccountEntry.Unreachable.class,
                        unreachable ->
                                assertThat(unreachable.problem().sentence()).contains("profile dev", "AccessDenied"));
    }

    @Test
    void aSourceProfileThatIsMissingIsUnreachableWithItsName() throws Exception {
        AccountEntry entry =
                entry("dev", "[profile dev]\nsource_profile = bse\nrole_arn = arn:aws:iam::111122223333:role/reader\n");
        assertThat(entry)
                .isInstanceOfSatisfying(
                        AccountEntry.Unreachable.class,
                        unreachable ->
                                assertThat(unreachable.problem().sentence()).contains("bse"));
    }

    @Test
    void aLoginThatIsMissingIsUnreachableAndToldHowToLogIn() throws Exception {
        AccountEntry entry = entry(
                "sso",
                "[profile sso]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = r\n"
                        + "region = eu-west-1\n[sso-session corp]\nsso_region = eu-west-1\n"
                        + "sso_start_url = https://example.awsapps.com/start\n");
        assertThat(entry)
                .isInstanceOfSatisfying(
                        AccountEntry.Unreachable.class,
                        unreachable ->
                                assertThat(unreachable.problem().sentence()).contains("profile sso", "aws sso login"));
    }
}
