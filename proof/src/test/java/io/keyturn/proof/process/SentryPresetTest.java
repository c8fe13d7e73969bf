package io.keyturn.proof.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.keyturn.proof.moto.AgedMoto;
import io.keyturn.proof.moto.AgedMoto.Person;
import io.keyturn.proof.process.Tool.Ended;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Keyturn in the place of sentry, in its users' environment, as a whole process or within this one, on moto. */
@Timeout(120)
class SentryPresetTest {
    /** Late on that day, so that 24 hours and days of the calendar differ nearly always. */
    private static final Instant LATE =
            LocalDate.now(ZoneOffset.UTC).minusDays(90).atTime(23, 59, 59).toInstant(ZoneOffset.UTC);

    private static final Instant EARLY =
            LocalDate.now(ZoneOffset.UTC).minusDays(89).atStartOfDay().toInstant(ZoneOffset.UTC);
    private static final String TOPIC = "arn:aws:sns:ap-south-1:123456789012:SecOps";
    private static final String HEAD = "{\n    \"Users\": [\n";
    private static final String TAIL = """
                }
            ],
            "Description": "List of users with Key Age greater than (>=) 90 days",
            "KeyAgeCutOff": 90,
            "OldKeyCount": "Found 3 Keys that are older than 90 days\"""".stripIndent();

    private static AgedMoto moto;
    private static AgedMoto empty;

    @TempDir
    private static Path folder;

    @TempDir
    private Path home;

    private Tool tool;

    @BeforeAll
    static void start() throws Exception {
        Instant old = LATE.minus(37, ChronoUnit.DAYS);
        moto = AgedMoto.start(
                Person.of("ann", AgedMoto.key(LATE, true), AgedMoto.key(EARLY, true)),
                Person.of("bob", AgedMoto.key(old, false), AgedMoto.key(old, true)),
                Person.of("carl"));
        moto.python("""
                sns, sqs = boto3.client("sns", region_name="ap-south-1"), boto3.client("sqs", region_name="ap-south-1")
                url = sqs.create_queue(QueueName="read")["QueueUrl"]
                arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
                sns.subscribe(TopicArn=sns.create_topic(Name="SecOps")["TopicArn"], Protocol="sqs", Endpoint=arn,
                              Attributes={"RawMessageDelivery": "true"})
                """);
        empty = AgedMoto.start();
    }

    @AfterAll
    static void stop() throws Exception {
        moto.close();
        empty.close();
    }

    @BeforeEach
    void open() {
        tool = on(moto);
    }

    private Tool on(AgedMoto world) {
        Tool made = new Tool(home).inside().with("SecOpsTopicArn", TOPIC);
        world.environment().forEach(made::with);
        return made;
    }

    /** Everything that was posted since the last time, each followed by a line end. */
    private static String posted() throws Exception {
        return moto.python("""
                sqs = boto3.client("sqs", region_name="ap-south-1")
                url = sqs.get_queue_url(QueueName="read")["QueueUrl"]
                while messages := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
                    for one in messages:
                        print(one["Body"])
                        sqs.delete_message(QueueUrl=url, ReceiptHandle=one["ReceiptHandle"])
                """);
    }

    private static String entry(String user, long days) {
        return "        {\n            \"UserName\": \"" + user + "\",\n            \"KeyAgeInDays\": " + days + "\n";
    }

    /** As the tool writes it, up to the member that only the printed one has. */
    private static String list() {
        return HEAD + entry("ann", 90) + "        },\n" + entry("bob", 127) + "        },\n" + entry("bob", 127)
                + TAIL.indent(4).stripTrailing();
    }

    @Test
    void the_exact_list_is_posted_and_printed_with_what_came_of_it() throws Exception {
        Ended ended = tool.apart().run("run", "--preset", "sentry");

        assertThat(ended.said()).isEmpty();
        assertThat(ended.exit()).isZero();
        assertThat(ended.out()).isEqualTo(list() + ",\n    \"SecOpsEmailed\": \"Yes\"\n}\n");
        assertThat(posted()).isEqualTo(list() + "\n}\n");
    }

    @Test
    void it_is_what_the_tools_own_language_would_write() throws Exception {
        String printed = tool.run("run", "--preset", "sentry", "--dry-run").out();

        assertThat(moto.python("import json\nprint(json.dumps(json.loads('''" + printed + "'''), indent=4))"))
                .isEqualTo(printed);
    }

    @Test
    void no_file_is_written_and_the_home_may_be_read_only() throws Exception {
        Path nowhere = Path.of("/proc/nowhere");

        assertThat(tool.apart()
                        .with("HOME", nowhere.toString())
                        .run("run", "--preset", "sentry")
                        .exit())
                .isZero();
        posted();
        assertThat(tool.with("HOME", home.toString())
                        .run("run", "--preset", "sentry")
                        .exit())
                .isZero();
        posted();
        try (Stream<Path> files = Files.walk(home)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString()))
                    .allMatch(name -> name.startsWith("out") || name.startsWith("err"));
        }
    }

    @Test
    void an_account_without_keys_is_posted_as_none() throws Exception {
        empty.python("boto3.client('sns', region_name='ap-south-1').create_topic(Name='SecOps')");

        Ended ended = on(empty).run("run", "--preset", "sentry");

        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(ended.out()).isEqualTo("""
                {
                    "Users": [],
                    "Description": "List of users with Key Age greater than (>=) 90 days",
                    "KeyAgeCutOff": 90,
                    "OldKeyCount": "Found 0 Keys that are older than 90 days",
                    "SecOpsEmailed": "Yes"
                }
                """);
    }

    @Test
    void a_wrong_or_missing_topic_is_told_in_the_result_and_no_crash() throws Exception {
        for (String wrong : new String[] {"", TOPIC.replace("ap-south-1", "eu-west-1")}) {
            Ended ended = tool.with("SecOpsTopicArn", wrong).run("run", "--preset", "sentry");

            assertThat(ended.out())
                    .isEqualTo(list() + ",\n    \"SecOpsEmailed\": \"No - SecOpsTopicArn is Incorrect\"\n}\n");
            assertThat(ended.exit()).isEqualTo(3);
            assertThat(ended.said()).startsWith("keyturn: could not make use of the SNS topic ");
        }
        assertThat(posted()).isEmpty();
    }

    @Test
    void one_users_keys_that_cannot_be_read_hold_up_nobody_and_every_page_is_read() throws Exception {
        try (Between aws = new Between(moto.environment().get("AWS_ENDPOINT_URL"))) {
            aws.pages(1);
            aws.refuse("Action=ListAccessKeys", "UserName=ann");
            Ended ended = tool.with("AWS_ENDPOINT_URL", aws.url()).run("run", "--preset", "sentry");

            assertThat(ended.exit()).isEqualTo(3);
            assertThat(ended.out())
                    .contains("Found 2 Keys", "\"UserName\": \"bob\"", "\"NotRead\": [", "\"SecOpsEmailed\": \"Yes\"")
                    .doesNotContain("\"ann\"");
            assertThat(posted()).contains("Found 2 Keys", "\"NotRead\": [");
        }
    }

    @Test
    void in_another_partition_its_topic_and_its_users_are_asked() throws Exception {
        empty.python("boto3.client('sns', region_name='cn-north-1').create_topic(Name='SecOps')");

        Ended ended = on(empty)
                .with("AWS_REGION", "cn-north-1")
                .with("SecOpsTopicArn", "arn:aws-cn:sns:cn-north-1:123456789012:SecOps")
                .run("run", "--preset", "sentry");

        assertThat(ended.said()).isEmpty();
        assertThat(ended.exit()).isZero();
        assertThat(ended.out()).contains("Found 0 Keys", "\"SecOpsEmailed\": \"Yes\"");
    }

    @Test
    void a_denied_topic_is_told_with_the_permission() throws Exception {
        try (Denying sns = new Denying("sns")) {
            Ended ended = tool.with("AWS_ENDPOINT_URL_SNS", sns.url()).run("run", "--preset", "sentry");

            assertThat(ended.exit()).isEqualTo(3);
            assertThat(ended.out()).contains("\"SecOpsEmailed\": \"No - SecOpsTopicArn is Incorrect\"");
            assertThat(ended.said())
                    .isEqualTo("keyturn: could not make use of the SNS topic " + TOPIC + ": AWS answered"
                            + " AuthorizationError (not allowed); allow these credentials sns:Publish on the topic,"
                            + " there and in the topic's own policy\n");
        }
    }

    @Test
    void where_users_may_not_be_listed_nothing_is_posted_as_if_there_were_none() throws Exception {
        try (Denying iam = new Denying("iam")) {
            Ended ended = tool.with("AWS_ENDPOINT_URL_IAM", iam.url()).run("run", "--preset", "sentry");

            assertThat(ended.exit()).isEqualTo(3);
            assertThat(ended.out()).contains("\"Found 0 Keys", "\"NotRead\": [", "No - SecOpsTopicArn is Incorrect");
            assertThat(ended.said()).contains("no account that it may tell of was read");
            assertThat(posted()).isEmpty();
        }
    }

    @Test
    void a_dry_run_prints_posts_nothing_and_says_what_does_not_hold() throws Exception {
        Ended ended = tool.with("KEYTURN_PRESET", "sentry").run("run", "--dry-run");

        assertThat(ended.exit()).isZero();
        assertThat(ended.out()).isEqualTo(list() + "\n}\n");
        assertThat(ended.said())
                .contains("relaxed by sentry: no store", "keyturn: dry run: nothing was sent or changed\n");
        assertThat(posted()).isEmpty();
    }

    @Test
    void the_stop_in_the_environment_stops_the_post() throws Exception {
        Ended ended = tool.with("KEYTURN_STOP", "1").run("run", "--preset", "sentry");

        assertThat(ended.exit()).isEqualTo(3);
        assertThat(ended.out()).endsWith("    \"SecOpsEmailed\": \"No - KEYTURN_STOP is set\"\n}\n");
        assertThat(ended.said()).isEqualTo("keyturn: everything is stopped: KEYTURN_STOP is set; unset it to go on\n");
        assertThat(posted()).isEmpty();
    }

    @Test
    void a_container_without_a_command_line_runs_what_its_environment_names() throws Exception {
        Ended ended = tool.apart()
                .with("KEYTURN_PRESET", "sentry")
                .with("key_age", "127")
                .run();

        assertThat(ended.exit()).isZero();
        assertThat(ended.out()).contains("Found 2 Keys that are older than 127 days");
        posted();
    }

    @Test
    void wrong_settings_are_refused_before_anything_is_asked() throws Exception {
        Ended ended = tool.with("key_age", "ninety")
                .with("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
                .run("run", "--preset", "sentry");

        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err())
                .isEqualTo("keyturn: key_age: \"ninety\" is not a whole number of days; write for example 90\n");
        assertThat(tool.run("run", "--preset", "sentry", "--config", "keyturn.yaml")
                        .err())
                .startsWith("keyturn: --config has no meaning with the preset sentry, whose settings are in its own"
                        + " environment\n");
    }

    @Test
    void the_imported_configuration_posts_the_same() throws Exception {
        Ended imported = tool.run("config", "import", "--preset", "sentry");
        assertThat(imported.exit()).isZero();
        Path file = Files.writeString(home.resolve("keyturn.yaml"), imported.out());
        tool.run("run", "--preset", "sentry");
        String byPreset = posted();

        Ended ended = tool.run("run", "--config", file.toString());

        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(posted()).isEqualTo(byPreset).isEqualTo(list() + "\n}\n");
    }

    /** Answers every call of a service with a refusal. */
    private static final class Denying implements AutoCloseable {
        private final HttpServer server;

        Denying(String service) throws IOException {
            String code = service.equals("sns") ? "AuthorizationError" : "AccessDenied";
            byte[] answer = ("<ErrorResponse><Error><Type>Sender</Type><Code>" + code
                            + "</Code><Message>not allowed</Message></Error></ErrorResponse>")
                    .getBytes(StandardCharsets.UTF_8);
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                try (exchange) {
                    exchange.getRequestBody().readAllBytes();
                    exchange.sendResponseHeaders(403, answer.length);
                    exchange.getResponseBody().write(answer);
                }
            });
            server.start();
        }

        String url() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
