package io.keyturn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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
