package io.keyturn.adapters.pagerduty;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.adapters.message.Samples;
import io.keyturn.adapters.web.HookServer;
import io.keyturn.engine.port.Alarm.Ringing;
import io.keyturn.engine.port.Alarm.Severity;
import io.keyturn.engine.port.Secret;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class PagerDutyTest {
    private static final String KEY = "leaked/111122223333/AIDAEXAMPLE";

    private HookServer server;
    private PagerDuty pager;

    @BeforeEach
    void start() throws IOException {
        server = new HookServer().always(202, "{\"status\":\"success\",\"message\":\"Event processed\"}");
        pager = new PagerDuty(
                server.calls(), server.patience(), URI.create(server.address()), new Secret("R".repeat(32)));
    }

    @AfterEach
    void stop() {
        pager.close();
        server.close();
    }

    private Ringing raise(String summary) throws InterruptedException {
        return pager.raise(KEY, Severity.CRITICAL, summary, Map.of("account", "production", "user", summary));
    }

    /** The event, after it was held against the published rules of the Events API v2. */
    private static JsonNode event(HookServer.Received received) {
        JsonNode event = JsonMapper.shared().readTree(received.body());
        assertThat(event.propertyNames())
                .isSubsetOf(
                        "routing_key",
                        "event_action",
                        "dedup_key",
                        "payload",
                        "client",
                        "client_url",
                        "links",
                        "images");
        assertThat(event.path("routing_key").asString()).hasSize(32);
        assertThat(event.path("event_action").asString()).isIn("trigger", "acknowledge", "resolve");
        assertThat(event.path("dedup_key").asString()).isNotEmpty().hasSizeLessThanOrEqualTo(255);
        JsonNode payload = event.path("payload");
        if (event.path("event_action").asString().equals("trigger")) {
            assertThat(payload.path("summary").asString()).isNotBlank().hasSizeLessThanOrEqualTo(1024);
            assertThat(payload.path("source").asString()).isNotBlank();
            assertThat(Set.of("critical", "error", "warning", "info"))
                    .contains(payload.path("severity").asString());
            assertThat(payload.propertyNames())
                    .isSubsetOf(
                            "summary",
                            "source",
                            "severity",
                            "timestamp",
                            "component",
                            "group",
                            "class",
                            "custom_details");
        }
        return event;
    }

    private static String said(Ringing ringing) {
        return switch (ringing) {
            case Ringing.Taken() -> "taken";
            case Ringing.Refused(var problem) -> "refused: " + problem.sentence();
            case Ringing.InDoubt(var problem) -> "in doubt: " + problem.sentence();
        };
    }

    @Test
    void anAlarmTriggersAnEventWithItsFacts() throws InterruptedException {
        assertThat(said(raise("ci-deploy · 7QXA · production is leaked"))).isEqualTo("taken");

        JsonNode payload = event(server.only()).path("payload");
        assertThat(payload.path("summary").asString()).isEqualTo("ci-deploy · 7QXA · production is leaked");
        assertThat(payload.path("severity").asString()).isEqualTo("critical");
        assertThat(payload.path("custom_details").path("account").asString()).isEqualTo("production");
    }

    @Test
    void theSameAlarmIsTheSameIncidentAndEndsIt() throws InterruptedException {
        raise("once");
        raise("twice");
        assertThat(said(pager.resolve(KEY))).isEqualTo("taken");
        pager.resolve("another");

        assertThat(server.received.stream()
                        .map(PagerDutyTest::event)
                        .map(event -> event.path("dedup_key").asString()))
                .satisfies(keys -> {
                    assertThat(Set.copyOf(keys.subList(0, 3))).hasSize(1);
                    assertThat(keys.get(3)).isNotEqualTo(keys.get(2));
                });
        assertThat(event(server.received.get(2)).path("event_action").asString())
                .isEqualTo("resolve");
    }

    @Test
    void hostileAndEndlessTextFits() throws InterruptedException {
        raise(Samples.HOSTILE);
        raise("😀".repeat(5_000));

        assertThat(server.received).allSatisfy(PagerDutyTest::event);
        assertThat(event(server.received.getFirst())
                        .path("payload")
                        .path("summary")
                        .asString())
                .doesNotContain("\n", "\u202e");
    }

    @Test
    void aWrongKeySaysWhereToLookAndNotWhatItIs() throws InterruptedException {
        server.always(
                400, "{\"status\":\"invalid event\",\"errors\":[\"routing_key " + "R".repeat(32) + " is invalid\"]}");

        assertThat(said(raise("x")))
                .isEqualTo(
                        "refused: could not send the event of channels.pagerduty: PagerDuty answered 400; look whether"
                                + " the routing key is that of an integration of the Events API v2");
    }

    @Test
    void anOutageAndALostAnswerAreInDoubt() throws InterruptedException {
        server.then(500, Map.of(), "").thenHangUp();

        assertThat(said(raise("x")))
                .isEqualTo("in doubt: could not send the event of channels.pagerduty: PagerDuty answered 500");
        assertThat(said(raise("x")))
                .isEqualTo(
                        "in doubt: could not send the event of channels.pagerduty: the connection ended before a whole"
                                + " answer had come; whether it arrived is not known");
    }

    @Test
    void aServiceThatIsNotThereGotNothing() throws InterruptedException {
        server.close();

        assertThat(said(raise("x")))
                .isEqualTo("refused: could not send the event of channels.pagerduty: it accepts no connection; check"
                        + " network, firewall and address");
    }

    @Test
    void aPageOfSomebodyInTheWayIsNotTakenForPagerDuty() throws InterruptedException {
        server.then(200, Map.of(), "<html>sign in</html>").then(200, Map.of(), "{}");

        assertThat(said(raise("x")))
                .isEqualTo("in doubt: could not send the event of channels.pagerduty: what answered 200 there is not"
                        + " PagerDuty; check the address, and proxies on the way");
        assertThat(said(pager.resolve(KEY))).startsWith("in doubt: ");
    }

    @Test
    void aPreviewIsTheEventWithoutItsKey() throws InterruptedException {
        String preview = pager.preview(KEY, Severity.CRITICAL, "leaked", Map.of("user", "ann"));
        pager.raise(KEY, Severity.CRITICAL, "leaked", Map.of("user", "ann"));

        ObjectNode sent = (ObjectNode) event(server.only());
        sent.remove("routing_key");
        assertThat(JsonMapper.shared().readTree(preview)).isEqualTo(sent);
    }
}
