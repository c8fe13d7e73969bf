package io.keyturn.adapters.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.keyturn.adapters.message.Samples;
import io.keyturn.adapters.web.HookServer;
import io.keyturn.core.model.Placement;
import io.keyturn.core.plan.Settled;
import io.keyturn.engine.message.Item;
import io.keyturn.engine.message.Message;
import io.keyturn.engine.message.Notice;
import io.keyturn.engine.port.Channel.Dispatch;
import io.keyturn.engine.port.Channel.Sending;
import io.keyturn.engine.port.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WebhookTest {
    private static final Path DOCS = Path.of("").toAbsolutePath().getParent().resolve("docs");
    private static final Secret KEY = new Secret("a key of the test");

    private HookServer server;
    private Webhook webhook;

    @BeforeEach
    void start() throws IOException {
        server = new HookServer();
        webhook = new Webhook(server.hook("channels.webhook"), KEY, () -> HookServer.NOW);
    }

    @AfterEach
    void stop() {
        webhook.close();
        server.close();
    }

    static Stream<Message> messages() {
        return Stream.of(Samples.two(), Samples.bare(), Samples.hostile(), Samples.everywhere(Samples.EMOJI));
    }

    private static Schema schema() throws IOException {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(DOCS.resolve("reference/webhook.schema.json")));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void aMessageIsWhatThePublishedSchemaSays(Message message) throws Exception {
        webhook.send(new Dispatch(message, "", "m-0"));

        assertThat(schema().validate(server.only().body(), InputFormat.JSON)).isEmpty();
    }

    @Test
    void whatNeedsNobodyAnyMoreIsAnEventOfItsOwn() throws Exception {
        Message told = Samples.two();
        List<Item> settled = told.items().stream().map(WebhookTest::settled).toList();
        Message end = new Message("m-end", told.headline(), told.opening(), settled, told.closing(), told.phrases());
        webhook.close(new Dispatch(end, "", "m-0"), List.of());

        String body = server.only().body();
        assertThat(schema().validate(body, InputFormat.JSON)).isEmpty();
        JsonNode json = JsonMapper.shared().readTree(body);
        assertThat(json.path("event").asString()).isEqualTo("resolved");
        assertThat(json.at("/items/0/settled").asString()).isEqualTo("switched-off");
        JsonNode notice = JsonMapper.shared().readTree(webhook.preview(new Dispatch(told, "", null)));
        assertThat(notice.path("event").asString()).isEqualTo("notice");
        assertThat(notice.at("/items/0/settled").isNull()).isTrue();
    }

    private static Item settled(Item item) {
        Notice was = item.notice();
        Notice now = Notice.of(Settled.SWITCHED_OFF, was.id(), was.account(), was.user(), was.finding(), was.owner());
        return new Item(now, item.state(), item.name(), item.happens(), item.facts(), List.of(), null, null, List.of());
    }

    @Test
    void aMessageIsTakenUnderItsOwnName() throws InterruptedException {
        assertThat(webhook.name()).isEqualTo("webhook");
        assertThat(webhook.send(new Dispatch(Samples.bare(), "", null)))
                .isEqualTo(new Sending.Taken(Placement.HANDED_OVER, "", "m-bare"));
        assertThat(server.only().headers()).containsEntry("Idempotency-Key", "m-bare");
    }

    @Test
    void whatIsSentIsThePreviewSignedWithItsTime() throws InterruptedException {
        Dispatch dispatch = new Dispatch(Samples.two(), "", null);

        webhook.send(dispatch);

        assertThat(server.only().body()).isEqualTo(webhook.preview(dispatch));
        assertThat(server.only().headers().get("X-Keyturn-Signature")).matches("t=1795420800,v1=[0-9a-f]{64}");
    }

    @Test
    void withoutAKeyNothingIsSigned() throws InterruptedException {
        new Webhook(server.hook("channels.webhook"), null, () -> HookServer.NOW)
                .send(new Dispatch(Samples.bare(), "", null));

        assertThat(server.only().headers()).doesNotContainKey("X-Keyturn-Signature");
    }

    @Test
    void machinesGetTheFactsAndPeopleTheWords() {
        JsonNode json = JsonMapper.shared().readTree(webhook.preview(new Dispatch(Samples.two(), "", "m-0")));
        JsonNode key = json.path("items").path(1);

        assertThat(json.path("follows").asString()).isEqualTo("m-0");
        assertThat(key.path("keyId").asString()).isEqualTo("AKIAEXAMPLE000007QXA");
        assertThat(key.path("account").asString()).isEqualTo("111122223333");
        assertThat(key.path("standing").asString()).isEqualTo("expired");
        assertThat(key.path("announced").path("step").asString()).isEqualTo("deactivate");
        assertThat(key.path("announced").path("at").asString()).isEqualTo("2026-11-25T08:00:00Z");
        assertThat(key.path("owner").path("source").asString()).isEqualTo("tag Email");
        assertThat(key.path("words").path("happens").asString()).startsWith("This key is 371 days old, limit 365.");
        assertThat(key.path("words").path("better").asString())
                .contains("OIDC and a role (https://keyturn.fernhill.example/k/role)");
    }

    @Test
    void hostileTextArrivesAsTheCharactersItIs() throws InterruptedException {
        webhook.send(new Dispatch(Samples.hostile(), "", null));

        JsonNode json = JsonMapper.shared().readTree(server.only().body());
        assertThat(json.path("headline").asString()).isEqualTo(Samples.HOSTILE);
        assertThat(json.path("items").path(0).path("words").path("name").asString())
                .isEqualTo(Samples.HOSTILE);
    }

    @Test
    void aReceiverAsTheGuideShowsItTakesWhatIsSignedAndNothingElse() throws Exception {
        webhook.send(new Dispatch(Samples.hostile(), "", null));
        HookServer.Received sent = server.only();
        String signature = sent.headers().get("X-Keyturn-Signature");
        long now = HookServer.NOW.getEpochSecond();

        assertThat(verified(KEY.reveal(), signature, now + 60, sent.body())).isEqualTo("True");
        assertThat(verified("another key", signature, now, sent.body())).isEqualTo("False");
        assertThat(verified(KEY.reveal(), signature, now, sent.body() + " ")).isEqualTo("False");
        assertThat(verified(KEY.reveal(), signature, now + 301, sent.body())).isEqualTo("False");
        assertThat(verified(KEY.reveal(), signature.replace("v1", "v0"), now, sent.body()))
                .isEqualTo("False");
        assertThat(verified(KEY.reveal(), "", now, sent.body())).isEqualTo("False");
    }

    /** What the guide's own function says, run as it stands there. */
    private static String verified(String key, String signature, long now, String body) throws Exception {
        String guide = Files.readString(DOCS.resolve("guide/webhook.md"));
        String example = guide.substring(guide.indexOf("```python\n") + 10);
        example = example.substring(0, example.indexOf("```"));
        Process python = new ProcessBuilder(
                        System.getProperty("keyturn.python", "python3"),
                        "-c",
                        example + "\nimport sys\nprint(is_from_keyturn(sys.argv[1].encode(), sys.argv[2],"
                                + " sys.stdin.buffer.read(), float(sys.argv[3])))",
                        key,
                        signature,
                        Long.toString(now))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var in = python.getOutputStream()) {
            in.write(body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        String said = new String(python.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        python.waitFor();
        return said.strip();
    }
}
