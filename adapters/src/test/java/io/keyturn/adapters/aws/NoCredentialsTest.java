package io.keyturn.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where no credentials are to be had, people read what lacks, and no names of classes. */
class NoCredentialsTest {
    private static final String NONE =
            "no credentials were found in the environment, the AWS profiles, a container or an instance";

    @TempDir
    private Path folder;

    /** What is said where the shared file is this and the environment names that profile. */
    private String said(String file, String... profile) throws Exception {
        Map<String, String> environment = new HashMap<>(Map.of(
                "AWS_CONFIG_FILE",
                        Files.writeString(folder.resolve("config"), file).toString(),
                "AWS_SHARED_CREDENTIALS_FILE", folder.resolve("none").toString(),
                "AWS_EC2_METADATA_DISABLED", "true"));
        for (String name : profile) {
            environment.put("AWS_PROFILE", name);
        }
        CallFailure failure = CallFailure.of(
                catchThrowable(() -> new Credentials(environment).ambient().resolveCredentials()));
        assertThat(failure.badCredentials()).isTrue();
        return failure.why();
    }

    @Test
    void nothing_anywhere() throws Exception {
        assertThat(said("")).isEqualTo(NONE);
    }

    @Test
    void a_profile_that_is_not_there() throws Exception {
        assertThat(said("[default]\n", "production"))
                .isEqualTo(NONE + " (profile production has none, or is not there)");
    }

    @Test
    void a_profile_whose_way_to_credentials_fails() throws Exception {
        assertThat(said("[default]\ncredential_process = /bin/false\n"))
                .isEqualTo(NONE + " (Failed to refresh process-based credentials)");
        assertThat(
                        said(
                                "[default]\nsso_session = s\nsso_account_id = 111122223333\nsso_role_name = r\n"
                                        + "[sso-session s]\nsso_region = eu-west-1\nsso_start_url = https://example.awsapps.com/start\n"))
                .startsWith(NONE + " (")
                .doesNotContain("CredentialsProvider(", "ProfileFile(");
    }
}
