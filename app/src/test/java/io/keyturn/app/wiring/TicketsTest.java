package io.keyturn.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.keyturn.app.config.Acting;
import io.keyturn.app.config.Channels;
import io.keyturn.engine.apply.TicketTools;
import io.keyturn.engine.checkup.Check;
import io.keyturn.engine.port.CredentialStore;
import io.keyturn.engine.port.Leave;
import io.keyturn.engine.port.SecretReference;
import io.keyturn.engine.port.TicketDesk;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TicketsTest {
    private static final String TOKEN = "canary-51aa-token";

    private final Map<String, String> environment = new TreeMap<>(Map.of("JIRA_TOKEN", TOKEN));
    private final List<String> logins = new ArrayList<>();
    private HttpServer jira;

    @BeforeEach
    void open() throws Exception {
        jira = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        jira.createContext("/", exchange -> {
            logins.add(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] no = "no".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(401, no.length);
            exchange.getResponseBody().write(no);
            exchange.close();
        });
        jira.start();
    }

    @AfterEach
    void close() {
        jira.stop(0);
    }

    private Channels.Jira settings(boolean perOwner) {
        return new Channels.Jira(
                URI.create("http://127.0.0.1:" + jira.getAddress().getPort()),
                "OPS",
                new Channels.Given.Plain("bot@example.com"),
                new SecretReference.Env("JIRA_TOKEN"),
                "Task",
                List.of(),
                "{}",
                perOwner,
                Channels.FoundBy.LABEL);
    }

    private List<String> checks() throws InterruptedException {
        Channels channels = new Channels(null, settings(false), null, null, null, null, null, null);
        RunSecrets secrets = new RunSecrets(environment, CredentialStore.USUAL);
        return new ChannelChecks(channels, environment, secrets, InstantSource.system())
                .checks().stream().map(TicketsTest::line).toList();
    }

    private static String line(Check check) {
        return check.name() + " " + check.result().label() + ": " + check.said();
    }

    @Test
    void theDoctorAsksJiraItself() throws Exception {
        environment.put("KEYTURN_ALLOW_LOOPBACK", "1");
        assertThat(checks())
                .containsExactly(
                        "channels.jira.token works: its secret is there",
                        "jira fails: could not ask who we are of project OPS at http://127.0.0.1:"
                                + jira.getAddress().getPort()
                                + ": Jira answered 401: it does not know who asks; make an API token for bot@example.com"
                                + " in its Atlassian account, and put it where channels.jira.token says");
        assertThat(logins).singleElement().asString().startsWith("Basic ");
    }

    @Test
    void thisMachineIsNotCalledUnlessThatIsAllowed() throws Exception {
        assertThat(checks().getLast())
                .endsWith(
                        "its address does not begin with https://; configure an https address on the public internet");
        assertThat(logins).isEmpty();
    }

    @Test
    void aTokenThatIsNotThereIsSaidOnce() throws Exception {
        environment.remove("JIRA_TOKEN");
        assertThat(checks())
                .containsExactly(
                        "channels.jira.token fails: could not look up the secret of ${env:JIRA_TOKEN}: it names an"
                                + " environment variable that is not set; set JIRA_TOKEN");
    }

    @Test
    void theDeskIsMadeOfWhatIsConfigured() throws Exception {
        for (boolean perOwner : List.of(true, false)) {
            TicketTools tickets = open(perOwner);
            try (var desk = tickets.desk()) {
                assertThat(desk.name()).isEqualTo("jira");
                assertThat(desk.toString()).doesNotContain(TOKEN);
                assertThat(tickets.each()).isEqualTo(perOwner ? TicketTools.Each.OWNER : TicketTools.Each.KEY);
            }
        }
    }

    @Test
    void withoutItsTokenTheDeskIsShutAndSaysWhy() throws Exception {
        environment.remove("JIRA_TOKEN");
        try (var desk = open(false).desk()) {
            assertThat(desk.close("keyturn-1", "gone", Leave.GIVEN))
                    .isInstanceOfSatisfying(
                            TicketDesk.Filing.Refused.class,
                            refused -> assertThat(refused.problem().sentence()).contains("JIRA_TOKEN"));
        }
    }

    private TicketTools open(boolean perOwner) {
        Channels channels = new Channels(null, settings(perOwner), null, null, null, null, null, null);
        Acting none = Acting.NONE;
        Acting acting = new Acting(channels, none.manner(), null, none.approval(), List.of(), none.credstash());
        return Objects.requireNonNull(Tickets.open(
                acting, environment, new RunSecrets(environment, acting.credstash()), InstantSource.system()));
    }
}
