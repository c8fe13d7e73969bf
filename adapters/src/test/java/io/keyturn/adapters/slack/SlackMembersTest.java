package io.keyturn.adapters.slack;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.model.Problem;
import io.keyturn.engine.checkup.Check;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SlackMembersTest {
    private SlackScene scene;
    private final List<Member> read = new ArrayList<>();

    @BeforeEach
    void open() throws IOException {
        scene = new SlackScene();
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private Optional<Problem> list() throws InterruptedException {
        return new SlackMembers(scene.access).each(read::addAll);
    }

    private List<String> checks(String token) throws InterruptedException {
        return new SlackProbe(scene.access(token))
                .checks().stream()
                        .map(check -> check.result().label()
                                + (check.needed() ? "! " : " ")
                                + check.name()
                                + (check.said().isEmpty() ? "" : ": " + check.said()))
                        .toList();
    }

    @Test
    void everyPageIsRead() throws InterruptedException {
        for (int i = 0; i < 1000; i++) {
            scene.workspace.member("U0PERSON%04d".formatted(i), "p" + i, "");
        }
        scene.slack.fail("users.list", new SlackDouble.Fault.Answers(429, "20", ""));
        assertThat(list()).isEmpty();
        assertThat(read).hasSize(1001).doesNotHaveDuplicates();
        assertThat(scene.pauses).containsExactly(Duration.ofSeconds(20));
    }

    @Test
    void aMemberIsReadAsFarAsSlackTells() throws InterruptedException {
        scene.workspace.members.put(
                "USLACKBOT", Form.JSON.createObjectNode().put("id", "USLACKBOT").put("name", "slackbot"));
        scene.workspace.member("U0GONE00001", "gone", "gone@fernhill.example").put("deleted", true);
        list();
        assertThat(read)
                .containsExactly(
                        new Member(
                                SlackScene.KHAN,
                                "b.khan",
                                "Real b.khan",
                                "b.khan@fernhill.example",
                                Member.State.ACTIVE),
                        new Member("USLACKBOT", "slackbot", "", "", Member.State.BOT),
                        new Member(
                                "U0GONE00001", "gone", "Real gone", "gone@fernhill.example", Member.State.DEACTIVATED));
    }

    @Test
    void aListThatBreaksOffSaysSo() throws InterruptedException {
        scene.workspace.scopes.remove("users:read");
        assertThat(list().map(Problem::sentence))
                .contains(
                        "could not use users.list of Slack: it answered missing_scope; give the app the scope users:read"
                                + " and install it again");
    }

    @Test
    void pagesThatNeverEndAreEnded() throws InterruptedException {
        String page = "{\"ok\":true,\"members\":[],\"response_metadata\":{\"next_cursor\":\"same\"}}";
        for (int i = 0; i < 2; i++) {
            scene.slack.fail("users.list", new SlackDouble.Fault.Answers(200, "", page));
        }
        assertThat(list().map(Problem::sentence))
                .contains(
                        "could not use users.list of Slack: it gave the same cursor twice, so its pages never end; try"
                                + " again later");
    }

    @Test
    void theDoctorSeesWhatTheTokenMayDo() throws InterruptedException {
        assertThat(checks(SlackWorkspace.TOKEN))
                .containsExactly(
                        "works! slack: as keyturn in Fernhill",
                        "works! slack chat:write",
                        "works! slack users:read",
                        "works slack users:read.email");
        scene.workspace.scopes.removeAll(List.of("chat:write", "chat:write.public", "users:read.email"));
        assertThat(checks(SlackWorkspace.TOKEN))
                .contains(
                        "fails! slack chat:write: not given, and without it no message is sent; add it under OAuth &"
                                + " Permissions of the app",
                        "fails slack users:read.email: not given, and without it owners are not found by their mail"
                                + " address; add it under OAuth & Permissions of the app",
                        "note slack chat:write.public: not given: the app must be invited to channels");
        assertThat(scene.workspace.called).containsOnly("auth.test");
    }

    @Test
    void theDoctorSeesATokenThatDoesNotWork() throws InterruptedException {
        assertThat(checks("xoxb-wrong"))
                .containsExactly(
                        "fails! slack: could not use auth.test of Slack: it answered invalid_auth; configure the"
                                + " bot token of the app, which begins with xoxb-");
        scene.slack.fail("auth.test", new SlackDouble.Fault.Answers(500, "", ""));
        assertThat(new SlackProbe(scene.access).checks())
                .extracting(Check::result)
                .containsExactly(Check.Result.UNKNOWN);
    }
}
