package io.keyturn.adapters.aws.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.adapters.aws.JsonAws;
import io.keyturn.core.model.Placement;
import io.keyturn.engine.message.Message;
import io.keyturn.engine.port.Channel.Dispatch;
import io.keyturn.engine.port.Channel.Sending;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A bus against a double that keeps what it was sent, and answers as EventBridge does or worse. */
class EventBusTest {
    private static final String BUS = "arn:aws:events:us-west-2:111122223333:event-bus/keyturn";
    private static final String PLACE = "could not make use of the event bus keyturn: ";

    private JsonAws events;

    @BeforeEach
    void start() throws Exception {
        events = new JsonAws();
        events.answer(200, "", "{\"FailedEntryCount\":0,\"Entries\":[{\"EventId\":\"e-1\"}]}");
    }

    @AfterEach
    void stop() {
        events.close();
    }

    private Sending send(String bus, Message message) {
        try (EventBus channel = new EventBus(events.environment(), bus)) {
            return channel.send(new Dispatch(message, "", null));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private String told(String answer) {
        events.answer(200, "", answer);
        return told();
    }

    private String told() {
        return switch (send("keyturn", Notices.about(1, ""))) {
            case Sending.Taken taken -> "taken";
            case Sending.Unreachable(var problem) -> "unreachable: " + problem.sentence();
            case Sending.Refused(var problem) -> "refused: " + problem.sentence();
            case Sending.InDoubt(var problem) -> "in doubt: " + problem.sentence();
        };
    }

    private JsonNode entry() {
        return JsonMapper.shared().readTree(events.received().getLast()).at("/Entries/0");
    }

    @Test
    void a_message_is_an_event_that_rules_can_match() {
        assertThat(send("keyturn", Notices.about(1, "\r\n<script>")))
                .isEqualTo(new Sending.Taken(Placement.HANDED_OVER, "keyturn", "e-1"));

        assertThat(entry().get("Source").stringValue()).isEqualTo("keyturn");
        assertThat(entry().get("DetailType").stringValue()).isEqualTo("Keyturn Notice");
        assertThat(entry().get("EventBusName").stringValue()).isEqualTo("keyturn");
        JsonNode detail = JsonMapper.shared().readTree(entry().get("Detail").stringValue());
        assertThat(detail.get("schema").stringValue()).isEqualTo("https://keyturn.io/schema/webhook/1");
        assertThat(detail.at("/items/0/words/name").stringValue())
                .isEqualTo("ci-deploy · 7QXA · production\r\n<script>");
    }

    @Test
    void the_arn_of_a_bus_names_its_region() {
        send(BUS, Notices.about(1, ""));

        assertThat(events.authorizations().getLast()).contains("/us-west-2/events/");
    }

    @Test
    void an_event_that_the_bus_refused_is_not_taken_though_the_call_was() {
        assertThat(told("{\"FailedEntryCount\":1,\"Entries\":[{\"ErrorCode\":\"NotAuthorizedForSourceException\","
                        + "\"ErrorMessage\":\"not you\"}]}"))
                .isEqualTo("refused: " + PLACE + "AWS answered NotAuthorizedForSourceException (not you); see what its"
                        + " policy says of this account");
        assertThat(told("{\"FailedEntryCount\":1,\"Entries\":[{\"ErrorCode\":\"ThrottlingException\"}]}"))
                .isEqualTo(
                        "refused: " + PLACE + "AWS answered ThrottlingException; run again when the bus is less busy");
        assertThat(told("{\"FailedEntryCount\":1,\"Entries\":[{\"ErrorCode\":\"InternalFailure\"}]}"))
                .startsWith("in doubt: ");
        assertThat(told("{\"FailedEntryCount\":0,\"Entries\":[]}"))
                .isEqualTo("in doubt: " + PLACE + "AWS did not say what became of the event; look for it there");
    }

    @Test
    void each_refusal_says_what_to_do() {
        events.answer(400, "ResourceNotFoundException", "Event bus keyturn does not exist.");
        assertThat(told())
                .isEqualTo("refused: " + PLACE + "AWS answered ResourceNotFoundException (Event bus keyturn does not"
                        + " exist.); check its name and Region; `aws events list-event-buses` shows those that are"
                        + " there");
        events.answer(400, "AccessDeniedException", "no");
        assertThat(told()).endsWith("; allow these credentials events:PutEvents on the bus");
        events.answer(500, "InternalException", "later");
        assertThat(told()).startsWith("in doubt: ");
    }

    @Test
    void what_is_longer_than_the_bus_takes_is_cut_between_keys() {
        send("keyturn", Notices.about(2_000, "é"));

        String detail = entry().get("Detail").stringValue();
        assertThat(detail.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(150_000, Lengths.MOST);
        assertThat(JsonMapper.shared().readTree(detail).get("itemsLeftOut").intValue())
                .isPositive();
    }
}
