package io.keyturn.adapters.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.model.Placement;
import io.keyturn.engine.port.Channel.Sending;
import io.keyturn.engine.port.Leave;
import io.keyturn.engine.port.Secret;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an answer says of a message. */
class HookTest {
    private HookServer server;

    @BeforeEach
    void start() throws IOException {
        server = new HookServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Sending post() throws InterruptedException {
        return server.hook("channels.webhook").post("{}", Map.of("X-More", "1"), "everybody", "m-1", Leave.GIVEN);
    }

    private static String said(Sending sending) {
        return switch (sending) {
            case Sending.Taken taken -> "taken";
            case Sending.Unreachable(var problem) -> "unreachable: " + problem.sentence();
            case Sending.Refused(var problem) -> "refused: " + problem.sentence();
            case Sending.InDoubt(var problem) -> "in doubt: " + problem.sentence();
        };
    }

    @ParameterizedTest
    @CsvSource({"200", "201", "202", "204"})
    void aGoodStatusMeansTaken(int status) throws InterruptedException {
        server.always(status, "");

        assertThat(post()).isEqualTo(new Sending.Taken(Placement.HANDED_OVER, "everybody", "m-1"));
        assertThat(server.only().headers()).containsEntry("X-More", "1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "307 | redirects are not followed: configure the address that it leads to",
                "400 | look into its log",
                "401 | look whether the address, and the secret where there is one, is still the right one",
                "403 | look whether the address, and the secret where there is one, is still the right one",
                "404 | the address is gone: make a new one there, and configure that",
                "410 | the address is gone: make a new one there, and configure that",
                "413 | raise the size of a request that it takes",
                "501 | look into its log",
                "503 | look into its log",
            })
    void aRefusalSaysWhatToDo(int status, String advice) throws InterruptedException {
        server.always(status, "hidden");

        assertThat(said(post()))
                .isEqualTo("refused: could not post to the address of channels.webhook: it answered " + status + "; "
                        + advice);
        assertThat(server.received).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"408", "500", "502", "504"})
    void aFailureThatMayHaveComeAfterwardsIsInDoubtAndNotRepeated(int status) throws InterruptedException {
        server.always(status, "");

        assertThat(said(post()))
                .isEqualTo("in doubt: could not post to the address of channels.webhook: it answered " + status
                        + "; whether it arrived is not known");
        assertThat(server.received).hasSize(1);
    }

    @Test
    void anAnswerThatIsLostIsInDoubtAndNotRepeated() throws InterruptedException {
        server.thenHangUp();

        assertThat(said(post()))
                .isEqualTo("in doubt: could not post to the address of channels.webhook: the connection ended before a"
                        + " whole answer had come; whether it arrived is not known");
        assertThat(server.received).hasSize(1);
    }

    @Test
    void aServiceThatAsksForPatienceGetsIt() throws InterruptedException {
        server.then(429, Map.of("Retry-After", "9"), "").then(200, Map.of(), "");

        assertThat(said(post())).isEqualTo("taken");
        assertThat(server.pauses).containsExactly(Duration.ofSeconds(9));
    }

    @Test
    void aServiceThatAsksForTooMuchPatienceRefuses() throws InterruptedException {
        server.then(429, Map.of("Retry-After", "900"), "");

        assertThat(said(post()))
                .isEqualTo(
                        "refused: could not post to the address of channels.webhook: it answered 429; raise its limit"
                                + " of requests, or let Keyturn run more often so that it says less at once");
    }

    @Test
    void aServiceThatIsNotThereGotNothing() throws InterruptedException {
        server.close();

        assertThat(said(post()))
                .isEqualTo("refused: could not post to the address of channels.webhook: it accepts no connection; check"
                        + " network, firewall and address");
    }

    @Test
    void anAddressThatIsNoneIsNotRepeatedToAnybody() throws InterruptedException {
        Hook hook =
                new Hook("channels.webhook", server.calls(), server.patience(), new Secret("hooks.example.com/hidden"));

        assertThat(said(hook.post("{}", Map.of(), "", null, Leave.GIVEN)))
                .isEqualTo(
                        "refused: could not post to the address of channels.webhook: what is kept there is no address"
                                + " with a scheme and a host; write it again");
    }
}
