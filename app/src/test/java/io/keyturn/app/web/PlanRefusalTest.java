package io.keyturn.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.policy.Approval;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.port.JournalStore;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A plan that is refused, and lines that would exempt a key: what approvers do beside approving. */
@Timeout(60)
class PlanRefusalTest {
    private static final String HASH = "ab".repeat(32);
    private static final String ALL = "step=0&step=1&step=2&step=3&step=4&why=reviewed&hash=" + HASH;

    private StillSite site;
    private Door door;
    private Visitor visitor;

    @BeforeEach
    void open() throws Exception {
        site = new StillSite(Approval.TWO);
        door = Door.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new LocalAccess("n.iyer"),
                Optional.empty(),
                site,
                InstantSource.fixed(StillSite.NOW),
                line -> {});
        visitor = new Visitor(door.address());
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void a_refused_plan_says_by_whom_and_why_and_waits_for_nobody() throws Exception {
        visitor.form("/plan", "/plan", ALL);
        assertThat(visitor.get("/").body()).contains("5<span class=\"sr\"> waiting</span>");
        HttpResponse<String> said = visitor.form("/plan", "/plan/refuse", "why=<b>quarter+end</b>&hash=" + HASH);
        assertThat(said.headers().firstValue("Location")).contains("/plan?done=refused");
        assertThat(visitor.get("/plan?done=refused").body())
                .contains(
                        "Refused, and written down with your name.",
                        "5 changes were refused",
                        "Refused by n.iyer, 2026-11-23: &lt;b&gt;quarter end&lt;/b&gt;. None of these changes is made",
                        "2 approvers, 0 so far")
                .doesNotContain("Refuse the whole plan");
        assertThat(visitor.get("/").body())
                .contains("The plan was refused")
                .doesNotContain("<span class=\"sr\"> waiting</span>");
        assertThat(visitor.get("/api/v1/plan").body())
                .contains("\"approvedBy\":[]", "\"refused\":{\"by\":\"n.iyer\",\"at\":\"2026-11-23T08:00:00Z\"");
        assertThat(site.entries(JournalStore.Query.ALL))
                .last()
                .isInstanceOfSatisfying(
                        Entry.Decision.class,
                        decision -> assertThat(decision.kind()).isEqualTo(Entry.Decision.Kind.REFUSE));

        visitor.form("/plan", "/plan", ALL);
        assertThat(visitor.get("/plan").body()).contains("5 changes wait for approval", "2 approvers, 1 so far");
    }

    @Test
    void only_what_was_looked_at_is_refused_and_only_with_a_reason() throws Exception {
        assertThat(visitor.form("/plan", "/plan/refuse", "why=w&hash=" + "cd".repeat(32))
                        .body())
                .contains("Nothing was refused: since that page was opened a run made another plan, abab abab. Look at"
                        + " that one and refuse it.");
        assertThat(visitor.form("/plan", "/plan/refuse", "why=+&hash=" + HASH).body())
                .contains("No reason is given");
        assertThat(visitor.json("/api/v1/plan/refuse", "{\"hash\": \"" + HASH + "\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(site.entries(JournalStore.Query.ALL)).isEmpty();
    }

    @Test
    void where_the_journal_fails_it_is_said_how_much_is_approved_and_approving_again_does_the_rest() throws Exception {
        site.decisionsUntilLocked = 0;
        HttpResponse<String> nothing = visitor.form("/plan", "/plan", ALL);
        assertThat(nothing.statusCode()).isEqualTo(503);
        assertThat(nothing.body()).contains("another process holds it").doesNotContain("are approved");
        assertThat(site.entries(JournalStore.Query.ALL)).isEmpty();

        site.decisionsUntilLocked = 1;
        HttpResponse<String> some = visitor.form("/plan", "/plan", ALL);
        assertThat(some.statusCode()).isEqualTo(503);
        assertThat(some.body())
                .contains(
                        "Not all of it was approved",
                        "5 of 5 steps are approved, each by itself, and nothing else: could not write the lines of the"
                                + " journal: another process holds it. Approve again: what is approved stays so.");
        assertThat(site.entries(JournalStore.Query.ALL)).hasSize(5);
        assertThat(visitor.get("/api/v1/plan").body()).contains("\"approvedBy\":[]");

        site.decisionsUntilLocked = -1;
        visitor.form("/plan", "/plan", ALL);
        assertThat(visitor.get("/api/v1/plan").body()).contains("\"approvedBy\":[\"page:n.iyer\"]");
    }

    @Test
    void programs_approve_and_refuse_the_whole_plan_too() throws Exception {
        String said = "{\"hash\": \"" + HASH + "\", \"why\": \"reviewed\"}";
        assertThat(visitor.json("/api/v1/plan/approve", said).body()).isEqualTo("{\"done\":true}");
        assertThat(site.entries(JournalStore.Query.ALL)).hasSize(6);
        assertThat(visitor.get("/api/v1/plan").body()).contains("\"approvedBy\":[\"page:n.iyer\"]", "\"refused\":null");
        assertThat(visitor.json("/api/v1/plan/refuse", said).body()).isEqualTo("{\"done\":true}");
        assertThat(visitor.get("/api/v1/plan").body()).contains("\"approvedBy\":[]");
    }

    @Test
    void an_exemption_is_proposed_as_lines_for_the_file_and_changes_nothing() throws Exception {
        String key = site.anyKey().name();
        String asked = "owner=sec-ops&reason=sealed+%22box%22&until=2027-06-30";
        assertThat(visitor.get("/keys/" + key + "/exemption").body())
                .contains("Propose an exemption?", "value=\"2027-05-23\"", "</html>");
        assertThat(visitor.get("/keys/" + key + "/exemption?" + asked).body())
                .contains("Add these lines", "exemptions:", "owner: &quot;sec-ops&quot;", "until: 2027-06-30}")
                .doesNotContain("<script", "<img");
        assertThat(visitor.get("/api/v1/keys/" + key + "/exemption?" + asked).body())
                .contains("\"reason\":\"sealed \\\"box\\\"\"", "\"until\":\"2027-06-30\"", "\"yaml\":\"exemptions:\\n");
        assertThat(site.entries(JournalStore.Query.ALL)).isEmpty();
    }

    @Test
    void an_exemption_without_owner_reason_or_end_is_not_proposed() throws Exception {
        String path = "/api/v1/keys/" + site.anyKey().name() + "/exemption?";
        assertThat(visitor.get(path + "reason=r&until=2027-06-30").body())
                .contains("An exemption says who answers for it: \\\"owner\\\" takes 1 to 200 characters. Nothing was"
                        + " proposed.");
        assertThat(visitor.get(path + "owner=o&until=2027-06-30").body()).contains("An exemption says why");
        for (String until : new String[] {"", "soon", "2026-11-22"}) {
            assertThat(visitor.get(path + "owner=o&reason=r&until=" + until).body())
                    .contains("\\\"until\\\" is its last day, written as 2027-05-23 and not before 2026-11-23.");
        }
    }
}
