package io.keyturn.adapters.slack;

import static io.keyturn.adapters.slack.SlackScene.CHANNEL;
import static io.keyturn.adapters.slack.SlackScene.KHAN;
import static io.keyturn.adapters.slack.SlackScene.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.model.Placement;
import io.keyturn.core.model.Problem;
import io.keyturn.engine.port.Channel;
import io.keyturn.engine.port.Channel.Dispatch;
import io.keyturn.engine.port.Channel.Sending.Taken;
import io.keyturn.engine.port.Leave;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class SlackChannelTest {
    private static final String DIRECT = "D0FERNHILL1";

    private SlackScene scene;

    @BeforeEach
    void open() throws IOException {
        scene = new SlackScene();
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void anActiveMemberIsToldDirectly() throws InterruptedException {
        assertThat(scene.send(KHAN)).isEqualTo(new Taken(Placement.PLACED, KHAN, DIRECT + ":1700000000.000001"));
        JsonNode body = scene.workspace.posted.getFirst().body();
        assertThat(body.path("unfurl_links").asBoolean()).isFalse();
        assertThat(body.path("text").asString()).startsWith("Your key XBL7 turns 90 days old");
    }

    @Test
    void whereNobodyIsLookedUpAMessageGoesToWhateverIsNamedAndIsOnlyHandedOver() throws InterruptedException {
        SlackChannel blunt = new SlackChannel(scene.access, false);
        assertThat(blunt.send(new Dispatch(Messages.oneKey(), KHAN, null)))
                .isEqualTo(new Taken(Placement.HANDED_OVER, KHAN, DIRECT + ":1700000000.000001"));
        assertThat(problem(blunt.send(new Dispatch(Messages.oneKey(), "U0NOBODY", null))))
                .contains("channel_not_found");
        assertThat(scene.workspace.called).containsOnly("chat.postMessage");
    }

    @Test
    void aMailAddressIsLookedUpOnceInARun() throws InterruptedException {
        assertThat(scene.send("B.Khan@fernhill.example"))
                .isEqualTo(new Taken(Placement.PLACED, KHAN, DIRECT + ":1700000000.000001"));
        scene.send("b.khan@fernhill.example");
        assertThat(scene.workspace.called)
                .containsOnlyOnce("users.lookupByEmail")
                .doesNotContain("users.info");
    }

    @Test
    void aMembersOwnClockIsLearntByTheLookUpThatSendingTakesAnyway() throws InterruptedException {
        scene.workspace.member("U0SYDNEY001", "a.li", "a.li@fernhill.example").put("tz", "Australia/Sydney");
        scene.workspace.member("U0NOWHERE01", "x", "x@fernhill.example").put("tz", "Mars/Olympus");

        assertThat(scene.channel.zone("a.li@fernhill.example")).contains(ZoneId.of("Australia/Sydney"));
        assertThat(scene.send("a.li@fernhill.example")).isInstanceOf(Taken.class);
        assertThat(scene.workspace.called).containsExactly("users.lookupByEmail", "chat.postMessage");
        assertThat(scene.channel.zone("U0NOWHERE01")).isEmpty();
        assertThat(scene.channel.zone(KHAN)).isEmpty();
        assertThat(scene.channel.zone("U0NOBODY000")).isEmpty();
        assertThat(scene.channel.zone("#cloud-security")).isEmpty();
        assertThat(scene.channel.zone("finance")).isEmpty();
        assertThat(new SlackChannel(scene.access, false).zone(KHAN)).isEmpty();
    }

    @Test
    void aChannelIsToldByNameOrId() throws InterruptedException {
        assertThat(scene.send("#cloud-security"))
                .isEqualTo(new Taken(Placement.PLACED, CHANNEL, CHANNEL + ":1700000000.000001"));
        assertThat(scene.send(CHANNEL)).isInstanceOf(Taken.class);
        assertThat(scene.workspace.called).containsOnly("chat.postMessage");
    }

    @Test
    void remindersStayInTheThreadOfTheFirstMessage() throws InterruptedException {
        Taken first = (Taken) scene.send(KHAN);
        Taken second = (Taken) scene.send(KHAN, first.reference());
        Taken third = (Taken) scene.send(KHAN, second.reference());
        assertThat(List.of(second.reference(), third.reference())).containsOnly(first.reference());
        assertThat(scene.workspace.posted.stream().map(SlackWorkspace.Posted::thread))
                .containsExactly("", "1700000000.000001", "1700000000.000001");
    }

    @Test
    void whereTheThreadIsGoneANewOneBegins() throws InterruptedException {
        assertThat(scene.send(KHAN, DIRECT + ":1600000000.000009"))
                .isEqualTo(new Taken(Placement.PLACED, KHAN, DIRECT + ":1700000000.000001"));
        assertThat(scene.send(KHAN, "D0ELSEWHERE:1600000000.000009")).isInstanceOf(Taken.class);
        assertThat(scene.send(KHAN, "not a reference")).isInstanceOf(Taken.class);
        assertThat(scene.workspace.posted)
                .hasSize(3)
                .allMatch(posted -> posted.thread().isEmpty());
    }

    @Test
    void aMessageIsAmendedWhenItsKeyIsWellAgain() throws InterruptedException {
        Taken first = (Taken) scene.send(KHAN);
        assertThat(scene.channel.amend(String.valueOf(first.reference()), Messages.digest(2), Leave.GIVEN))
                .isEqualTo(new Taken(Placement.PLACED, DIRECT, first.reference()));
        assertThat(scene.workspace.posted).hasSize(1);
        assertThat(scene.workspace.posted.getFirst().body().path("text").asString())
                .startsWith("2 keys need you");
        assertThat(problem(scene.channel.amend("D0FERNHILL1:1.2", Messages.oneKey(), Leave.GIVEN)))
                .isEqualTo(
                        "refused: could not use chat.update of Slack for D0FERNHILL1: it answered message_not_found");
        assertThat(problem(scene.channel.amend("x", Messages.oneKey(), Leave.GIVEN)))
                .isEqualTo(
                        "refused: could not use chat.update of Slack for x: that is no reference to a message in Slack");
    }

    @Test
    void whatIsOverSaysSoInItsPlaceAndEndsItsThreadWithOneLine() throws InterruptedException {
        String thread = String.valueOf(((Taken) scene.send(KHAN)).reference());
        Dispatch end = new Dispatch(Messages.oneKey(), KHAN, thread);
        assertThat(scene.channel.closing()).isEqualTo(Channel.Closing.ALWAYS);
        assertThat(scene.channel.close(end, List.of(thread))).isEqualTo(new Taken(Placement.PLACED, KHAN, thread));
        assertThat(scene.workspace.called).endsWith("chat.postMessage", "chat.update", "chat.postMessage");
        assertThat(scene.workspace.posted).hasSize(2);
        SlackWorkspace.Posted line = scene.workspace.posted.getLast();
        assertThat(line.thread())
                .isEqualTo(scene.workspace.posted.getFirst().body().path("ts").asString("1700000000.000001"));
        assertThat(line.body().path("blocks").size()).isOne();
        assertThat(line.body().path("text").asString())
                .isEqualTo(Messages.oneKey().headline());
    }

    @Test
    void ofSeveralKeysTheLineNamesEachAndNothingIsChangedThatIsAboutOthersToo() throws InterruptedException {
        String thread = String.valueOf(((Taken) scene.send(KHAN)).reference());
        scene.channel.close(new Dispatch(Messages.digest(2), KHAN, thread), List.of());
        assertThat(scene.workspace.called).doesNotContain("chat.update");
        assertThat(scene.workspace
                        .posted
                        .getLast()
                        .body()
                        .path("text")
                        .asString()
                        .lines())
                .hasSize(3);
    }

    @Test
    void aThreadThatIsGoneNeedsNoEnd() throws InterruptedException {
        Dispatch gone = new Dispatch(Messages.oneKey(), KHAN, DIRECT + ":1600000000.000009");
        assertThat(problem(scene.channel.close(gone, List.of(DIRECT + ":1600000000.000009"))))
                .startsWith("unreachable: could not use chat.postMessage of Slack for ");
        assertThat(problem(scene.channel.close(new Dispatch(Messages.oneKey(), KHAN, null), List.of())))
                .isEqualTo(
                        "unreachable: could not use chat.postMessage of Slack for U0FERNHILL1: the thread to end is not"
                                + " known");
        assertThat(scene.workspace.posted).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            deleted         | they are deactivated in Slack; name another owner
            is_invited_user | they have been invited to Slack and have not come yet; ask them to
            is_bot          | that is an app; name a person or a channel
            """)
    void whoeverDoesNotReadIsNotWrittenTo(String flag, String why) throws InterruptedException {
        scene.workspace.members.get(KHAN).put(flag, true);
        assertThat(problem(scene.send(KHAN)))
                .isEqualTo("unreachable: could not send a message of Slack for U0FERNHILL1: " + why);
        assertThat(scene.workspace.posted).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            U0NOBODY000          | could not use users.info of Slack for U0NOBODY000: it answered user_not_found; look for them with keyturn slack-users
            gone@fernhill.example| could not use users.lookupByEmail of Slack for gone@fernhill.example: it answered users_not_found; look for them with keyturn slack-users
            #nowhere             | could not use chat.postMessage of Slack for #nowhere: it answered channel_not_found; check its name or ID, and invite the app where it is a private channel
            finance              | could not send a message of Slack for finance: that names nobody in Slack; write a member's ID such as U012AB3CDE4 (see keyturn slack-users), their mail address, a channel's ID such as C012AB3CDE4, or #channel
            <!channel>           | could not send a message of Slack for <!channel>: that names nobody in Slack; write a member's ID such as U012AB3CDE4 (see keyturn slack-users), their mail address, a channel's ID such as C012AB3CDE4, or #channel
            """)
    void whoIsNotThereIsUnreachable(String recipient, String why) throws InterruptedException {
        assertThat(problem(scene.send(recipient))).isEqualTo("unreachable: " + why);
        assertThat(scene.workspace.posted).isEmpty();
    }

    @Test
    void aChannelThatTakesNothingIsUnreachable() throws InterruptedException {
        scene.workspace.archived.add(CHANNEL);
        assertThat(problem(scene.send(CHANNEL)))
                .isEqualTo(
                        "unreachable: could not use chat.postMessage of Slack for C0SECURITY1: it answered is_archived;"
                                + " name a channel that is not archived");
        scene.workspace.archived.clear();
        scene.workspace.closed.add(CHANNEL);
        assertThat(problem(scene.send(CHANNEL)))
                .isEqualTo(
                        "unreachable: could not use chat.postMessage of Slack for C0SECURITY1: it answered"
                                + " not_in_channel; invite the app to the channel, or give the app the scope chat:write.public");
    }

    @Test
    void aTokenWithoutAScopeIsToldWhich() throws InterruptedException {
        scene.workspace.scopes.remove("users:read");
        assertThat(problem(scene.send(KHAN)))
                .isEqualTo("refused: could not use users.info of Slack for U0FERNHILL1: it answered missing_scope; give"
                        + " the app the scope users:read and install it again");
        scene.workspace.scopes.remove("chat:write");
        assertThat(problem(scene.send("#cloud-security")))
                .isEqualTo("refused: could not use chat.postMessage of Slack for #cloud-security: it answered"
                        + " missing_scope; give the app the scope chat:write and install it again");
    }

    @Test
    void aTokenTakenBackInTheMiddleIsARefusalAndNoDoubt() throws InterruptedException {
        scene.send(KHAN);
        scene.slack.fail("chat.postMessage", new SlackDouble.Fault.Revokes());
        assertThat(problem(scene.send(KHAN)))
                .isEqualTo(
                        "refused: could not use chat.postMessage of Slack for U0FERNHILL1: it answered token_revoked;"
                                + " install the app in the workspace again and configure its new bot token");
        assertThat(problem(new SlackChannel(scene.access("xoxb-wrong"))
                        .send(new Dispatch(Messages.oneKey(), "#cloud-security", null))))
                .isEqualTo("refused: could not use chat.postMessage of Slack for #cloud-security: it answered"
                        + " invalid_auth; configure the bot token of the app, which begins with xoxb-");
    }

    @Test
    void aTokenWithALineEndIsNotRepeated() throws InterruptedException {
        assertThat(problem(new SlackChannel(scene.access("xoxb-secret\nmore"))
                        .send(new Dispatch(Messages.oneKey(), "#cloud-security", null))))
                .startsWith(
                        "refused: could not use chat.postMessage of Slack for #cloud-security: the value of the header"
                                + " Authorization has a character that no header may have")
                .doesNotContain("secret");
    }

    @Test
    void oneConversationIsToldOneMessageASecond() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            scene.send("#cloud-security");
        }
        assertThat(scene.pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(1));
        assertThat(scene.send(KHAN)).isInstanceOf(Taken.class);
        assertThat(scene.pauses).hasSize(2);
        assertThat(scene.workspace.posted).hasSize(4);
    }

    @Test
    void moreThanHasTurnsWithinPatienceIsRefused() throws InterruptedException {
        Turns turns = new Turns(scene.access.clock(), time -> {}, Duration.ofSeconds(2));
        List<Boolean> taken = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            taken.add(turns.await("C1"));
        }
        assertThat(taken).containsExactly(true, true, true, false);
    }

    @Test
    void slackIsLeftAloneAsLongAsItAsks() throws InterruptedException {
        scene.slack.fail("chat.postMessage", new SlackDouble.Fault.Answers(429, "30", ""));
        assertThat(scene.send(KHAN)).isInstanceOf(Taken.class);
        assertThat(scene.pauses).containsExactly(Duration.ofSeconds(30));
        scene.slack.fail("chat.postMessage", new SlackDouble.Fault.Answers(429, "3600", ""));
        assertThat(problem(scene.send(KHAN)))
                .isEqualTo(
                        "refused: could not use chat.postMessage of Slack for U0FERNHILL1: it says that it is asked too"
                                + " often, and to wait 3600 s; the next run tries again");
        assertThat(scene.workspace.posted).hasSize(1);
    }

    @Test
    void anAnswerThatIsLostLeavesADoubt() throws InterruptedException {
        scene.slack.fail("chat.postMessage", new SlackDouble.Fault.DropsAfter());
        scene.slack.fail("chat.postMessage", new SlackDouble.Fault.DropsBefore());
        String doubt =
                "in doubt: could not use chat.postMessage of Slack for U0FERNHILL1: the connection ended before a"
                        + " whole answer had come; whether it arrived is not known";
        assertThat(problem(scene.send(KHAN))).isEqualTo(doubt);
        assertThat(problem(scene.send(KHAN))).isEqualTo(doubt);
        assertThat(scene.workspace.posted).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            503 | <html>      | in doubt | it answered with status 503 and not as Slack does; check the address, and proxies on the way
            200 | <html>      | in doubt | it answered with status 200 and not as Slack does; check the address, and proxies on the way
            200 | []          | in doubt | it answered with status 200 and not as Slack does; check the address, and proxies on the way
            403 | <html>      | refused  | it answered with status 403 and not as Slack does; check the address, and proxies on the way
            302 | ""          | refused  | it answered with status 302 and not as Slack does; check the address, and proxies on the way
            200 | {"ok":false,"error":"fatal_error"}         | in doubt | it answered fatal_error; see status.slack.com
            200 | {"ok":false,"error":"service_unavailable"} | refused | it answered service_unavailable; see status.slack.com
            200 | {"ok":false,"error":"never_heard_of"}      | refused | it answered never_heard_of
            """)
    void oddAnswersAreDoubtfulOnlyWhereItMayHaveBeenSent(int status, String body, String sure, String why)
            throws InterruptedException {
        scene.slack.fail("chat.postMessage", new SlackDouble.Fault.Answers(status, "", body));
        assertThat(problem(scene.send("#cloud-security")))
                .isEqualTo(sure + ": could not use chat.postMessage of Slack for #cloud-security: " + why);
    }

    @Test
    void whatCouldNotBeLookedUpIsNotSent() throws InterruptedException {
        scene.slack.fail("users.info", new SlackDouble.Fault.Answers(500, "", ""));
        assertThat(problem(scene.send(KHAN)))
                .isEqualTo(
                        "refused: could not use users.info of Slack for U0FERNHILL1: it answered with status 500 and not"
                                + " as Slack does; check the address, and proxies on the way");
        assertThat(scene.send(KHAN)).isInstanceOf(Taken.class);
    }

    @Test
    void anAnswerWithoutAMemberNamesNobody() throws InterruptedException {
        scene.slack.fail("users.info", new SlackDouble.Fault.Answers(200, "", "{\"ok\":true}"));
        assertThat(problem(scene.send(KHAN)))
                .isEqualTo(
                        "refused: could not use users.info of Slack for U0FERNHILL1: it answered without a member; try"
                                + " again later");
    }

    @Test
    void nobodyThereIsARefusal() throws Exception {
        scene.slack.close();
        assertThat(problem(scene.send("#cloud-security")))
                .isEqualTo(
                        "refused: could not use chat.postMessage of Slack for #cloud-security: it accepts no connection;"
                                + " check network, firewall and address");
    }

    @Test
    void manyRecipientsAreLookedUpInPages() throws InterruptedException {
        for (int i = 0; i < 450; i++) {
            scene.workspace.member("U0PERSON%04d".formatted(i), "p" + i, "p" + i + "@fernhill.example");
        }
        for (int i = 0; i < 450; i++) {
            assertThat(scene.send(i % 2 == 0 ? "U0PERSON%04d".formatted(i) : "p" + i + "@fernhill.example"))
                    .isInstanceOf(Taken.class);
        }
        assertThat(Collections.frequency(scene.workspace.called, "users.list")).isEqualTo(3);
        assertThat(scene.workspace.called.stream().filter(m -> m.matches("users\\.(info|lookupByEmail)")))
                .hasSize(Directory.SINGLY);
        assertThat(scene.workspace.posted).hasSize(450);
    }

    @Test
    void whereTheListCannotBeReadMembersAreStillLookedUp() throws InterruptedException {
        for (int i = 0; i < 25; i++) {
            scene.workspace.member("U0PERSON%04d".formatted(i), "p" + i, "p" + i + "@fernhill.example");
            scene.slack.fail("users.list", new SlackDouble.Fault.Answers(500, "", ""));
            assertThat(scene.send("U0PERSON%04d".formatted(i))).isInstanceOf(Taken.class);
        }
        assertThat(scene.workspace.called).doesNotContain("users.list");
        assertThat(Collections.frequency(scene.workspace.called, "users.info")).isEqualTo(25);
    }

    @Test
    void itKnowsWhatItsRecipientsLookLike() {
        assertThat(List.of(KHAN, CHANNEL, "#cloud-security", "b.khan@fernhill.example"))
                .allMatch(SlackChannel::reaches);
        assertThat(List.of("finance", "WILLIAM", "#", "#a b", "@here", "", "a@b.example\r\nBcc: c@d.example"))
                .noneMatch(SlackChannel::reaches);
    }

    @Test
    void thePreviewIsWhatWouldBeSent() throws InterruptedException {
        String preview = scene.channel.preview(new Dispatch(Messages.oneKey(), KHAN, null));
        scene.send(KHAN);
        assertThat(Form.JSON.readTree(preview))
                .isEqualTo(scene.workspace.posted.getFirst().body());
        assertThat(preview).doesNotContain(SlackWorkspace.TOKEN);
        assertThat(scene.channel.preview(new Dispatch(Messages.oneKey(), KHAN, DIRECT + ":1.2")))
                .contains("\"channel\" : \"D0FERNHILL1\"", "\"thread_ts\" : \"1.2\"");
    }

    /** What a person does while this message waits for Slack. */
    private Channel.Sending stoppedWhileItWaits(String thread) throws InterruptedException {
        Problem stopped = new Problem("tell the owner", "ann", "everything is stopped: drill", "resume first");
        int before = scene.pauses.size();
        return scene.channel.send(new Dispatch(
                Messages.oneKey(),
                KHAN,
                thread,
                () -> scene.pauses.size() == before ? Optional.empty() : Optional.of(stopped)));
    }

    @Test
    void whatWaitedForItsTurnWhileEverythingWasStoppedIsNotSent() throws InterruptedException {
        scene.send(KHAN);

        assertThat(problem(stoppedWhileItWaits(null)))
                .startsWith("refused: ")
                .endsWith("everything is stopped: drill; resume first");
        assertThat(scene.workspace.posted).hasSize(1);
    }
}
