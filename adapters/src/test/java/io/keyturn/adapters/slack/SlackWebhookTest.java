package io.keyturn.adapters.slack;

import static io.keyturn.adapters.slack.SlackScene.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.model.Placement;
import io.keyturn.engine.port.Channel.Dispatch;
import io.keyturn.engine.port.Channel.Sending;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlackWebhookTest {
    private static final Dispatch DISPATCH = new Dispatch(Messages.oneKey(), "", null);

    private SlackScene scene;
    private SlackWebhook webhook;

    @BeforeEach
    void open() throws IOException {
        scene = new SlackScene();
        webhook = scene.webhook(scene.slack.webhook());
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void whatAWebhookTookIsMerelyHandedOver() throws InterruptedException {
        assertThat(webhook.send(DISPATCH)).isEqualTo(new Sending.Taken(Placement.HANDED_OVER, "", null));
        assertThat(Form.JSON.readTree(webhook.preview(DISPATCH)))
                .isEqualTo(scene.workspace.posted.getFirst().body());
    }

    @Test
    void oneMessageASecondIsSent() throws InterruptedException {
        webhook.send(DISPATCH);
        webhook.send(DISPATCH);
        assertThat(scene.pauses).containsExactly(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            404 | no_service          | refused  | it answered with status 404 (no_service); make a new incoming webhook and configure its address
            410 | channel_is_archived | refused  | it answered with status 410 (channel_is_archived); make an incoming webhook for another channel
            403 | action_prohibited   | refused  | it answered with status 403 (action_prohibited); ask an administrator of the workspace to allow it
            500 | rollup_error        | in doubt | it answered with status 500 (rollup_error); check the address, and proxies on the way
            200 | <html>              | in doubt | it answered with status 200; check the address, and proxies on the way
            404 | Cannot POST /services/T0/B0/canarysecret | refused | it answered with status 404; check the address, and proxies on the way
            """)
    void aFailureIsToldAndTheAddressIsNot(int status, String said, String sure, String why)
            throws InterruptedException {
        scene.slack.fail("webhook", new SlackDouble.Fault.Answers(status, "", said));
        assertThat(problem(webhook.send(DISPATCH)))
                .isEqualTo(sure + ": could not use the incoming webhook of Slack: " + why);
    }

    @Test
    void aWebhookThatIsUsedTooOftenIsRefusedInTheEnd() throws InterruptedException {
        scene.slack.fail("webhook", new SlackDouble.Fault.Answers(429, "30", ""));
        scene.slack.fail("webhook", new SlackDouble.Fault.Answers(429, "31", ""));
        assertThat(problem(webhook.send(DISPATCH)))
                .isEqualTo(
                        "refused: could not use the incoming webhook of Slack: it says that it is used too often; the"
                                + " next run tries again");
        assertThat(scene.pauses).containsExactly(Duration.ofSeconds(30));
    }

    @Test
    void anAnswerThatIsLostLeavesADoubt() throws InterruptedException {
        scene.slack.fail("webhook", new SlackDouble.Fault.DropsAfter());
        assertThat(problem(webhook.send(DISPATCH)))
                .isEqualTo("in doubt: could not use the incoming webhook of Slack: the connection ended before a whole"
                        + " answer had come; whether it arrived is not known");
    }

    @Test
    void anAddressThatIsNoneIsNotRepeated() throws InterruptedException {
        assertThat(problem(scene.webhook("hooks.slack.com/services/canary").send(DISPATCH)))
                .isEqualTo(
                        "refused: could not use the incoming webhook of Slack: its configured address is none; copy it"
                                + " again from the app's page Incoming Webhooks");
        assertThat(problem(scene.webhook("ftp://slack.example/canary").send(DISPATCH)))
                .startsWith("refused: ")
                .doesNotContain("canary");
    }
}
