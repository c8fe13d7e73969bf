package io.keyturn.proof.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.keyturn.proof.moto.AgedMoto;
import io.keyturn.proof.moto.AgedMoto.Person;
import io.keyturn.proof.process.Tool.Ended;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Keyturn in the place of aws-iam-sleuth, in its users' environment, as a whole process or within this one, on moto. */
@Timeout(180)
class SleuthPresetTest {
    private static final String TOPIC = "arn:aws:sns:us-east-1:123456789012:Keys";

    @TempDir
    private Path folder;

    private final List<String> slack = new CopyOnWriteArrayList<>();
    private final AtomicInteger status = new AtomicInteger(200);
    private HttpServer server;
    private AgedMoto moto;
    private Tool tool;

    private static Instant ago(long days) {
        return Instant.now().minus(Duration.ofDays(days)).minusSeconds(60);
    }

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/services/T0/B0/x", exchange -> {
            try (exchange) {
                slack.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                byte[] answer = (status.get() == 200 ? "ok" : "no_service").getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status.get(), answer.length);
                exchange.getResponseBody().write(answer);
            }
        });
        server.start();
        moto = AgedMoto.start(
                Person.tagged(
                        "old", Map.of("Slack", "U0OLD0001", "Name", "Olga Old"), AgedMoto.used(ago(85), true, ago(1))),
                Person.tagged("overdue", Map.of("Slack", "subteam-SP0001"), AgedMoto.used(ago(100), true, ago(0))),
                Person.tagged("quiet", Map.of("Slack", "<!channel>"), AgedMoto.used(ago(50), true, ago(25))),
                Person.of("never", AgedMoto.key(ago(50), true)),
                Person.tagged("sealed", Map.of("KeyAutoExpire", "False"), AgedMoto.key(ago(400), true)),
                Person.of("off", AgedMoto.key(ago(400), false)),
                Person.of("fresh", AgedMoto.used(ago(3), true, ago(1))));
        moto.python("""
                sns, sqs = boto3.client("sns", "us-east-1"), boto3.client("sqs", "us-east-1")
                url = sqs.create_queue(QueueName="read")["QueueUrl"]
                arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
                sns.subscribe(TopicArn=sns.create_topic(Name="Keys")["TopicArn"], Protocol="sqs", Endpoint=arn)
                """);
        tool = new Tool(folder)
                .inside()
                .with("EXPIRATION_AGE", "90")
                .with("WARNING_AGE", "80")
                .with("INACTIVITY_AGE", "30")
                .with("INACTIVITY_WARNING_AGE", "20")
                .with("EXPIRE_NOTIFICATION_TITLE", "Renew your key")
                .with("EXPIRE_NOTIFICATION_TEXT", "Run ```aws-vault rotate```")
                .with("SLACK_URL", "http://127.0.0.1:" + server.getAddress().getPort() + "/services/T0/B0/x")
                .with("KEYTURN_ALLOW_LOOPBACK", "1")
                .with("SNS_TOPIC", TOPIC);
        moto.environment().forEach(tool::with);
    }

    @AfterEach
    void stop() throws Exception {
        server.stop(0);
        moto.close();
    }

    /** The users with a key that is switched off, in order. */
    private String off() throws Exception {
        return moto.python("""
                iam = boto3.client("iam", "us-east-1")
                names = [u["UserName"] for u in iam.list_users()["Users"]]
                off = [n for n in names for k in iam.list_access_keys(UserName=n)["AccessKeyMetadata"]
                       if k["Status"] == "Inactive"]
                print(" ".join(sorted(off)))
                """).strip();
    }

    /** What was published since the last time: subjects and texts. */
    private String published() throws Exception {
        return moto.python("""
                import json
                sqs = boto3.client("sqs", "us-east-1")
                url = sqs.get_queue_url(QueueName="read")["QueueUrl"]
                while messages := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
                    for one in messages:
                        body = json.loads(one["Body"])
                        print(body["Subject"] + "|" + body["Message"])
                        sqs.delete_message(QueueUrl=url, ReceiptHandle=one["ReceiptHandle"])
                """);
    }

    private static String values(String message) {
        StringBuilder text = new StringBuilder();
        for (JsonNode attachment : JsonMapper.shared().readTree(message).get("attachments")) {
            text.append(attachment.path("color").asString("-"))
                    .append(' ')
                    .append(attachment.path("title").asString())
                    .append('\n');
            if (attachment.has("text")) {
                text.append(attachment.get("text").asString()).append('\n');
            }
            attachment
                    .path("fields")
                    .forEach(
                            field -> text.append(field.path("value").asString()).append('\n'));
        }
        return text.toString();
    }

    @Test
    void keys_past_their_limits_are_switched_off_and_everybody_is_told_once() throws Exception {
        Ended first = tool.apart().with("ENABLE_AUTO_EXPIRE", "true").run("run", "--preset", "sleuth");

        assertThat(first.exit()).as(first.err()).isZero();
        assertThat(first.out()).isEqualTo("{\"statusCode\": 200, \"body\": \"{}\"}\n");
        assertThat(off()).isEqualTo("never off overdue");
        assertThat(slack).hasSize(1);
        assertThat(values(slack.getFirst()).replaceAll("key [A-Z0-9]{4} ", "key XXXX "))
                .isEqualTo("""
                - Renew your key
                Run ```aws-vault rotate```
                #ffff00 Users with access keys expiring due to creation age
                <@U0OLD0001> (old (Olga Old)): key XXXX expires in 5 days due to creation age
                #ff0000 Users with access keys disabled due to creation age
                overdue (<!subteam^SP0001>): key XXXX is disabled due to creation age
                - AWS IAM Key Inactivity Report

                #ffff00 Users with access keys expiring due to inactivity
                quiet: key XXXX expires in 5 days due to inactivity
                #ff0000 Users with access keys disabled due to inactivity
                never: key XXXX is disabled due to inactivity
                """);
        assertThat(published().replaceAll("key [A-Z0-9]{4} ", "key XXXX ")).isEqualTo("""
                IAM Sleuth Bot|Renew your key:
                Run ```aws-vault rotate```
                old (Olga Old): key XXXX expires in 5 days due to creation age
                overdue: key XXXX is disabled due to creation age
                AWS IAM Key Inactivity Report:
                quiet: key XXXX expires in 5 days due to inactivity
                never: key XXXX is disabled due to inactivity

                """);
        assertThat(first.err())
                .contains("\"verb\":\"deactivate\"", "quiet: the tag Slack, \\\"<!channel>\\\", is neither a member");

        Ended second = tool.run("run", "--preset", "sleuth");

        assertThat(second.exit()).isZero();
        assertThat(off()).isEqualTo("never off overdue");
        assertThat(values(slack.getLast()))
                .as("what was disabled before is told no more; what is near its limit is, on every run")
                .contains("expires in 5 days due to creation age", "expires in 5 days due to inactivity")
                .doesNotContain("disabled");
    }

    @Test
    void without_auto_expire_nothing_is_switched_off_and_every_key_past_its_limit_is_told() throws Exception {
        Ended ended = tool.run("run", "--preset", "sleuth");

        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(off()).isEqualTo("off");
        assertThat(values(slack.getFirst()))
                .contains("overdue (<!subteam^SP0001>)", "is past its limit of 90 days due to creation age", "off: key")
                .doesNotContain("sealed", "fresh", "disabled");
    }

    @Test
    void debugging_prints_the_table_and_the_message_and_sends_nothing_to_slack() throws Exception {
        Ended ended = tool.with("DEBUG", "1").with("SLACK_URL", "test").run("run", "--preset", "sleuth");

        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(slack).isEmpty();
        assertThat(ended.out())
                .containsPattern("UserName +Slack ID +Key ID +AutoExpire +Status +Age in Days +Last Access Age\n-")
                .containsPattern("(?m)^old +U0OLD0001 +[A-Z0-9]+ +True +old +85 +1$")
                .containsPattern("(?m)^never +never +[A-Z0-9]+ +True +stagnant_expire +50 +50$")
                .containsPattern("(?m)^sealed +sealed +[A-Z0-9]+ +FALSE +good +0 +0$")
                .contains("{\"attachments\":[{\"title\":\"Renew your key\"");
        assertThat(published()).contains("IAM Sleuth Bot|Renew your key");
    }

    @Test
    void a_webhook_that_refuses_is_told_and_the_topic_hears_all_the_same() throws Exception {
        status.set(404);

        Ended ended = tool.with("ENABLE_AUTO_EXPIRE", "true").run("run", "--preset", "sleuth");

        assertThat(ended.exit()).isEqualTo(3);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err())
                .contains("could not use the incoming webhook of Slack", "(no_service)")
                .doesNotContain("/services/T0/B0/x");
        assertThat(published()).contains("is disabled due to creation age");
    }

    @Test
    void a_dry_run_and_a_stop_change_and_send_nothing() throws Exception {
        Ended dry = tool.with("ENABLE_AUTO_EXPIRE", "true").run("run", "--preset", "sleuth", "--dry-run");
        Ended stopped = tool.with("KEYTURN_STOP", "yes").run("run", "--preset", "sleuth");

        assertThat(dry.exit()).as(dry.err()).isZero();
        assertThat(dry.err()).contains("relaxed by sleuth: no earlier notice", "dry run: nothing was sent or changed");
        assertThat(stopped.exit()).isEqualTo(3);
        assertThat(stopped.err()).contains("KEYTURN_STOP is set");
        assertThat(off()).isEqualTo("off");
        assertThat(slack).isEmpty();
        assertThat(published()).isEmpty();
    }

    @Test
    void what_is_not_known_of_a_user_leaves_the_keys_alone_and_holds_up_nobody() throws Exception {
        String never = moto.python("""
                print(boto3.client("iam").list_access_keys(UserName="never")["AccessKeyMetadata"][0]["AccessKeyId"])
                """).strip();
        try (Between aws = new Between(moto.environment().get("AWS_ENDPOINT_URL"))) {
            aws.pages(2);
            aws.refuse("Action=ListUserTags", "UserName=sealed");
            aws.refuse("Action=GetAccessKeyLastUsed", "AccessKeyId=" + never);

            Ended ended = tool.with("ENABLE_AUTO_EXPIRE", "true")
                    .with("AWS_ENDPOINT_URL", aws.url())
                    .run("run", "--preset", "sleuth");

            assertThat(ended.exit()).isEqualTo(3);
            assertThat(off()).as("not sealed, not never").isEqualTo("off overdue");
            assertThat(aws.operations().stream().filter("UpdateAccessKey"::equals))
                    .as("what is off is not switched off again")
                    .hasSize(1);
        }
        assertThat(values(slack.getFirst()))
                .contains("is disabled due to creation age", "quiet: key")
                .doesNotContain("sealed", "never", "off: key");
    }

    @Test
    void every_line_of_the_log_is_json() throws Exception {
        Ended ended = tool.with("ENABLE_AUTO_EXPIRE", "True")
                .with("slack_url", "x")
                .with("SNS_TOPIC", TOPIC + "-that-is-not-there")
                .run("run", "--preset", "sleuth", "--dry-run");
        Ended failed = tool.run("run", "--preset", "sleuth");

        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(failed.exit()).as(failed.err()).isEqualTo(3);
        assertThat(failed.out()).isEmpty();
        assertThat(ended.err()).contains("only \\\"true\\\" switches keys off", "relaxed by sleuth: no store");
        assertThat(failed.err()).contains("could not make use of the SNS topic");
        assertThat((ended.err() + failed.err()).lines())
                .allMatch(line -> JsonMapper.shared().readTree(line).isObject());
        assertThat(slack).as("Slack hears all the same").hasSize(1);
    }

    @Test
    void no_file_is_written() throws Exception {
        Path home = Files.createDirectory(folder.resolve("home"));

        assertThat(tool.with("HOME", home.toString())
                        .run("run", "--preset", "sleuth")
                        .exit())
                .isZero();
        try (Stream<Path> files = Files.walk(home)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void the_imported_configuration_does_the_same() throws Exception {
        tool.with("ENABLE_AUTO_EXPIRE", "true");
        Ended imported = tool.run("config", "import", "--preset", "sleuth");
        assertThat(imported.exit()).as(imported.err()).isZero();
        assertThat(imported.out()).doesNotContain("/services/T0/B0/x");
        Path file = Files.writeString(folder.resolve("keyturn.yaml"), imported.out());

        Ended ended = tool.run("run", "--config", file.toString());

        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(off()).isEqualTo("never off overdue");
        assertThat(slack).hasSize(1);
        assertThat(values(slack.getFirst())).contains("Renew your key", "is disabled due to inactivity");
    }
}
