package io.keyturn.adapters.jira;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.engine.checkup.Check;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class JiraProbeTest {
    private JiraBench bench;

    private JiraDouble open(boolean cloud) throws IOException {
        bench = new JiraBench(cloud);
        return bench.jira;
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private List<String> checks() throws InterruptedException {
        try (JiraProbe probe = bench.probe()) {
            return probe.checks().stream()
                    .map(check -> check.name() + " " + check.result().label() + ": " + check.said())
                    .toList();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoWeAreWhatWeMayAndWhetherTheProjectTakesTicketsAndNothingIsFiled(boolean cloud) throws Exception {
        JiraDouble jira = open(cloud);
        assertThat(checks())
                .containsExactly(
                        "jira works: as Keyturn bot at " + jira.url(),
                        "jira permissions works: in the project OPS",
                        "jira tickets works: as Task in OPS");
        assertThat(jira.project.tickets).isEmpty();
        assertThat(jira.requests).allSatisfy(request -> assertThat(request).startsWith("GET "));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsLackingIsNamed(boolean cloud) throws Exception {
        JiraDouble jira = open(cloud);
        jira.denied.add("ASSIGN_ISSUES");
        assertThat(checks().get(1))
                .isEqualTo(
                        "jira permissions note: ASSIGN_ISSUES is lacking: tickets stay with whom the project assigns them"
                                + " to, and count as placed only where that is somebody active");
        jira.denied.add("CREATE_ISSUES");
        jira.denied.add("TRANSITION_ISSUES");
        assertThat(checks().get(1))
                .isEqualTo(
                        "jira permissions fails: CREATE_ISSUES, TRANSITION_ISSUES is lacking in the project OPS; let the"
                                + " account have it");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTypeThatIsNotThereAndFieldsThatAreRequiredAreNamed(boolean cloud) throws Exception {
        JiraDouble jira = open(cloud);
        jira.project.required.put("customfield_9", (ObjectNode) new JsonMapper()
                .readTree("{\"name\": \"Cost\", \"schema\": {\"type\": \"array\"}, \"allowedValues\": [{\"name\":"
                        + " \"x\"}]}"));
        assertThat(checks().get(2))
                .isEqualTo("jira tickets fails: Jira requires the field \"Cost\" (customfield_9); give it under"
                        + " channels.jira.fields, such as `customfield_9: [{name: x}]`");
        bench.settings = bench.settings(jira.url(), "Chore", JiraDouble.TOKEN, "{}");
        assertThat(checks().get(2))
                .isEqualTo("jira tickets fails: could not file tickets of project OPS at " + jira.url()
                        + ": it has no issue type \"Chore\"; write into channels.jira.type one that it has: Task, Bug");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTokenThatIsNotTakenEndsTheCheckAndAnOutageLeavesItUnknown(boolean cloud) throws Exception {
        JiraDouble jira = open(cloud);
        jira.answer("GET .*/myself", 503, "");
        try (JiraProbe probe = bench.probe()) {
            assertThat(probe.checks()).extracting(Check::result).containsExactly(Check.Result.UNKNOWN);
        }
        bench.settings = bench.settings(jira.url(), "Task", "old", "{}");
        assertThat(checks()).hasSize(1).first().asString().startsWith("jira fails: could not ask who we are");
    }
}
