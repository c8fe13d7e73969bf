package io.keyturn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.keyturn.app.config.Acting;
import io.keyturn.app.wiring.SlackUsersJob;
import io.keyturn.sandbox.http.DoorOptions;
import io.keyturn.sandbox.http.SandboxServer;
import io.keyturn.sandbox.world.World;
import io.keyturn.sandbox.world.WorldSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code slack-users} and the doctor say of Slack. */
@Timeout(120)
class SlackCommandsTest {
    private static final String TOKEN = "xoxb-canary-4711";
    private static final String FIRST = """
            {"ok":true,"members":[
              {"id":"U0KHAN00001","name":"b.khan","profile":{"real_name":"B. Khan","email":"b.khan@example.com"}},
              {"id":"U0EVE000001","name":"=HYPERLINK(1)","profile":{"real_name":"\\u001b[31m\\u202eeve","email":""}}],
             "response_metadata":{"next_cursor":"p2="}}""";
    private static final String SECOND = """
            {"ok":true,"members":[{"id":"U0GONE00001","name":"gone","deleted":true},
              {"id":"USLACKBOT","name":"slackbot","real_name":"Slackbot"}],"response_metadata":{"next_cursor":""}}""";

    @TempDir
    private Path folder;

    private SlackStub slack;
    private Line line;

    @BeforeEach
    void start() throws Exception {
        slack = new SlackStub(TOKEN);
        slack.answers.put("users.list?limit=200", FIRST);
        slack.answers.put("users.list?cursor=p2%3D&limit=200", SECOND);
        line = new Line(folder)
                .with("KEYTURN_SLACK_API_URL", slack.url())
                .with("KEYTURN_ALLOW_LOOPBACK", "1")
                .with("SLACK_TOKEN", TOKEN);
    }

    @AfterEach
    void stop() {
        slack.close();
    }

    private String file(String yaml) throws IOException {
        return Files.writeString(folder.resolve("keyturn.yaml"), yaml).toString();
    }

    @Test
    void everybodyIsListedByNameWithoutAFile() {
        assertThat(line.run("slack-users")).as(line.err()).isZero();
        assertThat(line.out().replace(" ", "·")).isEqualTo("""
                        ID···········name···········real·name············mail················state
                        U0EVE000001··=HYPERLINK(1)··\\u001b[31m\\u202eeve······················active
                        U0KHAN00001··b.khan·········B.·Khan··············b.khan@example.com··active
                        U0GONE00001··gone····················································deactivated
                        USLACKBOT····slackbot·······Slackbot·································bot
                        """);
    }

    @Test
    void aLongListSaysHowFarItIs() throws Exception {
        AtomicLong asked = new AtomicLong();
        List<String> said = new ArrayList<>();
        Map<String, String> environment =
                Map.of("KEYTURN_SLACK_API_URL", slack.url(), "KEYTURN_ALLOW_LOOPBACK", "1", "SLACK_TOKEN", TOKEN);
        InstantSource slow = () -> Instant.EPOCH.plusSeconds(3 * asked.incrementAndGet());
        new SlackUsersJob(Acting.NONE, environment, slow).run(said::add);
        new SlackUsersJob(Acting.NONE, environment, InstantSource.fixed(Instant.EPOCH)).run(said::add);
        assertThat(said).containsExactly("2 members read", "4 members read");
    }

    @Test
    void onATerminalOfAsciiNothingElseIsPrinted() {
        slack.answers.put(
                "users.list?cursor=p2%3D&limit=200", "{\"ok\":true,\"members\":[{\"id\":\"U1\",\"name\":\"zoë😀\"}]}");
        assertThat(line.with("LC_ALL", "C").run("slack-users")).isZero();
        assertThat(line.out()).contains("zo\\u00eb\\U0001f600").matches("[\\p{ASCII}]*");
    }

    @Test
    void theJsonIsOfItsSchema() throws Exception {
        assertThat(line.run("slack-users", "--output", "json")).isZero();
        String schema = Files.readString(Path.of("..", "docs", "reference", "slack-users.schema.json"));
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(schema, InputFormat.JSON)
                        .validate(line.out(), InputFormat.JSON))
                .isEmpty();
        assertThat(line.out()).contains("\"mail\" : \"b.khan@example.com\"", "\"complete\" : true");
    }

    @Test
    void noCellOfTheCsvIsAFormula() {
        assertThat(line.run("slack-users", "--output", "csv")).isZero();
        assertThat(line.out())
                .startsWith("id,name,realName,mail,state\n")
                .contains("U0EVE000001,\"'=HYPERLINK(1)\",\"\\u001b[31m\\u202eeve\",,active\n")
                .contains("U0KHAN00001,b.khan,\"B. Khan\",b.khan@example.com,active\n");
    }

    @Test
    void aListThatIsNotWholeSaysSoInEveryForm() {
        slack.answers.remove("users.list?cursor=p2%3D&limit=200");
        String why = "could not use users.list of Slack: it answered unknown_method";
        assertThat(line.run("slack-users")).isEqualTo(Keyturn.NOT_READ);
        assertThat(line.err()).isEqualTo("keyturn: this is not everybody: " + why + "\n");
        assertThat(line.run("slack-users", "-o", "json")).isEqualTo(Keyturn.NOT_READ);
        assertThat(line.out()).contains("\"complete\" : false", "\"problem\" : \"" + why);
        assertThat(line.run("slack-users", "-o", "csv")).isEqualTo(Keyturn.NOT_READ);
        assertThat(line.out()).endsWith(",,\"" + why + "\",,unknown\n");
    }

    @Test
    void theTokenOfTheConfigurationComesFirst() throws Exception {
        String config = file("channels: {slack: {token: \"${env:OTHER}\"}}\n");
        assertThat(line.run("slack-users", "--config", config)).isEqualTo(Keyturn.USAGE);
        assertThat(line.err())
                .contains("keyturn: channels.slack.token: could not look up the secret of ${env:OTHER}: it names an"
                        + " environment variable that is not set; set OTHER\n");
        line.with("OTHER", TOKEN).with("SLACK_TOKEN", "xoxb-wrong");
        assertThat(line.run("slack-users", "--config", config)).isZero();
    }

    @Test
    void withoutATokenItSaysWhereOneBelongs() throws Exception {
        line.with("SLACK_TOKEN", "");
        assertThat(line.run("slack-users")).isEqualTo(Keyturn.USAGE);
        assertThat(line.err())
                .isEqualTo("keyturn: there is no token of a Slack app; set SLACK_TOKEN to its bot token, or configure"
                        + " channels.slack.token\n");
        String config = file("channels: {slack: {webhook: \"${env:HOOK}\"}}\n");
        assertThat(line.run("slack-users", "--config", config)).isEqualTo(Keyturn.USAGE);
        assertThat(line.err())
                .contains(
                        "keyturn: channels.slack is a webhook, which cannot list members; configure the bot token of a"
                                + " Slack app instead, as channels.slack.token\n");
    }

    @Test
    void aWrongTokenOrAddressIsToldAndTheTokenIsNot() {
        line.with("SLACK_TOKEN", "xoxb-wrong-canary");
        assertThat(line.run("slack-users")).isEqualTo(Keyturn.NOT_READ);
        assertThat(line.err())
                .isEqualTo(
                        "keyturn: this is not everybody: could not use users.list of Slack: it answered invalid_auth;"
                                + " configure the bot token of the app, which begins with xoxb-\n");
        line.with("KEYTURN_SLACK_API_URL", "slack");
        assertThat(line.run("slack-users")).isEqualTo(Keyturn.USAGE);
        assertThat(line.err())
                .isEqualTo(
                        "keyturn: KEYTURN_SLACK_API_URL is not an address; write for example https://slack.com/api/, or"
                                + " unset it\n");
    }

    @Test
    void thisMachineIsAskedOnlyWhereThatIsAllowed() {
        line.with("KEYTURN_ALLOW_LOOPBACK", "0");
        assertThat(line.run("slack-users")).isEqualTo(Keyturn.NOT_READ);
        assertThat(line.err()).startsWith("keyturn: this is not everybody: could not use users.list of Slack: ");
        assertThat(slack.asked).isEmpty();
    }

    @Test
    void theDoctorAsksSlackWhoTheTokenIs() throws Exception {
        slack.answers.put("auth.test", "{\"ok\":true,\"user\":\"keyturn\",\"team\":\"Fernhill\"}");
        doctor("channels: {slack: {token: \"${env:SLACK_TOKEN}\"}}\n");
        assertThat(line.out())
                .containsPattern("● channels.slack.token +its secret is there")
                .containsPattern("● slack +as keyturn in Fernhill")
                .containsPattern("● slack chat:write")
                .containsPattern("slack users:read.email +not given, and without it owners are not found")
                .doesNotContain(TOKEN);
        assertThat(slack.asked).containsExactly("GET auth.test");
    }

    @Test
    void theDoctorTriesNoWebhook() throws Exception {
        line.with("HOOK", slack.url());
        doctor("channels: {slack: {webhook: \"${env:HOOK}\"}}\n");
        assertThat(line.out())
                .containsPattern("● channels.slack.webhook +its secret is there")
                .containsPattern("slack +whether a webhook works is seen only by sending");
        assertThat(slack.asked).isEmpty();
    }

    private void doctor(String yaml) throws IOException {
        World world = World.generate(new WorldSpec(3, 1, 10, 0.1, Instant.now()));
        try (SandboxServer server = SandboxServer.start(world, DoorOptions.defaults(), InstantSource.system())) {
            assertThat(line.on(server).run("doctor", "--config", file(yaml)))
                    .as(line.err() + line.out())
                    .isIn(0, Keyturn.NOT_READ);
        }
    }
}
