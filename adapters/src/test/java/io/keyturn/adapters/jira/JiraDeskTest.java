package io.keyturn.adapters.jira;

import static io.keyturn.adapters.jira.JiraBench.MARKER;
import static io.keyturn.adapters.jira.JiraBench.said;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.adapters.jira.JiraProject.Ticket;
import io.keyturn.core.model.Placement;
import io.keyturn.engine.port.Leave;
import io.keyturn.engine.port.TicketDesk.Filing;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One ticket for each marker, at Jira Cloud (true) and at Jira Server (false). */
class JiraDeskTest {
    private JiraBench bench;

    private JiraDouble open(boolean cloud) throws IOException {
        bench = new JiraBench(cloud);
        return bench.jira;
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTicketIsMadeForAnActiveOwnerAndCountsAsPlaced(boolean cloud) throws Exception {
        JiraDouble jira = open(cloud);
        assertThat(bench.file("ann@example.com"))
                .isEqualTo(new Filing.Filed("OPS-1", jira.url() + "/browse/OPS-1", Placement.PLACED));
        Ticket ticket = jira.project.only();
        assertThat(ticket.labels()).containsExactly("keyturn", MARKER, "security");
        assertThat(ticket.fields.path("summary").asString()).isEqualTo("1 key needs you by 2026-11-25");
        assertThat(ticket.fields.path("description").toString()).contains("371 days old");
        assertThat(ticket.comments).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whereNobodyActiveIsAssignedItIsHandedOver(boolean cloud) throws Exception {
        JiraDouble jira = open(cloud);
        assertThat(said(bench.file("platform"))).isEqualTo("OPS-1 HANDED_OVER");
        assertThat(said(bench.desk().file("keyturn-2", Samples.ordinary("gone@example.com"), Leave.GIVEN)))
                .isEqualTo("OPS-2 HANDED_OVER");
        // Listed as assignable, and refused nevertheless: the ticket is made without.
        assertThat(said(bench.desk().file("keyturn-3", Samples.ordinary("guest@example.com"), Leave.GIVEN)))
                .isEqualTo("OPS-3 HANDED_OVER");
        // What begins like the address of somebody else is not that one.
        assertThat(said(bench.desk().file("keyturn-4", Samples.ordinary("ann@example.co"), Leave.GIVEN)))
                .isEqualTo("OPS-4 HANDED_OVER");
        jira.answer("GET .*/user/.*", 403, "");
        assertThat(said(bench.desk().file("keyturn-5", Samples.ordinary("ann@example.com"), Leave.GIVEN)))
                .isEqualTo("OPS-5 HANDED_OVER");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theOpenTicketGetsACommentWhenThereIsSomethingNewAndNoneElse(boolean cloud) throws Exception {
        JiraDouble jira = open(cloud);
        bench.file("ann@example.com");
        bench.file("ann@example.com");
        assertThat(jira.project.only().comments).isEmpty();
        assertThat(said(bench.desk().file(MARKER, Samples.later("ann@example.com"), Leave.GIVEN)))
                .isEqualTo("OPS-1 PLACED");
        bench.desk().file(MARKER, Samples.later("ann@example.com"), Leave.GIVEN);
        assertThat(jira.project.only().comments).hasSize(1).first().asString().contains("switched off");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClosedTicketIsOpenedAgain(boolean cloud) throws Exception {
        JiraDouble jira = open(cloud);
        bench.file("ann@example.com");
        assertThat(said(bench.close("The key is healthy again."))).isEqualTo("OPS-1 PLACED");
        Ticket ticket = jira.project.only();
        assertThat(ticket.status).isEqualTo("Done");
        assertThat(ticket.comments).hasSize(1).first().asString().contains("The key is healthy again.");
        assertThat(said(bench.close("The key is healthy again."))).isEqualTo("none");
        assertThat(said(bench.file("ann@example.com"))).isEqualTo("OPS-1 PLACED");
        assertThat(ticket.status).isEqualTo("To Do");
        assertThat(ticket.comments).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClosedTicketThatCannotBeOpenedAgainIsFollowedByANewOneThatNamesIt(boolean cloud) throws Exception {
        JiraDouble jira = open(cloud);
        jira.project.put("Done", MARKER);
        jira.project.ways.get("Done").clear();
        assertThat(said(bench.file("ann@example.com"))).isEqualTo("OPS-2 PLACED");
        assertThat(jira.project.tickets.get("OPS-2").linked).containsExactly("OPS-1");
        jira.project.links = false;
        jira.project.tickets.get("OPS-2").status = "Done";
        assertThat(said(bench.file("ann@example.com"))).isEqualTo("OPS-3 PLACED");
        assertThat(said(bench.file("ann@example.com"))).isEqualTo("OPS-3 PLACED");
        assertThat(jira.project.tickets.get("OPS-3").comments)
                .hasSize(1)
                .first()
                .asString()
                .contains("This follows OPS");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ofSeveralOpenTicketsTheOldestGoesOnAndTheOthersSayWhichItIsOnce(boolean cloud) throws Exception {
        JiraDouble jira = open(cloud);
        jira.project.pageSize = 1;
        for (int i = 0; i < 3; i++) {
            jira.project.put("In Progress", MARKER);
        }
        jira.project.put("In Progress", "keyturn-other");
        assertThat(said(bench.file("ann@example.com"))).isEqualTo("OPS-1 HANDED_OVER");
        bench.file("ann@example.com");
        assertThat(jira.project.tickets.values().stream().map(t -> t.comments.size()))
                .containsExactly(1, 1, 1, 0);
        assertThat(jira.project.tickets.get("OPS-3").comments.getFirst()).contains("OPS");
        assertThat(said(bench.close("The key is gone."))).isEqualTo("OPS-1 HANDED_OVER");
        assertThat(jira.project.tickets.values().stream().map(t -> t.status))
                .containsExactly("Done", "Done", "Done", "In Progress");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatTheSearchDoesNotShowYetIsNotMadeTwiceByOneProcess(boolean cloud) throws Exception {
        JiraDouble jira = open(cloud);
        jira.project.lag = 100;
        JiraDesk desk = bench.desk();
        desk.file(MARKER, Samples.ordinary("ann@example.com"), Leave.GIVEN);
        assertThat(said(desk.file(MARKER, Samples.later("ann@example.com"), Leave.GIVEN)))
                .isEqualTo("OPS-1 PLACED");
        assertThat(jira.project.only().comments).hasSize(1);
        assertThat(said(desk.close(MARKER, "Healthy.", Leave.GIVEN))).isEqualTo("OPS-1 PLACED");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTicketWhoseLabelAPersonTookAwayIsNoLongerOurs(boolean cloud) throws Exception {
        JiraDouble jira = open(cloud);
        jira.project.put("To Do", "keyturn-other");
        assertThat(said(bench.file("ann@example.com"))).isEqualTo("OPS-2 PLACED");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aHostileMessageIsFiledByTheRules(boolean cloud) throws Exception {
        JiraDouble jira = open(cloud);
        assertThat(said(bench.desk().file(MARKER, Samples.hostile(), Leave.GIVEN)))
                .isEqualTo("OPS-1 HANDED_OVER");
        assertThat(jira.project.tickets.get("OPS-1").fields.path("summary").asString())
                .startsWith("<!channel> [~admin]")
                .doesNotContainPattern("\\p{Cc}");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsTooLongForTheTicketGoesOnInItsComments(boolean cloud) throws Exception {
        JiraDouble jira = open(cloud);
        assertThat(said(bench.desk().file(MARKER, Samples.about(100), Leave.GIVEN)))
                .isEqualTo("OPS-1 PLACED");
        Ticket ticket = jira.project.only();
        int parts = ticket.comments.size();
        assertThat(parts).isPositive();
        assertThat(ticket.fields.path("description") + ticket.comments.toString())
                .contains("user-0 ", "user-42 ", "user-99 ");
        bench.desk().file(MARKER, Samples.about(100), Leave.GIVEN);
        assertThat(ticket.comments).hasSize(parts);
        jira.project.tickets.clear();
        jira.answer("POST .*/comment", 403, "");
        assertThat(said(bench.desk().file(MARKER, Samples.about(100), Leave.GIVEN)))
                .startsWith("in doubt: could not comment on OPS-1");
        assertThat(said(bench.desk().file(MARKER, Samples.about(100), Leave.GIVEN)))
                .isEqualTo("OPS-1 PLACED");
        assertThat(jira.project.only().comments).hasSize(parts + 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoClosedATicketByHandReadsWhyItIsOpenAgain(boolean cloud) throws Exception {
        JiraDouble jira = open(cloud);
        bench.file("ann@example.com");
        jira.project.only().status = "Done";
        bench.file("ann@example.com");
        assertThat(jira.project.only().status).isEqualTo("To Do");
        assertThat(jira.project.only().comments).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void thePreviewShowsWhatWouldBeFiledAndFilesNothing(boolean cloud) throws Exception {
        JiraDouble jira = open(cloud);
        String preview = bench.desk().preview(MARKER, Samples.ordinary("ann@example.com"));
        assertThat(preview)
                .startsWith("POST " + jira.url() + jira.base() + "/issue\nassigned to ann@example.com, where Jira knows"
                        + " one active person by it\n\n{")
                .contains(MARKER, "\"summary\" : \"1 key needs you by 2026-11-25\"")
                .doesNotContain(JiraDouble.TOKEN);
        assertThat(jira.requests).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aResolutionIsGivenWhereClosingAsksForOneAndAWayThatAsksForMoreIsNotGone(boolean cloud) throws Exception {
        JiraDouble jira = open(cloud);
        jira.project.put("To Do", MARKER);
        jira.project.ways.put(
                "To Do",
                List.of(
                        JiraProject.way("1", "Reject", "Rejected"),
                        JiraProject.way("2", "Finish", "Done", "{\"customfield_1\": {\"required\": true}}"),
                        JiraProject.way(
                                "3",
                                "Close",
                                "Closed",
                                "{\"resolution\": {\"required\": true, \"allowedValues\": [{\"name\": \"Won't Do\"},"
                                        + " {\"name\": \"Fixed\"}]}}")));
        assertThat(said(bench.close("Healthy."))).isEqualTo("OPS-1 HANDED_OVER");
        assertThat(jira.project.only().status).isEqualTo("Closed");
        assertThat(jira.project.only().resolution).isEqualTo("Fixed");
    }
}
