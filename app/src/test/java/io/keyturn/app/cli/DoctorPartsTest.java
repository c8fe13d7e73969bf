package io.keyturn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.keyturn.sandbox.http.DoorOptions;
import io.keyturn.sandbox.http.SandboxServer;
import io.keyturn.sandbox.world.World;
import io.keyturn.sandbox.world.WorldSpec;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the doctor says of the store, of mail and of secrets. */
@Timeout(120)
class DoctorPartsTest {
    private static final String SECRET = "xoxb-canary-4711";

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final Map<String, String> environment = new HashMap<>();

    /** Answers of SES by the end of the path: status and body. */
    private final Map<String, String> ses = new TreeMap<>(Map.of(
            "/account", "200 {\"SendingEnabled\":true,\"ProductionAccessEnabled\":true}",
            "/keys@example.com", "200 {\"VerifiedForSendingStatus\":true}",
            "/suppression", "404 NotFoundException"));

    @Test
    void a_store_that_is_there_is_opened_and_stays_as_it_was() throws Exception {
        Path store = folder.resolve("store.db");
        environment.put("USER", "ops");
        assertThat(run("stop", "--why", "incident 42", "--store", store.toString()))
                .isZero();
        byte[] before = Files.readAllBytes(store);

        assertThat(doctor("--store", store.toString())).isZero();

        assertThat(out.toString())
                .containsIgnoringWhitespaces("store.db: can be written, version 1")
                .contains("● leases", "none is held")
                .containsPattern("▲ stop +everything is stopped: .*incident 42");
        assertThat(Files.readAllBytes(store)).isEqualTo(before);
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(store);
        }
    }

    @Test
    void a_store_of_a_newer_version_is_refused() throws Exception {
        Path store = made("PRAGMA application_id = 0x4b54524e", "PRAGMA user_version = 99");

        assertThat(doctor("--store", store.toString())).isEqualTo(Keyturn.NOT_READ);

        assertThat(out.toString())
                .contains("◆ store")
                .containsIgnoringWhitespaces("a newer Keyturn wrote it")
                .containsIgnoringWhitespaces("its tables are of version 99, this one knows 1; update Keyturn");
    }

    @Test
    void a_store_that_has_no_tables_yet_gets_none() throws Exception {
        Path store = made("PRAGMA application_id = 0x4b54524e");
        byte[] before = Files.readAllBytes(store);

        assertThat(doctor("--store", store.toString())).isZero();

        assertThat(out.toString()).containsIgnoringWhitespaces("version 0, which the next run brings up to date");
        assertThat(Files.readAllBytes(store)).isEqualTo(before);
    }

    @Test
    void a_store_that_somebody_holds_locked_is_told() throws Exception {
        Path store = made("PRAGMA application_id = 0x4b54524e");
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + store);
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN EXCLUSIVE");

            assertThat(doctor("--store", store.toString())).isEqualTo(Keyturn.NOT_READ);
        }

        assertThat(out.toString()).contains("◆ store").containsIgnoringWhitespaces("another process holds it locked");
    }

    @Test
    void what_is_no_store_is_told_and_so_is_a_folder_that_is_none() throws Exception {
        Path file = Files.writeString(folder.resolve("notes.txt"), "x".repeat(2000));

        assertThat(doctor("--store", file.toString())).isEqualTo(Keyturn.NOT_READ);
        assertThat(out.toString()).containsIgnoringWhitespaces("the file is damaged or no SQLite file");
        assertThat(doctor("--store", file.resolve("keyturn.db").toString())).isEqualTo(Keyturn.NOT_READ);
        assertThat(out.toString())
                .containsIgnoringWhitespaces(
                        "notes.txt is no folder; name another file as the store, or mend the folder");
    }

    @Test
    void a_lease_that_is_held_is_named_with_its_holder() throws Exception {
        Path store = folder.resolve("store.db");
        assertThat(run("stop", "--why", "x", "--store", store.toString())).isZero();
        write(
                store,
                "INSERT INTO registers VALUES ('lease/111122223333', 1, '{\"worker\":\"process 7\",\"until\":\""
                        + Instant.now().plusSeconds(60) + "\"}')");

        assertThat(doctor("--store", store.toString())).isZero();
        assertThat(out.toString()).contains("1 held: 111122223333 by process 7");

        write(store, "UPDATE registers SET value = 'not json' WHERE name LIKE 'lease/%'");
        assertThat(doctor("--store", store.toString())).isEqualTo(Keyturn.NOT_READ);
        assertThat(out.toString())
                .containsIgnoringWhitespaces("could not read the lease")
                .contains("◆ leases");
    }

    @Test
    void mail_that_works_is_told_and_none_is_sent() throws Exception {
        assertThat(mail("")).isZero();

        assertThat(out.toString())
                .containsPattern("● +mail by SES +by SES in eu-west-1")
                .contains("keys@example.com is verified", "is seen in the suppression list");
    }

    @Test
    void a_sender_that_is_not_verified_is_told_unless_its_domain_is() throws Exception {
        ses.remove("/keys@example.com");
        assertThat(mail("")).isEqualTo(Keyturn.NOT_READ);
        assertThat(out.toString())
                .containsIgnoringWhitespaces(
                        "neither it nor example.com is verified in eu-west-1; verify one of them in SES");

        ses.put("/example.com", "200 {\"VerifiedForSendingStatus\":true}");
        assertThat(mail("")).isZero();
        assertThat(out.toString()).contains("example.com is verified");
    }

    @Test
    void paused_sending_does_not_work_and_the_sandbox_of_ses_is_said() throws Exception {
        ses.put("/account", "200 {\"SendingEnabled\":false,\"ProductionAccessEnabled\":true}");
        assertThat(mail("")).isEqualTo(Keyturn.NOT_READ);
        assertThat(out.toString()).contains("SES in eu-west-1 has sending switched off");

        ses.put("/account", "200 {\"SendingEnabled\":true,\"ProductionAccessEnabled\":false}");
        assertThat(mail("")).isZero();
        assertThat(out.toString()).containsIgnoringWhitespaces("it writes to verified addresses alone");
    }

    @Test
    void bounces_that_cannot_be_seen_stand_in_the_way_unless_that_is_accepted() throws Exception {
        ses.put("/suppression", "403 AccessDeniedException");

        assertThat(mail("")).isEqualTo(Keyturn.NOT_READ);
        assertThat(out.toString())
                .containsIgnoringWhitespaces("no letter counts as placed, so none leads to a change")
                .contains("\"ses:GetSuppressedDestination\"");
        assertThat(mail(", accept: handed-over")).isZero();
    }

    @Test
    void what_may_not_be_asked_of_ses_is_not_known_and_holds_nobody_up() throws Exception {
        ses.put("/account", "403 AccessDeniedException");

        assertThat(mail("")).isZero();

        assertThat(out.toString()).contains("not known: ses:GetAccount is denied", "\"ses:GetAccount\"");
    }

    @Test
    void an_answer_that_is_not_of_ses_is_not_known_and_counts() throws Exception {
        ses.put("/account", "500 InternalFailure");

        assertThat(mail("")).isEqualTo(Keyturn.NOT_READ);
        assertThat(out.toString()).contains("ses:GetAccount: AWS answered InternalFailure");
    }

    @Test
    void a_secret_is_looked_for_and_never_shown() throws Exception {
        Path config = Files.writeString(folder.resolve("keyturn.yaml"), """
                channels:
                  slack: {token: "${env:SLACK_TOKEN}"}
                  webhook: {url: "${file:/nowhere/url}"}
                  jira: {url: "https://example.atlassian.net", project: OPS, token: "${ssm:/jira/token}"}
                """);
        environment.put("SLACK_TOKEN", SECRET);
        environment.put("KEYTURN_SLACK_API_URL", "http://127.0.0.1:9/");

        assertThat(doctor("--config", config.toString())).isEqualTo(Keyturn.NOT_READ);

        assertThat(out.toString().replaceAll("\\s+", " "))
                .containsPattern("● channels.slack.token +its secret is there")
                .contains("could not look up the secret of ${file:/nowhere/url}: it names a file that cannot be read")
                .contains("could not look up the secret of ${ssm:/jira/token} in SSM of ")
                .containsPattern("◌ slack +could not use auth.test of Slack")
                .doesNotContain(SECRET);
    }

    private Path made(String... sql) throws SQLException {
        Path store = folder.resolve("store.db");
        write(store, sql);
        return store;
    }

    private static void write(Path store, String... sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + store);
                Statement statement = connection.createStatement()) {
            for (String one : sql) {
                statement.execute(one);
            }
        }
    }

    private int mail(String more) throws IOException {
        Path config = Files.writeString(
                folder.resolve("keyturn.yaml"),
                "channels:\n  email: {from: keys@example.com, region: eu-west-1" + more + "}\n");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                assertThat(exchange.getRequestMethod()).as("nothing is sent").isEqualTo("GET");
                String path = exchange.getRequestURI().getPath();
                String answer = ses.entrySet().stream()
                        .filter(entry -> path.contains("/suppression/")
                                ? entry.getKey().equals("/suppression")
                                : path.endsWith(entry.getKey()))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse("404 NotFoundException");
                int status = Integer.parseInt(answer.substring(0, 3));
                byte[] bytes = (status == 200 ? answer.substring(4) : "{}").getBytes(StandardCharsets.UTF_8);
                if (status != 200) {
                    exchange.getResponseHeaders().set("x-amzn-ErrorType", answer.substring(4));
                }
                exchange.sendResponseHeaders(status, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
        server.start();
        environment.put(
                "AWS_ENDPOINT_URL_SESV2",
                "http://127.0.0.1:" + server.getAddress().getPort());
        try {
            return doctor("--config", config.toString());
        } finally {
            server.stop(0);
        }
    }

    private int doctor(String option, String value) throws IOException {
        World world = World.generate(new WorldSpec(3, 1, 10, 0.1, Instant.now()));
        try (SandboxServer server = SandboxServer.start(world, DoorOptions.defaults(), InstantSource.system())) {
            environment.put("AWS_ENDPOINT_URL", server.endpoint().toString());
            environment.put("AWS_ACCESS_KEY_ID", server.accessKeyId());
            environment.put("AWS_SECRET_ACCESS_KEY", server.secretAccessKey());
            environment.put("AWS_REGION", "us-east-1");
            return run("doctor", option, value);
        }
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("HOME", folder.toString());
        return Keyturn.commandLine(environment)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(new StringWriter()))
                .execute(arguments);
    }
}
