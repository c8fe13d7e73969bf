package io.keyturn.adapters.aws.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.adapters.aws.Moto;
import io.keyturn.engine.checkup.Check;
import io.keyturn.engine.port.Channel;
import io.keyturn.engine.port.Channel.Dispatch;
import io.keyturn.engine.port.Channel.Sending;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Topic and bus on moto's server, read by another client from the queues behind them. */
class MotoNoticesTest {
    private static final String TOPIC = "arn:aws:sns:us-east-2:123456789012:keyturn";
    private static final String LATELY = """
            import boto3
            sqs = boto3.client("sqs", region_name="REGION")
            print(sqs.receive_message(QueueUrl=sqs.get_queue_url(QueueName="QUEUE")["QueueUrl"])["Messages"][0]["Body"])
            """;

    private static Moto moto;

    @BeforeAll
    static void start() throws Exception {
        moto = Moto.start();
        python("""
                import boto3
                sqs, sns = boto3.client("sqs", region_name="us-east-2"), boto3.client("sns", region_name="us-east-2")
                url = sqs.create_queue(QueueName="topics")["QueueUrl"]
                arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
                sns.subscribe(TopicArn=sns.create_topic(Name="keyturn")["TopicArn"], Protocol="sqs", Endpoint=arn)
                sqs, events = boto3.client("sqs", region_name="eu-west-1"), boto3.client("events", region_name="eu-west-1")
                url = sqs.create_queue(QueueName="events")["QueueUrl"]
                arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
                events.create_event_bus(Name="keyturn")
                events.put_rule(Name="all", EventBusName="keyturn", EventPattern='{"source": ["keyturn"]}')
                events.put_targets(Rule="all", EventBusName="keyturn", Targets=[{"Id": "1", "Arn": arn}])
                """);
    }

    @AfterAll
    static void stop() throws Exception {
        moto.close();
    }

    private static String python(String program) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(System.getProperty("keyturn.python", "python3"), "-c", program);
        builder.environment().putAll(moto.environment());
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(out).isZero();
        return out;
    }

    private static Sending send(Channel channel) throws InterruptedException {
        try (channel) {
            return channel.send(new Dispatch(Notices.about(1, ""), "", null));
        }
    }

    @Test
    void a_queue_behind_the_topic_gets_the_json() throws Exception {
        assertThat(send(new SnsTopic(moto.environment(), TOPIC))).isInstanceOf(Sending.Taken.class);

        JsonNode envelope = JsonMapper.shared()
                .readTree(python(LATELY.replace("REGION", "us-east-2").replace("QUEUE", "topics")));
        assertThat(envelope.get("Subject").stringValue()).isEqualTo("1 key - due on Wed 2026-11-25");
        assertThat(JsonMapper.shared()
                        .readTree(envelope.get("Message").stringValue())
                        .at("/items/0/user")
                        .stringValue())
                .isEqualTo("ci-deploy");
    }

    @Test
    void a_target_behind_the_bus_gets_the_event() throws Exception {
        assertThat(send(new EventBus(moto.environment(), "keyturn"))).isInstanceOf(Sending.Taken.class);

        JsonNode event = JsonMapper.shared()
                .readTree(python(LATELY.replace("REGION", "eu-west-1").replace("QUEUE", "events")));
        assertThat(event.get("source").stringValue()).isEqualTo("keyturn");
        assertThat(event.get("detail-type").stringValue()).isEqualTo("Keyturn Notice");
        assertThat(event.at("/detail/items/0/standing").stringValue()).isEqualTo("expired");
    }

    @Test
    void what_is_not_there_takes_nothing() throws Exception {
        assertThat(send(new SnsTopic(moto.environment(), TOPIC + "-not"))).isInstanceOf(Sending.Refused.class);
        assertThat(send(new EventBus(moto.environment(), "nowhere"))).isInstanceOf(Sending.Refused.class);
    }

    @Test
    void the_probe_tells_what_is_there() {
        try (NotifyProbe probe = new NotifyProbe(moto.environment())) {
            // moto counts no subscription as confirmed.
            assertThat(probe.topic(TOPIC))
                    .extracting(Check::result, Check::said)
                    .containsExactly(Check.Result.NOTE, "nobody has subscribed to " + TOPIC + " and confirmed it");
            assertThat(probe.topic(TOPIC + "-not"))
                    .extracting(Check::result, Check::said)
                    .containsExactly(
                            Check.Result.FAILS, "there is no " + TOPIC + "-not; check its name, account and Region");
            assertThat(probe.topic("keyturn").said()).isEqualTo("keyturn is not the ARN of a topic");
            assertThat(probe.bus("keyturn"))
                    .isEqualTo(Check.works(null, "eventbridge", "to the bus keyturn in eu-west-1"));
            assertThat(probe.bus("nowhere").result()).isEqualTo(Check.Result.FAILS);
        }
    }
}
