package io.keyturn.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.policy.Approval;
import io.keyturn.engine.catalog.KeyQuery;
import io.keyturn.engine.catalog.SeenRun;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.port.JournalStore;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server as others meet it: what it answers, and what it does not. */
@Timeout(60)
class DoorTest {
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private StillSite site;
    private Door door;
    private Visitor visitor;

    @BeforeEach
    void open() throws Exception {
        site = new StillSite(Approval.TWO);
        door = open(new LocalAccess("n.iyer"), Optional.empty());
        visitor = new Visitor(door.address());
    }

    private Door open(Access access, Optional<String> host) throws Exception {
        return Door.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                access,
                host,
                site,
                InstantSource.fixed(StillSite.NOW),
                log::add);
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void the_first_page_is_made_before_anybody_asks_for_it() throws Exception {
        site.drawn.await();
        assertThat(log).isEmpty();
    }

    private List<Entry> decisions() throws Exception {
        return site.entries(JournalStore.Query.ALL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/accounts",
                "/owners",
                "/keys",
                "/keys?sort=age&desc=1",
                "/runs",
                "/plan",
                "/health",
                "/stop"
            })
    void names_and_tags_of_an_attacker_are_only_ever_text(String path) throws Exception {
        HttpResponse<String> page = visitor.get(path);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body().replace("<script src=\"/live.js\" defer></script>", ""))
                .contains("</html>")
                .doesNotContain("<script", "<img", "<b>prod", "<i>note", "<b>trouble", "\u202E", "49{%");
    }

    @Test
    void the_page_of_every_hostile_key_is_harmless_too() throws Exception {
        for (var key : site.catalog().keys(KeyQuery.ALL).keys()) {
            HttpResponse<String> page = visitor.get("/keys/" + key.name());
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).doesNotContain("<script", "<img", "\u202E");
            assertThat(visitor.get("/keys/" + key.name() + "/act/snooze").body())
                    .doesNotContain("<script", "<img");
        }
        assertThat(visitor.get("/keys?q=%3Cscript%3E&owner=%22%3E%3Cimg").body())
                .doesNotContain("<script", "<img");
    }

    @Test
    void every_answer_forbids_what_pages_never_need() throws Exception {
        for (String path : List.of("/", "/nope", "/style.css", "/api/v1/keys", "/healthz")) {
            var headers = visitor.get(path).headers();
            assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
                    .contains(
                            "default-src 'none'", "script-src 'none'", "frame-ancestors 'none'", "form-action 'self'");
            assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(headers.firstValue("Referrer-Policy")).contains("same-origin");
            assertThat(headers.firstValue("X-Frame-Options")).contains("DENY");
            assertThat(headers.firstValue("Cross-Origin-Opener-Policy")).contains("same-origin");
            assertThat(headers.firstValue("Cross-Origin-Resource-Policy")).contains("same-origin");
            assertThat(headers.firstValue("Permissions-Policy").orElseThrow()).contains("camera=()");
        }
        assertThat(visitor.get("/").headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(new Visitor(door.address())
                        .get("/")
                        .headers()
                        .firstValue("Set-Cookie")
                        .orElseThrow())
                .contains("HttpOnly", "SameSite=Strict");
    }

    @Test
    void what_is_not_there_is_told_in_a_friendly_way() throws Exception {
        HttpResponse<String> key = visitor.get("/keys/0123");
        assertThat(key.statusCode()).isEqualTo(404);
        assertThat(key.body()).contains("There is no such key. It may have been deleted since");
        assertThat(visitor.get("/nope").body()).contains("There is no such page. Begin at the overview.");
        assertThat(visitor.get("/keys?page=99").body())
                .contains("There is no page 99 of these keys. All are on the first.");
        assertThat(visitor.get("/keys?account=999999999999").body()).contains("No key found");
        HttpResponse<String> api = visitor.get("/api/v1/keys/0123");
        assertThat(api.statusCode()).isEqualTo(404);
        assertThat(api.body()).startsWith("{\"error\":\"Not found\",\"message\":\"There is no such key.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/..%2f..%2fetc/passwd",
                "/keys/..%2f..%2fetc%2fpasswd",
                "/style.css/../../secret",
                "//etc/passwd"
            })
    void no_path_leads_out_of_it(String path) throws Exception {
        assertThat(visitor.get(path).statusCode()).isIn(400, 404);
    }

    @Test
    void a_question_that_makes_no_sense_is_told_what_would() throws Exception {
        assertThat(visitor.get("/keys?sort=size").body())
                .contains("is one of standing, user, account, owner, age, use, decide.");
        assertThat(visitor.get("/keys?page=0").body()).contains("is a number from 1 to 100000.");
        assertThat(visitor.get("/keys?standing=old").statusCode()).isEqualTo(400);
        assertThat(raw("GET /keys?q=%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400");
    }

    @Test
    void under_another_name_nothing_is_answered() throws Exception {
        String answer = raw("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 421").contains("This server does not answer under that name");
        assertThat(raw("GET /healthz HTTP/1.1\r\nHost: 10.0.0.7\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    private String raw(String request) throws Exception {
        try (Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(), door.address().getPort());
                OutputStream out = socket.getOutputStream();
                InputStream in = socket.getInputStream()) {
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void behind_a_proxy_it_answers_under_the_public_name_alone_and_its_cookie_stays_on_safe_ways() throws Exception {
        door.close();
        door = open(new LocalAccess("n.iyer"), Optional.of("keyturn.example.com"));
        assertThat(raw("GET / HTTP/1.1\r\nHost: keyturn.example.com\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200")
                .contains("SameSite=Strict; Secure");
        assertThat(raw("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 421");
    }

    @Test
    void a_form_is_taken_only_from_a_page_of_its_own() throws Exception {
        assertThat(visitor.post("/stop", "why=drill").statusCode()).isEqualTo(403);
        visitor.get("/stop");
        assertThat(visitor.post("/stop", "why=drill&token=forged").body())
                .contains("Open the page again and send it from there.");
        Visitor elsewhere = new Visitor(door.address()).with("Origin", "https://evil.example");
        assertThat(elsewhere.form("/stop", "/stop", "why=drill").body())
                .contains("Nothing was done: that was sent from a page of another site.");
        Visitor crossSite = new Visitor(door.address()).with("Sec-Fetch-Site", "cross-site");
        assertThat(crossSite.form("/stop", "/stop", "why=drill").statusCode()).isEqualTo(403);
        assertThat(site.stopped()).isEmpty();
        assertThat(log)
                .hasSizeGreaterThanOrEqualTo(4)
                .allMatch(line -> line.startsWith("denied 403 to 127.0.0.1, n.iyer, POST /stop: "));
    }

    @Test
    void a_stop_is_in_the_journal_with_who_and_why_and_so_is_its_end() throws Exception {
        assertThat(visitor.form("/stop", "/stop", "why=drill").statusCode()).isEqualTo(303);
        assertThat(site.stopped()).contains("n.iyer: drill");
        assertThat(visitor.get("/").body()).contains("Everything is stopped", "n.iyer: drill");
        assertThat(visitor.form("/stop", "/resume", "why=over").statusCode()).isEqualTo(303);
        assertThat(site.stopped()).isEmpty();
        assertThat(decisions()).hasSize(2).allSatisfy(entry -> {
            Entry.Decision decision = (Entry.Decision) entry;
            assertThat(decision.by()).isEqualTo("n.iyer");
            assertThat(decision.stamp().run()).isEqualTo("page");
        });
        assertThat(visitor.get("/runs").body()).contains("Everything: Stop by n.iyer");
    }

    @Test
    void without_a_reason_nothing_is_done() throws Exception {
        assertThat(visitor.form("/stop", "/stop", "why=+").body()).contains("No reason is given, so nothing was done.");
        assertThat(visitor.form("/stop", "/stop", "why=" + "x".repeat(2_000)).body())
                .contains("The reason has 2000 characters, and 1000 are the most.");
        assertThat(visitor.form("/stop", "/stop", "why=" + "x".repeat(70_000)).statusCode())
                .isEqualTo(413);
        assertThat(decisions()).isEmpty();
    }

    @Test
    void a_key_is_snoozed_frozen_and_thawed() throws Exception {
        String key = "/keys/" + site.anyKey().name();
        HttpResponse<String> late = visitor.form(key + "/act/snooze", key + "/act/snooze", "why=w&until=2027-11-23");
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(late.body()).contains("is longer than its policy allows: 30 days ahead");
        assertThat(visitor.form(key + "/act/snooze", key + "/act/snooze", "why=w&until=soon")
                        .body())
                .contains("The last day is written as 2026-12-04. Nothing was done.");
        assertThat(visitor.form(key + "/act/snooze", key + "/act/snooze", "why=leave&until=2026-12-04")
                        .statusCode())
                .isEqualTo(303);
        assertThat(visitor.form(key + "/act/freeze", key + "/act/freeze", "why=audit&scope=user")
                        .statusCode())
                .isEqualTo(303);
        assertThat(visitor.get(key).body())
                .contains("snoozed by n.iyer: leave, to the end of 2026-12-04", "frozen by n.iyer: audit");
        assertThat(visitor.get("/health").body())
                .containsPattern("Snoozed, 2026-11-23<.*leave<.*to the end of 2026-12-04")
                .containsPattern("Frozen, 2026-11-23<.*, all keys · account .*n.iyer.*audit.*until somebody thaws it");
        assertThat(visitor.form(key + "/act/thaw", key + "/act/thaw", "why=over&scope=user")
                        .statusCode())
                .isEqualTo(303);
        assertThat(visitor.get(key).body()).contains("snoozed by n.iyer").doesNotContain("Held back: frozen by");
        assertThat(visitor.get("/health").body())
                .contains("Snoozed, 2026-11-23")
                .doesNotContain("Frozen, ");
    }

    @Test
    void what_is_written_from_right_to_left_moves_nothing_around_it_and_turns_nothing_round() throws Exception {
        String key = "/keys/" + site.anyKey().name();
        String why = URLEncoder.encode("שבוע (השחרור)\u202E", StandardCharsets.UTF_8);
        visitor.form(key + "/act/snooze", key + "/act/snooze", "until=2026-12-04&why=" + why);
        assertThat(visitor.get(key).body())
                .contains("snoozed by n.iyer: <bdi>שבוע (השחרור)</bdi>\\u202e, to the end of 2026-12-04");
        assertThat(visitor.get("/keys?q=" + why).body())
                .contains("dir=\"auto\" name=\"q\" value=\"שבוע")
                .doesNotContain("\"<bdi>", "<title><bdi>");
        visitor.form("/stop", "/stop", "why=" + why);
        assertThat(visitor.get("/").body())
                .contains("n.iyer: <bdi>שבוע (השחרור)</bdi>\\u202e</span>. No change starts");
    }

    @Test
    void what_is_approved_is_the_plan_that_was_shown_and_no_other() throws Exception {
        String hash = "ab".repeat(32);
        String all = "step=0&step=1&step=2&step=3&step=4&why=reviewed&hash=";
        assertThat(visitor.form("/plan", "/plan", all + "cd".repeat(32)).body())
                .contains(
                        "The plan is outdated",
                        "Nothing was approved: since that page was opened a run made another plan, abab abab.");
        assertThat(visitor.form("/plan", "/plan", "why=reviewed&hash=" + hash).body())
                .contains("No step is ticked");
        assertThat(decisions()).isEmpty();
        assertThat(visitor.form("/plan", "/plan", all + hash).statusCode()).isEqualTo(303);
        assertThat(site.approvers(hash)).containsExactly("page:n.iyer");
        assertThat(visitor.get("/plan").body()).contains("2 approvers, 1 so far", "page:n.iyer");
    }

    @Test
    void of_a_narrowed_plan_each_step_is_approved_by_itself() throws Exception {
        visitor.form("/plan", "/plan", "step=1&step=3&why=these+two&hash=" + "ab".repeat(32));
        assertThat(decisions()).hasSize(2).allSatisfy(entry -> {
            Entry.Decision decision = (Entry.Decision) entry;
            assertThat(decision.kind()).isEqualTo(Entry.Decision.Kind.APPROVE);
            assertThat(decision.value()).isEqualTo("deactivate");
        });
        assertThat(site.approvers("ab".repeat(32))).isEmpty();
    }

    @Test
    void programs_do_the_same_with_json_and_only_with_json() throws Exception {
        assertThat(visitor.post("/api/v1/stop", "why=drill").statusCode()).isEqualTo(415);
        assertThat(visitor.json("/api/v1/stop", "[1]").body()).contains("The body is no JSON object.");
        assertThat(visitor.json("/api/v1/stop", "{\"why\":").statusCode()).isEqualTo(400);
        assertThat(visitor.json("/api/v1/stop", "{\"why\": {}}").body()).contains("\\\"why\\\" is no text.");
        assertThat(visitor.json("/api/v1/stop", "{\"why\": 1}").body()).contains("\\\"why\\\" is no text.");
        assertThat(visitor.json("/api/v1/stop", "{\"why\": \"drill\", \"untill\": \"2026-12-04\"}")
                        .body())
                .contains("\\\"untill\\\" is not taken here, but why.");
        HttpResponse<String> looked = visitor.get("/api/v1/stop");
        assertThat(looked.statusCode()).isEqualTo(405);
        assertThat(looked.headers().firstValue("Allow")).contains("POST");
        assertThat(visitor.json("/api/v1/stop", "{\"why\": \"drill\"}").body()).isEqualTo("{\"done\":true}");
        assertThat(site.stopped()).contains("n.iyer: drill");
        assertThat(visitor.json("/api/v1/read", "").statusCode()).isEqualTo(200);
        assertThat(visitor.json("/api/v1/run", "{}").statusCode()).isEqualTo(200);
        assertThat(site.begun).containsExactly(false, true);
        assertThat(site.begunBy).containsExactly("n.iyer", "n.iyer");
        assertThat(site.decisions())
                .extracting(decision -> decision.kind() + " by " + decision.by() + ": " + decision.why())
                .containsExactly(
                        "STOP by n.iyer: drill",
                        "READ by n.iyer: asked for on the pages",
                        "RUN by n.iyer: asked for on the pages");
    }

    @Test
    void a_run_whose_asking_cannot_be_written_down_is_not_begun() throws Exception {
        site.decisionsUntilLocked = 0;
        HttpResponse<String> refused = visitor.form("/runs", "/run", "");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("another process holds it");
        assertThat(site.begun).isEmpty();
    }

    @Test
    void the_same_numbers_are_on_the_pages_and_in_json() throws Exception {
        assertThat(visitor.get("/").body()).contains("<b>5</b> keys need a decision this week");
        assertThat(visitor.get("/api/v1/overview").body()).contains("\"keys\":5", "\"decisions\":5", "\"expired\":5");
        assertThat(visitor.get("/metrics").body())
                .contains("keyturn_keys{account=\"<b>prod</b>\",account_id=\"111122223333\",standing=\"expired\"} 5");
    }

    private static SeenRun ran(String name, int minute, Map<String, Integer> outcomes) {
        Instant at = StillSite.NOW.plus(Duration.ofMinutes(minute));
        return new SeenRun(name, "run", at, at, true, 1, 10, 0, "", 3, outcomes, "");
    }

    @Test
    void what_a_run_changed_after_it_had_read_the_keys_is_said_until_they_are_read_again() throws Exception {
        site.catalog().put(ran("a", 1, Map.of("deactivate done", 2, "create key done", 1, "remind done", 9)));
        String said =
                "Keys are shown as they were read at 2026-11-23 08:01 UTC. After that the run changed some: 1 made,"
                        + " 2 deactivated. The next reading shows it.";
        for (String path :
                List.of("/", "/keys", "/accounts", "/keys/" + site.anyKey().name())) {
            assertThat(visitor.get(path).body()).contains(said);
        }
        assertThat(visitor.get("/health").body()).doesNotContain(said);
        site.catalog().put(ran("b", 2, Map.of("remind done", 9, "deactivate failed", 1)));
        assertThat(visitor.get("/").body()).doesNotContain("changed some");
    }

    @Test
    void who_sends_too_much_at_once_is_asked_to_wait() throws Exception {
        HttpResponse<String> last = visitor.json("/api/v1/read", "{}");
        for (int i = 0; i < 20; i++) {
            last = visitor.json("/api/v1/read", "{}");
        }
        assertThat(last.statusCode()).isEqualTo(429);
        assertThat(last.body()).contains("Nothing was done. Wait a minute and do it again.");
    }

    @Test
    void it_has_twenty_seconds_for_a_request_and_a_minute_for_an_answer() {
        assertThat(List.of("sun.net.httpserver.maxReqTime", "sun.net.httpserver.maxRspTime"))
                .extracting(System::getProperty)
                .containsExactly("20", "60");
        assertThat(System.getProperty("jdk.httpserver.maxConnections")).isEqualTo("4096");
    }

    @Test
    void a_thousand_connections_that_say_nothing_keep_nobody_out() throws Exception {
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 1_000; i++) {
                idle.add(new Socket(
                        InetAddress.getLoopbackAddress(), door.address().getPort()));
            }
            assertThat(visitor.get("/accounts").statusCode()).isEqualTo(200);
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }
}
