package io.keyturn.adapters.aws.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.adapters.aws.JsonAws;
import io.keyturn.adapters.aws.Unhurried;
import io.keyturn.core.model.Placement;
import io.keyturn.engine.checkup.Check;
import io.keyturn.engine.checkup.Role;
import io.keyturn.engine.message.Message;
import io.keyturn.engine.port.Channel.Dispatch;
import io.keyturn.engine.port.Channel.Sending;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A topic against a double that keeps what it was sent, and answers as SNS does or worse. */
class SnsTopicTest {
    private static final String TOPIC = "arn:aws:sns:eu-central-1:111122223333:keyturn";
    private static final String HOSTILE =
            "<!channel> <script>alert(1)</script>\r\nBcc: x@evil.example\u202E\u2028" + "\ud83d\udd11".repeat(256);
    private static final String TAKEN =
            "<PublishResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><PublishResult><MessageId>m-77</MessageId>"
                    + "</PublishResult></PublishResponse>";

    private final List<Duration> pauses = new ArrayList<>();
    private JsonAws sns;

    @BeforeEach
    void start() throws Exception {
        sns = new JsonAws();
        sns.answer(200, "", TAKEN);
    }

    @AfterEach
    void stop() {
        sns.close();
    }

    private Sending send(Message message) {
        return send(TOPIC, message);
    }

    private Sending send(String topic, Message message) {
        try (SnsTopic channel = new SnsTopic(sns.environment(), topic, new Unhurried(pauses::add))) {
            return channel.send(new Dispatch(message, "", null));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private String problem(int status, String code, String message) {
        sns.answer(
                status,
                "",
                "<ErrorResponse><Error><Type>Sender</Type><Code>" + code + "</Code><Message>" + message
                        + "</Message></Error></ErrorResponse>");
        return told(send(Notices.about(1, "")));
    }

    private static String told(Sending sending) {
        return switch (sending) {
            case Sending.Taken taken -> "taken";
            case Sending.Unreachable(var problem) -> "unreachable: " + problem.sentence();
            case Sending.Refused(var problem) -> "refused: " + problem.sentence();
            case Sending.InDoubt(var problem) -> "in doubt: " + problem.sentence();
        };
    }

    private Map<String, String> sent() {
        Map<String, String> form = new HashMap<>();
        Arrays.stream(sns.received().getLast().split("&"))
                .map(pair -> pair.split("=", 2))
                .forEach(pair -> form.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
        return form;
    }

    @Test
    void a_message_goes_out_as_text_for_people_and_json_for_machines() {
        assertThat(send(Notices.about(1, ""))).isEqualTo(new Sending.Taken(Placement.HANDED_OVER, TOPIC, "m-77"));

        assertThat(sent())
                .containsEntry("TopicArn", TOPIC)
                .containsEntry("MessageStructure", "json")
                .containsEntry("Subject", "1 key - due on Wed 2026-11-25");
        JsonNode forms = JsonMapper.shared().readTree(sent().get("Message"));
        assertThat(forms.propertyNames()).containsExactly("default", "email", "sms");
        assertThat(forms.get("email").stringValue()).isEqualTo("""
                One of your keys is past its limit.

                == ci-deploy · 7QXA · production
                Overdue · deactivated on Wed 2026-11-25, in 2 days

                It is 371 days old

                  Last used: never

                Better, no key at all: Better: a role.

                  1. Run aws login

                More time: ask.

                  Its story: https://keys.example.com/k?id=1

                You own it by the tag Owner.
                """);
        JsonNode machine = JsonMapper.shared().readTree(forms.get("default").stringValue());
        assertThat(machine.at("/items/0/keyId").stringValue()).isEqualTo("AKIAEXAMPLE000007QXA");
        assertThat(machine.at("/items/0/announced").toString())
                .isEqualTo("{\"step\":\"deactivate\",\"limit\":\"age\",\"at\":\"2026-11-25T08:00:00Z\"}");
        assertThat(machine.has("itemsLeftOut")).isFalse();
    }

    @Test
    void whatever_people_write_makes_no_line_of_its_own_and_no_subject_but_ascii() {
        send(Notices.about(1, HOSTILE));

        assertThat(sent().get("Subject"))
                .hasSizeLessThan(100)
                .matches("[ -~]+")
                .startsWith("1 key - due on Wed 2026-11-25<!channel> <script>alert(1)</script> Bcc: x@evil.example");
        String email =
                JsonMapper.shared().readTree(sent().get("Message")).get("email").stringValue();
        assertThat(email.lines())
                .noneMatch(line -> line.startsWith("Bcc"))
                .allMatch(line -> line.indexOf('\u202E') < 0 && line.indexOf('\u2028') < 0);
        assertThat(email).contains("\\u000d\\u000aBcc: x@evil.example\\u202e\\u2028");
    }

    @Test
    void a_subject_is_never_empty_nor_begins_with_a_space() {
        assertThat(Subject.of("\r\n\u0000")).isEqualTo("Keyturn");
        assertThat(Subject.of("  Grüße – 3 Schlüssel")).isEqualTo("Gru?e - 3 Schlussel");
        assertThat(Subject.of("x".repeat(300))).hasSize(99).endsWith("...");
    }

    @Test
    void what_is_longer_than_sns_takes_says_how_much_it_leaves_out() {
        assertThat(told(send(Notices.about(2_000, "")))).isEqualTo("taken");

        String message = sent().get("Message");
        assertThat(message.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(150_000, Lengths.MOST);
        JsonNode forms = JsonMapper.shared().readTree(message);
        JsonNode machine = JsonMapper.shared().readTree(forms.get("default").stringValue());
        int left = machine.get("itemsLeftOut").intValue();
        assertThat(machine.get("items").size() + left).isEqualTo(2_000);
        assertThat(forms.get("email").stringValue()).contains(left + " more keys are not shown.");
        assertThat(told(send(Notices.about(1, "x".repeat(60_000)))))
                .isEqualTo("refused: could not make use of the SNS topic " + TOPIC
                        + ": its text is longer than the 256 KiB that SNS takes; shorten the templates of messages");
    }

    @Test
    void an_ordered_topic_gets_the_name_of_the_message_against_doubles() {
        send(TOPIC + ".fifo", Notices.about(1, ""));

        assertThat(sent()).containsEntry("MessageGroupId", "keyturn").containsEntry("MessageDeduplicationId", "m-1");
    }

    @Test
    void each_refusal_says_what_to_do() {
        String place = "refused: could not make use of the SNS topic " + TOPIC + ": ";
        assertThat(problem(403, "AuthorizationError", "no"))
                .isEqualTo(place + "AWS answered AuthorizationError (no); allow these credentials sns:Publish on the"
                        + " topic, there and in the topic's own policy");
        assertThat(problem(404, "NotFound", "Topic does not exist"))
                .isEqualTo(place + "AWS answered NotFound (Topic does not exist); check its name, account and Region;"
                        + " `aws sns list-topics` shows those that are there");
        assertThat(problem(400, "KMSAccessDenied", "no"))
                .endsWith("allow these credentials kms:GenerateDataKey and kms:Decrypt on the key that the topic is"
                        + " encrypted with");
        assertThat(problem(429, "Throttled", "slow down")).endsWith("run again when the topic is less busy");
        assertThat(pauses).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L, 8L, 16L, 32L);
        for (String wrong : List.of("", "keyturn", TOPIC + ":subscription", "arn:aws:s3:::bucket")) {
            assertThat(told(send(wrong, Notices.about(1, ""))))
                    .startsWith("refused: ")
                    .endsWith("; write for example arn:aws:sns:eu-central-1:111122223333:keyturn");
        }
    }

    @Test
    void an_answer_that_is_lost_leaves_it_in_doubt_and_a_server_that_is_not_there_does_not() {
        assertThat(problem(500, "InternalFailure", "later")).startsWith("in doubt: ");
        assertThat(sns.received()).as("sent once").hasSize(1);
        sns.close();
        assertThat(told(send(Notices.about(1, "")))).startsWith("refused: ");
    }

    @Test
    void the_region_is_the_topics_whatever_the_environment_says() throws Exception {
        send(Notices.about(1, ""));

        assertThat(sns.authorizations().getLast()).contains("/eu-central-1/sns/");
    }

    @Test
    void the_probe_asks_for_the_topic_and_tells_whether_anybody_listens() {
        sns.answer(
                200,
                "",
                "<GetTopicAttributesResponse><GetTopicAttributesResult><Attributes><entry><key>SubscriptionsConfirmed</key>"
                        + "<value>2</value></entry></Attributes></GetTopicAttributesResult>"
                        + "</GetTopicAttributesResponse>");
        try (NotifyProbe probe = new NotifyProbe(sns.environment())) {
            assertThat(probe.topic(TOPIC)).isEqualTo(Check.works(null, "sns", "to " + TOPIC));
            sns.answer(403, "", "<ErrorResponse><Error><Code>AuthorizationError</Code></Error></ErrorResponse>");
            assertThat(probe.topic(TOPIC))
                    .isEqualTo(Check.unknown(Role.READ, "sns", "not known: sns:GetTopicAttributes is denied")
                            .lacking("sns:GetTopicAttributes")
                            .optional());
        }
    }

    @Test
    void what_names_no_message_is_not_sns() {
        sns.answer(200, "", "<html><body>sign in</body></html>");

        assertThat(told(send(Notices.about(1, "")))).startsWith("in doubt: ");
    }
}
