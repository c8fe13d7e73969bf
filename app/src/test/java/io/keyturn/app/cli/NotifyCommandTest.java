package io.keyturn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotifyCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> environment = new HashMap<>();
    private final List<String> posted = new ArrayList<>();
    private int status = 202;
    private String answer = "";
    private HttpServer hook;

    @TempDir
    Path folder;

    @BeforeEach
    void listen() throws IOException {
        hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hook.createContext("/", exchange -> {
            try (exchange) {
                posted.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
        hook.start();
        environment.put("KEYTURN_ALLOW_LOOPBACK", "1");
        environment.put("HOOK", "http://127.0.0.1:" + hook.getAddress().getPort() + "/very-secret-path");
    }

    @AfterEach
    void stop() {
        hook.stop(0);
    }

    private int run(String yaml, String... arguments) throws IOException {
        Path file = folder.resolve("keyturn.yaml");
        Files.writeString(file, yaml);
        List<String> line = new ArrayList<>(List.of(arguments));
        if (!line.contains("templates")) {
            line.addAll(List.of("--config", file.toString()));
        }
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("HOME", folder.toString());
        return Keyturn.commandLine(environment)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(line.toArray(String[]::new));
    }

    private static final String BOTH = "channels: {teams: {url: \"${env:HOOK}\"}, email: {from: keys@example.com}}\n";

    @Test
    void aPreviewShowsWhatEveryChannelWouldHandOverAndSendsNothing() throws Exception {
        assertThat(run(BOTH, "notify", "preview", "--kind", "delivered")).isZero();
        assertThat(out.toString())
                .contains("# email", "b.khan@example.com", "# teams", "install its new key", "AdaptiveCard")
                .doesNotContain("very-secret-path");
        assertThat(posted).isEmpty();
    }

    @Test
    void aTrialIsSentOnceAndSaysThatItIsOne() throws Exception {
        assertThat(run(BOTH, "notify", "test", "teams")).isZero();
        assertThat(out.toString()).contains("teams took it").contains("handed-over");
        assertThat(posted).singleElement().asString().contains("A trial message from Keyturn: nothing is to be done");
    }

    @Test
    void aTrialThatWasRefusedSaysWhy() throws Exception {
        status = 403;
        assertThat(run(BOTH, "notify", "test", "teams")).isEqualTo(Keyturn.NOT_READ);
        assertThat(err.toString()).contains("channels.teams", "403").doesNotContain("very-secret-path");
    }

    @Test
    void aChannelThatIsNotConfiguredIsNamedWithThoseThatAre() throws Exception {
        assertThat(run(BOTH, "notify", "test", "slack")).isEqualTo(Keyturn.USAGE);
        assertThat(err.toString()).contains("no channel \"slack\" is configured; there is email, teams");
        assertThat(run("read: live\n", "notify", "test", "slack")).isEqualTo(Keyturn.USAGE);
        assertThat(err.toString()).contains("no channel is configured; write channels into keyturn.yaml");
    }

    @Test
    void withoutAChannelAPreviewShowsTheWordsAlone() throws Exception {
        assertThat(run("read: live\n", "notify", "preview", "--kind", "two-keys"))
                .isZero();
        assertThat(out.toString())
                .startsWith("# the words alone, as no channel is configured\n")
                .contains("b.khan · XBL7 · production cannot be replaced", "1. See both");
    }

    @Test
    void aKindThatThereIsNotIsNamedWithThoseThatThereAre() throws Exception {
        assertThat(run(BOTH, "notify", "preview", "--kind", "party")).isEqualTo(Keyturn.USAGE);
        assertThat(err.toString())
                .contains("\"party\" is no kind of message; there is leaked, compromised, contested, two-keys");
    }

    @Test
    void templatesAreWrittenOnceAndWhatIsThereIsLeftAlone() throws Exception {
        Path mine = folder.resolve("mine");
        Files.createDirectories(mine);
        Files.writeString(mine.resolve("rotate.peb"), "mine");
        assertThat(run("", "notify", "templates", mine.toString())).isZero();
        assertThat(mine.resolve("rotate.peb")).hasContent("mine");
        assertThat(mine.resolve("digest.peb")).content().contains("{% block closing %}");
        assertThat(run("", "notify", "templates", mine.toString())).isZero();
        assertThat(out.toString()).contains("all templates are there already");

        Files.delete(mine.resolve("rotate.peb"));
        Files.writeString(
                mine.resolve("delete.peb"), "{% extends \"key\" %}{% block happens %}\n{{ usr }}{% endblock %}");
        assertThat(run("notices: {templates: mine}\n" + BOTH, "config", "check"))
                .isEqualTo(Keyturn.USAGE);
        assertThat(err.toString()).contains("delete.peb:2:1: ", "usr").contains("keyturn notify templates");
    }

    @Test
    void wordsOfOnesOwnAreCheckedLineByLineAlsoWhereNothingWouldBeSaidWithThemToday() throws Exception {
        Files.createDirectories(folder.resolve("mine"));
        Path words = folder.resolve("mine").resolve("words.properties");
        Files.writeString(words, """
                # ours
                yesterday = gestern
                reason-undecided = die Bedingung von {{ polcy }}: {{ why }}

                jesterday = gestern
                days-ago = vor {% if days == 2 %}{{ tage }}{% endif %} Tagen
                yesterday = ehegestern
                tomorrow =
                """);
        assertThat(run("notices: {templates: mine}\n" + BOTH, "config", "check"))
                .isEqualTo(Keyturn.USAGE);
        assertThat(err.toString())
                .contains("words.properties:3:1: ", "polcy")
                .contains("words.properties:5:1: ", "\"jesterday\" is no name of a word")
                .contains("words.properties:6:1: ", "tage")
                .contains("words.properties:7:1: ", "yesterday has words already, in line 2")
                .contains("words.properties:8:1: ", "tomorrow has no words")
                .doesNotContain("words.properties:2:");

        Files.writeString(words, "step-delete = geloescht\n");
        assertThat(run("notices: {templates: mine}\n" + BOTH, "notify", "preview", "--kind", "delete"))
                .isZero();
        assertThat(out.toString()).contains("geloescht").contains("in 15 days");
    }

    @Test
    void templatesThatCannotBeWrittenSayWhere() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "x");
        assertThat(run("", "notify", "templates", file.toString())).isEqualTo(Keyturn.USAGE);
        assertThat(err.toString()).contains("could not write " + file, "name a folder that can be written");
    }

    private static final String PAGER = "channels: {pagerduty: {routing-key: \"${env:ROUTING}\"}}\n";

    private void pager() {
        answer = "{\"status\":\"success\"}";
        environment.put("KEYTURN_PAGERDUTY_EVENTS_URL", environment.get("HOOK"));
        environment.put("ROUTING", "very-secret-routing-key");
    }

    @Test
    void aTrialOfTheAlarmIsEndedAtOnce() throws Exception {
        pager();

        assertThat(run(PAGER, "notify", "test", "pagerduty")).as(err.toString()).isZero();

        assertThat(out.toString()).contains("pagerduty took it");
        assertThat(posted).hasSize(2);
        assertThat(posted.getFirst()).contains("\"trigger\"", "A trial of Keyturn's alarm: nothing is to be done");
        assertThat(posted.getLast()).contains("\"resolve\"");
        assertThat(run(PAGER, "notify", "test", "slack")).isEqualTo(Keyturn.USAGE);
        assertThat(err.toString()).contains("no channel \"slack\" is configured; there is pagerduty");
    }

    @Test
    void theAlarmOfALeakedKeyCanBeLookedAtAndThereIsNoneForAge() throws Exception {
        pager();

        assertThat(run(PAGER, "notify", "preview", "--channel", "pagerduty", "--kind", "leaked"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .contains("\"trigger\"", "a leaked access key of b.khan in production still works")
                .doesNotContain("very-secret");
        assertThat(run(PAGER, "notify", "preview", "--channel", "pagerduty")).isZero();
        assertThat(out.toString()).contains("nothing: it hears of leaked keys that work");
        assertThat(posted).isEmpty();
    }

    @Test
    void aTrialOfTicketsGoesToTheDeskItself() throws Exception {
        String desk = "channels: {jira: {url: https://jira.invalid, project: OPS, token: \"${env:HOOK}\"}}\n";

        assertThat(run(desk, "notify", "test", "jira")).isEqualTo(Keyturn.NOT_READ);
        assertThat(err.toString()).contains("project OPS at https://jira.invalid");
    }
}
