package io.keyturn.adapters.jira;

import static io.keyturn.adapters.jira.JiraBench.said;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.keyturn.adapters.web.Patience;
import io.keyturn.adapters.web.Reach;
import io.keyturn.adapters.web.WebCalls;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Placement;
import io.keyturn.core.model.UserName;
import io.keyturn.engine.port.Leave;
import io.keyturn.engine.port.Secret;
import io.keyturn.engine.port.TicketDesk.Filing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Tickets as keycheck files and finds them; the key of the sample is AKIAEXAMPLE000007QXA of ci-deploy. */
class KeycheckDeskTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String MADE = "201 {\"key\":\"OPS-7\"}";
    private static final String NONE = "200 {\"issues\":[]}";
    private static final String QUERY =
            "status not in (Closed, Cancelled, Resolved, \"In Progress\") and description~\"07QXA\" and"
                    + " labels=AWS-User-Key-Rotation";

    private static final String LABELLED =
            "status not in (Closed, Cancelled, Resolved, \"In Progress\") and labels=AWS-User-Key-Rotation";

    private final List<String> requests = new ArrayList<>();
    private final List<String> bodies = new ArrayList<>();
    private final Deque<String> answers = new ArrayDeque<>();
    private HttpServer jira;
    private KeycheckDesk desk;
    private JiraSettings settings;

    @BeforeEach
    void open() throws IOException {
        jira = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        jira.createContext("/", this::answer);
        jira.start();
        settings = new JiraSettings(
                URI.create("http://127.0.0.1:" + jira.getAddress().getPort() + "/"),
                "OPS",
                "Story",
                "bot@example.com",
                new Secret("canary-token"),
                List.of(),
                (ObjectNode) JSON.readTree("{}"));
        desk = new KeycheckDesk(
                settings, new WebCalls("test", new Reach(false, true)), InstantSource.system(), time -> {});
    }

    @AfterEach
    void close() {
        desk.close();
        jira.stop(0);
        assertThat(bodies.toString() + desk).doesNotContain("canary");
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String query = exchange.getRequestURI().getRawQuery();
            requests.add(exchange.getRequestMethod() + " "
                    + exchange.getRequestURI().getPath()
                    + (query == null
                            ? ""
                            : " " + URLDecoder.decode(query.split("&")[0].substring(4), StandardCharsets.UTF_8)));
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            String answer = answers.remove();
            byte[] body = answer.substring(4).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(Integer.parseInt(answer.substring(0, 3)), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Filing file(String... answered) throws InterruptedException {
        answers.addAll(List.of(answered));
        return desk.file("keyturn-1", Samples.ordinary("U123"), Leave.GIVEN);
    }

    private static String found(String status, String description) {
        ObjectNode page = JSON.createObjectNode();
        ObjectNode issue = page.putArray("issues").addObject().put("key", "OPS-3");
        issue.putObject("fields")
                .put("description", description)
                .putObject("status")
                .put("name", status);
        return "200 " + page;
    }

    @Test
    void a_ticket_is_looked_for_as_keycheck_does_and_filed_once_as_it_does() throws InterruptedException {
        Filing filed = file(NONE, MADE);

        assertThat(filed).isEqualTo(new Filing.Filed("OPS-7", desk.address("OPS-7"), Placement.HANDED_OVER));
        assertThat(desk.address("OPS-7")).endsWith("/browse/OPS-7").doesNotContain("//browse");
        assertThat(requests).containsExactly("GET /rest/api/2/search " + QUERY, "POST /rest/api/2/issue");
        JsonNode fields = JSON.readTree(bodies.getLast()).path("fields");
        assertThat(fields.at("/project/key").asString()).isEqualTo("OPS");
        assertThat(fields.at("/issuetype/name").asString()).isEqualTo("Story");
        assertThat(fields.path("labels").toString()).isEqualTo("[\"AWS-User-Key-Rotation\"]");
        assertThat(fields.path("description").asString())
                .startsWith("Key AKIAEXAMPLE000007QXA, ending in ****07QXA, of the user ci-deploy in production\n");
        assertThat(file()).as("a search may not know it yet").isEqualTo(filed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "To Do | AWS Access Key must be rotated for ci-deploy with Key ID ending in ****07QXA. | OPS-3",
                "To Do | AWS Access Key must be rotated for ci with Key ID ending in ****07QXA. | OPS-7",
                "To Do | Key AKIAEXAMPLE000007QXA, ending in ****07QXA | OPS-3",
                "To Do | Key AKIAEXAMPLE2222207QXA, ending in ****07QXA | OPS-7",
                "To Do | somebody wrote this by hand: 07QXA | OPS-3",
                "in progress | somebody wrote this by hand: 07QXA | OPS-7",
                "Closed | AWS Access Key must be rotated for ci-deploy with Key ID ending in ****07QXA. | OPS-7"
            })
    void five_characters_are_another_keys_where_the_ticket_says_so(String status, String text, String reference)
            throws InterruptedException {
        assertThat(said(file(found(status, text), MADE))).isEqualTo(reference + " HANDED_OVER");
    }

    @Test
    void where_jira_does_not_know_a_status_it_is_asked_without() throws InterruptedException {
        Filing filed = file(
                "400 {\"errorMessages\":[\"The value 'Cancelled' does not exist for the field 'status'.\"]}",
                found("To Do", "07QXA"));

        assertThat(said(filed)).isEqualTo("OPS-3 HANDED_OVER");
        assertThat(requests.getLast())
                .isEqualTo("GET /rest/api/2/search description~\"07QXA\" and labels=AWS-User-Key-Rotation");
    }

    @Test
    void where_the_search_was_taken_away_it_is_looked_for_at_its_new_address() throws InterruptedException {
        assertThat(said(file("410 {\"errorMessages\":[\"removed\"]}", found("To Do", "07QXA"))))
                .isEqualTo("OPS-3 HANDED_OVER");
        assertThat(requests.getLast()).startsWith("GET /rest/api/2/search/jql ");
    }

    @Test
    void what_jira_refuses_is_said_and_no_ticket_is_made_unseen() throws InterruptedException {
        assertThat(said(file("401 "))).contains("could not look for the ticket", "Jira answered 401");
        assertThat(said(file(NONE, "400 {\"errors\":{\"issuetype\":\"The issue type selected is invalid.\"}}")))
                .contains("could not create a ticket", "The issue type selected is invalid.");
        assertThat(said(file(NONE, "201 {}"))).startsWith("in doubt: ").contains("names no issue");
    }

    private static String tickets(String more, String... endings) {
        ObjectNode page = (ObjectNode) JSON.readTree("{" + more + "}");
        ArrayNode issues = page.putArray("issues");
        for (String ending : endings) {
            issues.addObject()
                    .put("key", "OPS-" + ending)
                    .putObject("fields")
                    .put("description", "Key with Key ID ending in ****" + ending + ".");
        }
        return "200 " + page;
    }

    /** Looks for keys of which the first few have no ticket; what was found of those that end in these. */
    private List<String> found(List<String> endings, String... answered) throws Exception {
        return foundAfter(NONE, endings, answered);
    }

    /** The same where the first ones are answered so. */
    private List<String> foundAfter(String first, List<String> endings, String... answered) throws Exception {
        KeycheckSearch search = new KeycheckSearch(
                settings,
                new JiraCalls(
                        settings,
                        new WebCalls("test", new Reach(false, true))::send,
                        new Patience(InstantSource.system(), time -> {}, Duration.ofSeconds(1))));
        for (int i = 0; i < KeycheckSearch.SINGLY; i++) {
            answers.add(first);
            search.open(new KeyId("AKIAEXAMPLE00000000" + i), new UserName("first"));
        }
        requests.clear();
        answers.addAll(List.of(answered));
        List<String> found = new ArrayList<>();
        for (String ending : endings) {
            found.add(search.open(new KeyId("AKIAEXAMPLE0000" + ending), new UserName("ann"))
                    .orElse("none"));
        }
        return found;
    }

    @Test
    void for_many_keys_all_open_tickets_are_read_at_once_page_by_page() throws Exception {
        List<String> keys = List.of("AAAAA", "BBBBB", "CCCCC", "DDDDD");

        assertThat(found(keys, tickets("\"total\":3", "XAAAA", "AAAAA"), tickets("\"total\":3,\"startAt\":2", "CCCCC")))
                .containsExactly("OPS-AAAAA", "none", "OPS-CCCCC", "none");
        assertThat(requests)
                .containsExactly("GET /rest/api/2/search " + LABELLED, "GET /rest/api/2/search " + LABELLED);
        requests.clear();
        assertThat(found(keys, tickets("\"nextPageToken\":\"t/1\"", "BBBBB"), tickets("\"isLast\":true", "DDDDD")))
                .containsExactly("none", "OPS-BBBBB", "none", "OPS-DDDDD");
        assertThat(requests).hasSize(2);
    }

    @Test
    void where_they_are_too_many_or_not_to_be_had_each_key_is_looked_for_by_itself() throws Exception {
        List<String> answered = new ArrayList<>();
        for (int i = 0; i < KeycheckSearch.PAGES; i++) {
            answered.add(tickets("\"total\":5000", "XXXXX"));
        }
        answered.add(NONE);
        answered.add(tickets("", "BBBBB"));
        assertThat(found(List.of("AAAAA", "BBBBB"), answered.toArray(String[]::new)))
                .containsExactly("none", "OPS-BBBBB");
        requests.clear();
        assertThat(found(List.of("BBBBB"), "403 ", tickets("", "BBBBB"))).containsExactly("OPS-BBBBB");
        assertThat(requests.getLast()).contains("description~\"BBBBB\"");
    }

    @Test
    void a_list_that_lacks_what_was_found_one_by_one_is_not_taken_for_all_there_is() throws Exception {
        assertThat(foundAfter(
                        found("To Do", "written by hand: 00000 00001 00002 00003 00004"),
                        List.of("BBBBB"),
                        tickets("\"total\":1", "XXXXX"),
                        tickets("", "BBBBB")))
                .containsExactly("OPS-BBBBB");
        assertThat(requests.getLast()).contains("description~\"BBBBB\"");
    }

    @Test
    void nothing_is_ever_closed_and_a_preview_shows_what_would_be_filed() {
        assertThat(desk.close("keyturn-1", "the key is gone", Leave.GIVEN)).isEqualTo(new Filing.None());
        assertThat(desk.preview("keyturn-1", Samples.ordinary("U123"))).contains("/rest/api/2/issue", "****07QXA");
        assertThat(requests).isEmpty();
    }
}
