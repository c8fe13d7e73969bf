package io.keyturn.adapters.jira;

import static io.keyturn.adapters.jira.JiraBench.MARKER;
import static io.keyturn.adapters.jira.JiraBench.said;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.adapters.jira.JiraDouble.Trouble.Kind;
import io.keyturn.core.model.Problem;
import io.keyturn.engine.port.Leave;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What goes wrong between us and Jira, and what a person reads of it. */
class JiraTroubleTest {
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
    @CsvSource({"true, DONE_AND_LOST", "false, DONE_AND_LOST", "true, DONE_AND_ANSWERED", "false, DONE_AND_ANSWERED"})
    void aTicketThatWasMadeWithoutAnAnswerIsFoundAfterAWhile(boolean cloud, Kind kind) throws Exception {
        JiraDouble jira = open(cloud);
        jira.project.lag = 1;
        jira.trouble("POST .*/issue", kind);
        assertThat(said(bench.file("ann@example.com"))).isEqualTo("OPS-1 PLACED");
        assertThat(bench.pauses).containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(10));
        assertThat(jira.project.tickets).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"true, LOST", "false, LOST", "true, DONE_AND_LOST", "false, DONE_AND_LOST"})
    void aTicketThatIsNotSeenIsInDoubtAndNotMadeAgain(boolean cloud, Kind kind) throws Exception {
        JiraDouble jira = open(cloud);
        jira.project.lag = 50;
        jira.trouble("POST .*/issue", kind);
        assertThat(said(bench.file("ann@example.com")))
                .isEqualTo("in doubt: could not create a ticket of project OPS at " + jira.url()
                        + ": the connection ended before a whole answer had come; whether it arrived is not known");
        assertThat(jira.requests.stream().filter(r -> r.matches("POST .*/issue")))
                .hasSize(1);
        assertThat(bench.pauses).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void whateverBecomesOfAMakingTheNextRunsEndWithOneTicket(Kind kind) throws Exception {
        JiraDouble jira = open(true);
        jira.trouble("POST .*/issue", kind);
        bench.file("ann@example.com");
        bench.file("ann@example.com");
        assertThat(jira.project.only().comments).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLostCommentIsInDoubtAndSaidAgainOnceAtMost(boolean cloud) throws Exception {
        JiraDouble jira = open(cloud);
        bench.file("ann@example.com");
        jira.trouble("POST .*/comment", Kind.DONE_AND_LOST);
        assertThat(said(bench.desk().file(MARKER, Samples.later("ann@example.com"), Leave.GIVEN)))
                .startsWith("in doubt: could not comment on OPS-1 of project OPS");
        bench.desk().file(MARKER, Samples.later("ann@example.com"), Leave.GIVEN);
        bench.desk().file(MARKER, Samples.later("ann@example.com"), Leave.GIVEN);
        assertThat(jira.project.only().comments).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whereNothingCanBeKeptWithTheTicketItIsStillFiled(boolean cloud) throws Exception {
        JiraDouble jira = open(cloud);
        bench.file("ann@example.com");
        jira.answer("PUT .*", 403, "");
        assertThat(said(bench.desk().file(MARKER, Samples.later("ann@example.com"), Leave.GIVEN)))
                .isEqualTo("OPS-1 PLACED");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aMoveWhoseAnswerIsLostIsLookedAtInTheTicketItself(boolean cloud) throws Exception {
        JiraDouble jira = open(cloud);
        bench.file("ann@example.com");
        jira.trouble("POST .*/transitions", Kind.DONE_AND_LOST);
        assertThat(said(bench.close("Healthy."))).isEqualTo("OPS-1 PLACED");
        jira.trouble("POST .*/transitions", Kind.LOST);
        assertThat(said(bench.file("ann@example.com")))
                .startsWith("in doubt: could not move OPS-1 to To Do of project OPS at ");
        assertThat(said(bench.file("ann@example.com"))).isEqualTo("OPS-1 PLACED");
        assertThat(jira.project.only().status).isEqualTo("To Do");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTicketThatIsOpenAgainIsNotRefusedWhereItsCommentIs(boolean cloud) throws Exception {
        JiraDouble jira = open(cloud);
        bench.file("ann@example.com");
        bench.close("Healthy.");
        jira.answer("POST .*/comment", 403, "");
        assertThat(said(bench.file("ann@example.com"))).startsWith("in doubt: could not comment on OPS-1");
        assertThat(jira.project.only().status).isEqualTo("To Do");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void leaveIsAskedRightBeforeEachChangeAndNothingIsChangedWithoutIt(boolean cloud) throws Exception {
        JiraDouble jira = open(cloud);
        List<String> asked = new ArrayList<>();
        Leave no = () -> {
            asked.add(jira.requests.getLast());
            return Optional.of(new Problem("file", "ann", "the right to it ended", "the next run goes on"));
        };
        assertThat(said(bench.desk().file(MARKER, Samples.ordinary("ann@example.com"), no)))
                .isEqualTo("could not create a ticket of project OPS at " + jira.url()
                        + ": the right to it ended; the next run goes on");
        assertThat(asked).hasSize(1).allMatch(last -> last.contains("/assignable/search"));
        assertThat(jira.project.tickets).isEmpty();

        bench.file("ann@example.com");
        assertThat(said(bench.desk().close(MARKER, "Healthy.", no))).startsWith("could not comment on OPS-1");
        assertThat(said(bench.desk().close(MARKER, "Healthy.", Leave.GIVEN))).isEqualTo("OPS-1 PLACED");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSearchWithoutAnswerIsAskedOnceMoreAndNothingIsMadeWithoutIt(boolean cloud) throws Exception {
        JiraDouble jira = open(cloud);
        jira.trouble("POST .*/search.*", Kind.LOST);
        assertThat(said(bench.file("ann@example.com"))).isEqualTo("OPS-1 PLACED");
        jira.answer("POST .*/search.*", 500, "{\"errorMessages\": [\"Internal server error\"], \"errors\": {}}");
        assertThat(said(bench.file("ann@example.com")))
                .isEqualTo(
                        "could not look for the ticket of project OPS at " + jira.url() + ": Jira answered 500, a fault"
                                + " of its own: Internal server error; the next run tries again");
        assertThat(jira.project.tickets).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLimitOfRequestsIsWaitedForAsLongAsJiraAsks(boolean cloud) throws Exception {
        JiraDouble jira = open(cloud);
        jira.answer("POST .*/issue", 429, "", "Retry-After", "7");
        assertThat(said(bench.file("ann@example.com"))).isEqualTo("OPS-1 PLACED");
        assertThat(bench.pauses).containsExactly(Duration.ofSeconds(7));
        jira.answer("POST .*/search.*", 429, "", "Retry-After", "3600");
        assertThat(said(bench.file("ann@example.com")))
                .isEqualTo("could not look for the ticket of project OPS at " + jira.url()
                        + ": Jira answered 429: it is asked too often, and asks for more time than there is; the next run"
                        + " tries again");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTokenThatIsNotTakenSaysHowToGetOne(boolean cloud) throws Exception {
        JiraDouble jira = open(cloud);
        bench.settings = bench.settings(jira.url(), "Task", "old", "{}");
        assertThat(said(bench.file("ann@example.com")))
                .isEqualTo("could not look for the ticket of project OPS at " + jira.url()
                        + ": Jira answered 401: it does not know who asks; "
                        + (cloud
                                ? "make an API token for bot@example.com in its Atlassian account, and put it where"
                                        + " channels.jira.token says"
                                : "make a personal access token in Jira, and put it where channels.jira.token says; Jira"
                                        + " Cloud takes none, and wants channels.jira.email too"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    403 | it is not allowed: No permission                            | let the account browse, create, edit, comment, assign and move issues of the project OPS
                    404 | it has no such thing, or shows it not to this account: No permission | check channels.jira.url and project, and that the account may browse the project
                    302 | it sends to another address                                 | write into channels.jira.url the address that Jira itself stands at, not one of a log-in page
                    """)
    void everyRefusalSaysWhatToDo(int status, String why, String advice) throws Exception {
        JiraDouble jira = open(true);
        jira.answer(
                "POST .*/issue", status, "{\"errorMessages\": [\"No permission\"]}", "Location", "https://sso.example");
        assertThat(said(bench.file("ann@example.com")))
                .isEqualTo("could not create a ticket of project OPS at " + jira.url() + ": Jira answered " + status
                        + ": " + why + "; " + advice);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false})
    void aJiraThatWantsAPersonSaysSo(boolean cloud) throws Exception {
        JiraDouble jira = open(cloud);
        jira.answer("POST .*/search", 403, "", "X-Authentication-Denied-Reason", "CAPTCHA_CHALLENGE; login-url=x");
        assertThat(said(bench.file("ann@example.com")))
                .endsWith("Jira answered 403: it wants a person to log in; log in once with that account in a browser");
        jira.answer("POST .*/search", 200, "<html>Log in</html>");
        assertThat(said(bench.file("ann@example.com")))
                .endsWith("what answers there speaks no JSON, so it is not Jira's API; check channels.jira.url: it is"
                        + " Jira's own address, without a log-in page before it");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aProjectWithoutTheIssueTypeSaysWhichItHas(boolean cloud) throws Exception {
        JiraDouble jira = open(cloud);
        bench.settings = bench.settings(jira.url(), "Chore", JiraDouble.TOKEN, "{}");
        assertThat(said(bench.file("ann@example.com")))
                .isEqualTo("could not create a ticket of project OPS at " + jira.url()
                        + ": it has no issue type \"Chore\"; write into channels.jira.type one that it has: Task, Bug");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRequiredFieldThatIsMissingIsNamedWithAnExampleAndGivenByTheConfiguration(boolean cloud) throws Exception {
        JiraDouble jira = open(cloud);
        jira.project.required.put("customfield_10010", (ObjectNode) new JsonMapper()
                .readTree("{\"name\": \"Team\", \"schema\": {\"type\": \"option\"}, \"allowedValues\":"
                        + " [{\"value\": \"Red\"}, {\"value\": \"Blue\"}]}"));
        assertThat(said(bench.file("ann@example.com")))
                .isEqualTo("could not create a ticket of project OPS at " + jira.url()
                        + ": Jira requires the field \"Team\" (customfield_10010); give it under channels.jira.fields, such"
                        + " as `customfield_10010: {value: Red}`");
        bench.settings =
                bench.settings(jira.url(), "Task", JiraDouble.TOKEN, "{\"customfield_10010\": {\"value\": \"Blue\"}}");
        assertThat(said(bench.file("ann@example.com"))).isEqualTo("OPS-1 PLACED");
        assertThat(jira.project.only().fields.path("customfield_10010").toString())
                .isEqualTo("{\"value\":\"Blue\"}");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFieldThatJiraDoesNotKnowIsSaidInItsOwnWords(boolean cloud) throws Exception {
        JiraDouble jira = open(cloud);
        bench.settings = bench.settings(jira.url(), "Task", JiraDouble.TOKEN, "{\"customfield_7\": 1}");
        assertThat(said(bench.file("ann@example.com")))
                .isEqualTo("could not create a ticket of project OPS at " + jira.url()
                        + ": Jira answered 400: customfield_7: Field 'customfield_7' cannot be set. It is not on the"
                        + " appropriate screen, or unknown.");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTicketThatCannotBeClosedSaysWhichWaysThereAre(boolean cloud) throws Exception {
        JiraDouble jira = open(cloud);
        jira.project.put("To Do", MARKER);
        jira.project.ways.put(
                "To Do",
                List.of(
                        JiraProject.way("1", "Begin", "In Progress"),
                        JiraProject.way("2", "Finish", "Done", "{\"customfield_1\": {\"required\": true}}")));
        String sentence = "could not close OPS-1 of project OPS at " + jira.url()
                + ": no transition leads from its status to one of the category Done; there are: \"Begin\" to In"
                + " Progress; \"Finish\" to Done, which asks for more fields; close it by hand, or add such a transition to"
                + " the workflow";
        assertThat(said(bench.close("Healthy."))).isEqualTo(sentence);
        assertThat(said(bench.close("Healthy."))).isEqualTo(sentence);
        assertThat(jira.project.only().comments).hasSize(1);
    }
}
