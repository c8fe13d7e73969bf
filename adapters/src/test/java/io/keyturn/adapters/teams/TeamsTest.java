package io.keyturn.adapters.teams;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.keyturn.adapters.message.Golden;
import io.keyturn.adapters.message.Samples;
import io.keyturn.adapters.web.HookServer;
import io.keyturn.core.model.Placement;
import io.keyturn.engine.message.Message;
import io.keyturn.engine.port.Channel.Dispatch;
import io.keyturn.engine.port.Channel.Sending;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

class TeamsTest {
    private HookServer server;
    private Teams teams;

    @BeforeEach
    void start() throws IOException {
        server = new HookServer();
        teams = new Teams(server.hook("channels.teams"));
    }

    @AfterEach
    void stop() {
        teams.close();
        server.close();
    }

    static Stream<Message> messages() {
        return Stream.of(
                Samples.two(),
                Samples.bare(),
                Samples.hostile(),
                Samples.everywhere(Samples.EMOJI),
                Samples.everywhere(""),
                Samples.everywhere("é\"\\".repeat(20_000)),
                Samples.about(100));
    }

    private String sent(Message message) throws InterruptedException {
        assertThat(teams.send(new Dispatch(message, "", null)))
                .isEqualTo(new Sending.Taken(Placement.HANDED_OVER, "", null));
        String body = server.only().body();
        assertThat(body).isEqualTo(teams.preview(new Dispatch(message, "", null)));
        return body;
    }

    @ParameterizedTest
    @MethodSource("messages")
    void everyMessageIsACardThatTeamsTakes(Message message) throws Exception {
        String body = sent(message);

        try (var in = TeamsTest.class.getResourceAsStream("message.schema.json")) {
            Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            assertThat(schema.validate(body, InputFormat.JSON)).isEmpty();
        }
        assertThat(body.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(28_000);
        assertThat(server.only().headers()).containsEntry("Content-Type", "application/json; charset=utf-8");
    }

    @Test
    void aCardReadsAsItWasLookedAt() throws Exception {
        Golden.same(TeamsTest.class, "two.json", pretty(sent(Samples.two())));
    }

    @Test
    void whatDoesNotFitIsLeftOutAndSaidSo() throws InterruptedException {
        String body = sent(Samples.about(100));

        assertThat(body).containsPattern("[0-9]{2} more keys are left out here\\.");
        assertThat(body.getBytes(StandardCharsets.UTF_8).length).isGreaterThan(20_000);
    }

    @Test
    void oneKeyThatDoesNotFitIsSaidInShort() throws InterruptedException {
        assertThat(sent(Samples.everywhere("x".repeat(20_000))))
                .contains("\"Container\"")
                .contains("x…");
    }

    @Test
    void hostileTextIsSeenAsTheCharactersItIs() throws InterruptedException {
        String body = sent(Samples.hostile());

        String name = JsonMapper.shared()
                .readTree(body)
                .at("/attachments/0/content/body/2/items/1/inlines/0/text")
                .asString();
        assertThat(name)
                .startsWith("<!channel> @everyone <script>alert(1)</script>")
                .contains("**bold** # head", "�txt.exe�")
                .doesNotContain("\n", "\u0000", "\u202e");
    }

    @Test
    void aWorkflowThatIsSwitchedOffIsToldByItsOwnCode() throws InterruptedException {
        server.always(400, """
                {"error": {"code": "WorkflowTriggerIsNotEnabled", "message": "hidden-signature is off"}}""");

        assertThat(teams.send(new Dispatch(Samples.bare(), "", null)))
                .isInstanceOfSatisfying(
                        Sending.Refused.class,
                        refused -> assertThat(refused.problem().sentence())
                                .isEqualTo("could not post to the address of channels.teams: it answered 400"
                                        + " (WorkflowTriggerIsNotEnabled); look into its log"));
    }

    @Test
    void anAnswerThatIsNoJsonIsNotRepeatedToPeople() throws InterruptedException {
        server.always(404, "<html>hidden-signature</html>");

        assertThat(teams.send(new Dispatch(Samples.bare(), "", null)).toString())
                .contains("it answered 404,")
                .doesNotContain("hidden");
    }

    private static String pretty(String json) {
        JsonMapper mapper = JsonMapper.shared();
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(mapper.readTree(json)) + "\n";
    }

    @Test
    void aPageOfSomebodyInTheWayIsNotTakenForTheWorkflow() throws InterruptedException {
        server.always(200, "<!doctype html><title>Sign in to hidden-signature</title>");

        assertThat(teams.send(new Dispatch(Samples.bare(), "", null)))
                .isInstanceOfSatisfying(
                        Sending.InDoubt.class,
                        doubt -> assertThat(doubt.problem().sentence())
                                .isEqualTo("could not post to the address of channels.teams: it answered 200 with"
                                        + " something else than such a service says; check the address, and proxies on"
                                        + " the way"));
    }
}
