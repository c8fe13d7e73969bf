package io.keyturn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What a server refuses before it opens anything. */
class ServeCommandTest {
    private static final String NOBODY_KNOWN =
            "who they are must be known, and the way to them safe; name the address that people open with --url https://…,"
                    + " a proxy that signs them in with --proxy-token or --proxy-secret, or an identity provider with"
                    + " --oidc-issuer and --oidc-client, and their groups with --role, or listen on 127.0.0.1";

    @TempDir
    Path folder;

    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        Map<String, String> environment = Map.of("HOME", folder.toString(), "SHORT", "too short");
        CommandLine line = Keyturn.commandLine(environment, arguments).setErr(new PrintWriter(err, true));
        line.setOut(new PrintWriter(new StringWriter()));
        return line.execute(arguments);
    }

    @Test
    void beyond_this_machine_it_is_not_served_without_knowing_who_comes() {
        assertThat(run("serve", "--listen", "0.0.0.0:0")).isEqualTo(2);
        assertThat(err)
                .hasToString("keyturn: not served to others than this machine (0.0.0.0): " + NOBODY_KNOWN
                        + System.lineSeparator());
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void half_a_proxy_is_none() {
        assertThat(run("serve", "--url", "https://keyturn.example.com", "--role", "viewer=all"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("not served to people from elsewhere: " + NOBODY_KNOWN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--oidc-client keyturn|people sign in at an identity provider by --oidc-issuer and --oidc-client together, and not both are",
                "--oidc-client keyturn --oidc-issuer http://login.example.com|the identity provider is named by its https address",
                "--oidc-client keyturn --oidc-issuer http://127.0.0.1:1|the identity provider http://127.0.0.1:1 did not describe",
                "--oidc-secret hunter2 --oidc-client keyturn --oidc-issuer https://l.example|--oidc-secret takes a reference such as",
                "--proxy-token X-Jwt --proxy-secret ${env:SHORT}|people come in by one way: leave out --proxy-secret or",
                "--proxy-token X-Jwt|a proxy that signs is known by --proxy-token, --proxy-keys and --proxy-issuer together",
                "--proxy-token X-Jwt --proxy-issuer i --proxy-keys http://k.example|name its audience, or the load balancer",
                "--proxy-token X-Jwt --proxy-issuer i --proxy-audience a --proxy-keys http://k.example|from an https address",
                "--proxy-token X-Jwt --proxy-issuer i --proxy-audience a --proxy-keys ${env:SHORT}|no public key or certificate",
                "--proxy-token X:Y --proxy-issuer i --proxy-audience a --proxy-keys https://k.example|a header has a name such as",
                "--oidc-client keyturn --proxy-secret ${env:SHORT}|people come in by one way: leave out --proxy-secret or"
            })
    void an_identity_provider_that_cannot_be_used_is_told_of(String options, String message) {
        String all = "serve --listen 0.0.0.0:0 --url https://k.example --role viewer=all " + options;
        assertThat(run(all.split(" "))).isEqualTo(2);
        assertThat(err.toString()).contains(message).doesNotContain("hunter2", "too short");
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hunter2|--proxy-secret takes a reference such as ${env:NAME} or ${file:/PATH}, and not the secret",
                "${env:NOT_SET}|--proxy-secret names an environment variable that is not set: set NOT_SET",
                "${env:SHORT}|the secret of the proxy has 9 characters, and 32 are the least: make a longer one"
            })
    void a_secret_that_cannot_be_used_is_told_of_and_never_repeated(String secret, String message) {
        assertThat(run("serve", "--url", "https://k.example", "--role", "viewer=all", "--proxy-secret", secret))
                .isEqualTo(2);
        assertThat(err.toString()).contains(message).doesNotContain("hunter2", "too short");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--listen=nowhere|\"nowhere\" is no address to listen on: write 127.0.0.1:8780, or port 0 for any free one",
                "--listen=127.0.0.1:99999|is no address to listen on",
                "--every=5x|\"5x\" is no time such as 6h, 1d or PT90M",
                "--zone=Mars/Olympus|\"Mars/Olympus\" is no time zone such as Europe/Berlin or UTC",
                "--every=1m|runs are ten minutes to 31 days apart, not \"1m\""
            })
    void a_word_that_makes_no_sense_is_told_what_would(String option, String message) {
        assertThat(run("serve", option)).isEqualTo(2);
        assertThat(err.toString()).contains(message, "See keyturn serve --help");
    }

    @Test
    void there_is_one_schedule_and_it_can_be_read() {
        assertThat(run("serve", "--every", "6h", "--cron", "0 6 * * *")).isEqualTo(2);
        assertThat(err.toString()).contains("there is one schedule: leave out --every or --cron");
        assertThat(run("serve", "--cron", "0 25 * * *")).isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "--cron \"0 25 * * *\" is not a cron expression: value 25 not in range [0, 23]; write minute, hour,");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void roles_and_the_address_of_the_proxy_are_read_with_care() {
        assertThat(run(
                        "serve",
                        "--url",
                        "https://k.example",
                        "--role",
                        "boss=all",
                        "--proxy-secret",
                        "${env:SHORT_BUT_ABSENT}"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--proxy-secret names an environment variable");
        assertThat(run("demo", "--serve", "--listen", "0.0.0.0:0")).isEqualTo(2);
        assertThat(err.toString()).contains("the demo is served to this machine alone: listen on 127.0.0.1");
    }
}
