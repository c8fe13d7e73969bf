package io.keyturn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.keyturn.sandbox.http.DoorOptions;
import io.keyturn.sandbox.http.SandboxServer;
import io.keyturn.sandbox.world.SimUser;
import io.keyturn.sandbox.world.World;
import io.keyturn.sandbox.world.WorldSpec;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is shown of messages that are to come, of users of the simulated organization. */
@Timeout(120)
class PreviewCommandTest {
    private static final String USER = "build-agent-40";
    private static final String TOKEN = "xoxb-canary-4711";
    private static final String MEMBER = "U0FERNHILL1";
    private static final String ASKED = "users.info?user=" + MEMBER;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        Map<String, String> environment = new HashMap<>(Map.of("HOME", folder.toString(), "LC_ALL", "C.UTF-8"));
        String[] line = new String[arguments.length + 2];
        line[0] = "notify";
        line[1] = "preview";
        System.arraycopy(arguments, 0, line, 2, arguments.length);
        return Keyturn.commandLine(environment)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(line);
    }

    @Test
    void ofARealUserItShowsWhatGoesOutNextAndWhatKeepsItBack() {
        assertThat(run("--demo", "--user", USER, "--sample", "--channel", "slack"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .startsWith("# slack\n")
                .contains(USER + " · PD6T · ", "\"channel\" : \"#security\"", "keyturn snooze " + USER)
                .doesNotContain("XBL7");
        assertThat(err.toString())
                .contains("keyturn: this is due now")
                .contains("keyturn: the stage observe of the account keeps it back; see `keyturn stages`");
    }

    @Test
    void aSingleKeyOfAUserCanBeShown() {
        assertThat(run("--demo", "--user", USER, "--key", "PD6T"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .startsWith("# the words alone, as no channel is configured\n")
                .contains("PD6T");

        assertThat(run("--demo", "--user", USER, "--key", "NONE")).isEqualTo(Keyturn.USAGE);
        assertThat(err.toString()).contains(USER + " has no key \"NONE\"; it has PD6T");

        assertThat(run("--key", "PD6T")).isEqualTo(Keyturn.USAGE);
        assertThat(err.toString()).contains("--key asks for a key of a user: add --user");
    }

    /** A user with an old key, whose tag names a member of Slack. */
    private static World tagged(Instant now) {
        World world = World.generate(new WorldSpec(3, 1, 4, 0, now));
        SimUser user = world.management().allUsers().stream()
                .filter(one -> one.keys().stream()
                        .anyMatch(key -> key.active() && key.created().isBefore(now.minus(Duration.ofDays(60)))))
                .findFirst()
                .orElseThrow();
        world.management().put(user.withTags(Map.of("Slack", MEMBER)));
        return world;
    }

    private void previewOf(World world, SlackStub slack, String channels) throws Exception {
        String name = world.management().allUsers().stream()
                .filter(user -> MEMBER.equals(user.tags().get("Slack")))
                .findFirst()
                .orElseThrow()
                .name();
        Path file = Files.writeString(folder.resolve("keyturn.yaml"), """
                policies:
                  - name: everybody
                    age: {warn: 10d, expire: 50d, on-warn: [remind], on-expire: [remind, deactivate]}
                owners: [{tag: Slack}]
                stages: [{stage: enforce}]
                notices: {zone: Europe/Berlin}
                read: live
                """ + channels);
        try (SandboxServer server = SandboxServer.start(world, DoorOptions.defaults(), InstantSource.system())) {
            Line line = new Line(folder)
                    .on(server)
                    .with("KEYTURN_SLACK_API_URL", slack.url())
                    .with("KEYTURN_ALLOW_LOOPBACK", "1")
                    .with("SLACK_TOKEN", TOKEN);
            assertThat(line.run(
                            "notify",
                            "preview",
                            "--user",
                            name,
                            "--sample",
                            "--channel",
                            "slack",
                            "--config",
                            file.toString()))
                    .as(line.err())
                    .isZero();
            out.getBuffer().setLength(0);
            err.getBuffer().setLength(0);
            out.append(line.out());
            err.append(line.err());
        }
    }

    @Test
    void theDaysOfWhomSlackKnowsAreToldByTheClockThatTheMessageWillBeToldBy() throws Exception {
        World world = tagged(Instant.now());
        try (SlackStub slack = new SlackStub(TOKEN)) {
            String member = "{\"ok\":true,\"user\":{\"id\":\"" + MEMBER + "\",\"name\":\"ann\",%s\"profile\":{}}}";
            slack.answers.put(ASKED, member.formatted("\"tz\":\"Pacific/Auckland\","));
            previewOf(world, slack, "channels: {slack: {token: \"${env:SLACK_TOKEN}\"}}\n");
            assertThat(out.toString()).contains("Times in Pacific/Auckland.");
            assertThat(err.toString())
                    .contains("keyturn: days are told in Pacific/Auckland, as the profile of " + MEMBER
                            + " in Slack says");
            assertThat(slack.asked).allMatch(call -> call.contains("users.info"));

            slack.answers.put(ASKED, member.formatted(""));
            previewOf(world, slack, "channels: {slack: {token: \"${env:SLACK_TOKEN}\"}}\n");
            assertThat(out.toString()).contains("Times in Europe/Berlin.");
            assertThat(err.toString())
                    .contains("keyturn: Slack names no time zone of " + MEMBER
                            + ": days are told in Europe/Berlin, as notices.zone says");
        }
    }

    @Test
    void whereSlackIsNotConfiguredNobodyIsAskedAndThatIsSaid() throws Exception {
        World world = tagged(Instant.now());
        try (SlackStub slack = new SlackStub(TOKEN)) {
            previewOf(world, slack, "");
            assertThat(slack.asked).isEmpty();
        }
        assertThat(out.toString()).contains("Times in Europe/Berlin.");
        assertThat(err.toString())
                .contains("keyturn: by whose clock " + MEMBER
                        + " lives was not asked, as no channel that reaches them is configured");
    }

    @Test
    void aKindThatIsNotToComeIsAnsweredWithTheOneThatIs() {
        assertThat(run("--demo", "--user", USER, "--kind", "deleted")).isEqualTo(Keyturn.USAGE);
        assertThat(err.toString())
                .containsPattern("what is said next of " + USER + ", on [0-9-]{10}, is rotate, not deleted;")
                .contains("leave --kind out");
    }

    @Test
    void aUserThatNobodyKnowsIsAnsweredWithTheNearestName() {
        assertThat(run("--demo", "--user", "build-agent-4x")).isEqualTo(Keyturn.USAGE);
        assertThat(err.toString()).contains("no user or key \"build-agent-4x\"", "did you mean");
    }

    @Test
    void jsonFitsItsSchemaAndHoldsThePageOfAMail() throws Exception {
        assertThat(run("--demo", "--user", USER, "--sample", "--output", "json"))
                .as(err.toString())
                .isZero();
        String schema = Files.readString(Path.of("..", "docs", "reference", "preview.schema.json"));
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(schema, InputFormat.JSON)
                        .validate(out.toString(), InputFormat.JSON))
                .isEmpty();
        JsonNode json = JsonMapper.shared().readTree(out.toString());
        List<String> channels = json.at("/messages")
                .valueStream()
                .map(message -> message.at("/channel").asString())
                .toList();
        assertThat(channels).containsExactly("email", "slack", "sns", "eventbridge", "webhook", "teams", "jira");
        assertThat(json.at("/messages/0/page").asString()).contains("<html", USER);
        assertThat(json.at("/kinds/0").asString()).isEqualTo("rotate");
    }

    @Test
    void htmlIsOnePageInWhichNothingRuns() {
        assertThat(run("--sample", "--output", "html", "--kind", "leaked")).isZero();
        assertThat(out.toString())
                .startsWith("<!doctype html>")
                .contains("<h2>email</h2>", "<iframe sandbox", "srcdoc=\"&lt;!", "<h2>teams</h2>")
                .doesNotContain("<script");
    }

    @Test
    void withoutSampleAChannelThatIsNotConfiguredIsNotMadeUp() {
        assertThat(run("--channel", "slack")).isEqualTo(Keyturn.USAGE);
        assertThat(err.toString())
                .contains(
                        "no channel is configured; write channels into keyturn.yaml, and --sample shows what it would");
    }
}
