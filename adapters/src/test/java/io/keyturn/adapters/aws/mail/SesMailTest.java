package io.keyturn.adapters.aws.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.keyturn.adapters.aws.Unhurried;
import io.keyturn.core.model.Placement;
import io.keyturn.core.model.Problem;
import io.keyturn.engine.port.Leave;
import io.keyturn.engine.port.MailCarrier.Handing;
import io.keyturn.engine.port.MailCarrier.Letter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mail against every answer of SES, and of what is not SES. */
class SesMailTest {
    private static final Letter LETTER =
            new Letter("from@example.com", "to@example.com", "<1@example.com>", "Subject: s\r\n\r\ntext");
    private static final Instant SENT = Instant.parse("2026-11-23T12:00:00Z");

    private HttpServer server;
    private SesMail mail;
    private final List<Duration> pauses = new ArrayList<>();
    private int tooMany;
    private int status = 200;
    private String error = "";
    private String body = "{\"MessageId\":\"m-1\"}";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                boolean busy = tooMany-- > 0;
                byte[] bytes = (busy ? "{\"message\":\"Maximum sending rate exceeded.\"}" : body)
                        .getBytes(StandardCharsets.UTF_8);
                if (busy || !error.isEmpty()) {
                    exchange.getResponseHeaders().set("x-amzn-ErrorType", busy ? "TooManyRequestsException" : error);
                }
                exchange.sendResponseHeaders(busy ? 429 : status, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
        server.start();
        mail = new SesMail(
                Map.of(
                        "AWS_ENDPOINT_URL_SESV2",
                        "http://127.0.0.1:" + server.getAddress().getPort(),
                        "AWS_ACCESS_KEY_ID",
                        "AKIATESTTESTTESTTEST",
                        "AWS_SECRET_ACCESS_KEY",
                        "secret"),
                "eu-west-1",
                new Unhurried(pauses::add));
    }

    @AfterEach
    void stop() {
        mail.close();
        server.stop(0);
    }

    private void answer(int code, String type, String text) {
        status = code;
        error = type;
        body = text;
    }

    private String problem() throws InterruptedException {
        return mail.hand(LETTER, Leave.GIVEN) instanceof Handing.Refused(var problem)
                ? problem.sentence()
                : "not refused";
    }

    @Test
    void aLetterThatSesTookHasItsName() throws InterruptedException {
        assertThat(mail.hand(LETTER, Leave.GIVEN)).isEqualTo(new Handing.Taken("<m-1@eu-west-1.amazonses.com>"));
    }

    @Test
    void anOutageLeavesALetterInDoubt() throws InterruptedException {
        answer(500, "InternalServiceErrorException", "{\"message\":\"later\"}");

        assertThat(mail.hand(LETTER, Leave.GIVEN)).isInstanceOf(Handing.InDoubt.class);
    }

    @Test
    void aRefusalIsToldWithWhatToDo() throws InterruptedException {
        answer(400, "MessageRejected", "{\"message\":\"Email address is not verified\"}");
        assertThat(problem())
                .isEqualTo("could not use the mail of SES in eu-west-1: it answered MessageRejected (Email address is"
                        + " not verified); verify the sender's address or domain in SES, and leave its sandbox to write"
                        + " to others");
        answer(403, "AccessDeniedException", "{\"message\":\"no\"}");
        assertThat(problem()).endsWith("allow ses:SendEmail to these credentials");
    }

    @Test
    void whatIsNotSesIsToldSo() throws InterruptedException {
        answer(404, "", "<html>no such page</html>");

        assertThat(problem())
                .isEqualTo("could not use the mail of SES in eu-west-1: it answered with status 404 and no reason;"
                        + " check that the endpoint is that of SES");
    }

    @Test
    void aServerThatIsNotThereIsTold() throws InterruptedException {
        server.stop(0);

        assertThat(problem()).endsWith("check network, endpoint and credentials");
    }

    @Test
    void anAddressThatIsNotSuppressedGotItsMail() {
        answer(404, "NotFoundException", "{\"message\":\"none\"}");
        assertThat(mail.placement("to@example.com", SENT)).isEqualTo(Placement.PLACED);
    }

    @Test
    void aSuppressedAddressDidNot() {
        answer(
                200,
                "",
                "{\"SuppressedDestination\":{\"EmailAddress\":\"to@example.com\",\"Reason\":\"BOUNCE\","
                        + "\"LastUpdateTime\":1.0}}");
        assertThat(mail.placement("to@example.com", SENT)).isEqualTo(Placement.FAILED);
    }

    @Test
    void whatCannotBeSeenStaysHandedOver() {
        answer(403, "AccessDeniedException", "{\"message\":\"no\"}");
        assertThat(mail.placement("to@example.com", SENT)).isEqualTo(Placement.HANDED_OVER);
        answer(404, "", "<html>");
        assertThat(mail.placement("to@example.com", SENT)).isEqualTo(Placement.HANDED_OVER);
    }

    @Test
    void aLetterThatWasOneTooManyInItsSecondIsGivenAgain() throws InterruptedException {
        tooMany = 3;

        assertThat(mail.hand(LETTER, Leave.GIVEN)).isInstanceOf(Handing.Taken.class);
        assertThat(pauses).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L);
        tooMany = 100;
        assertThat(problem()).contains("TooManyRequestsException (Maximum sending rate exceeded.)");
    }

    @Test
    void leaveIsAskedBeforeALetterIsGivenAgain() throws InterruptedException {
        tooMany = 1;
        Problem stopped = new Problem("tell the owner", "ann", "everything is stopped: drill", "resume first");

        assertThat(mail.hand(LETTER, () -> pauses.isEmpty() ? Optional.empty() : Optional.of(stopped)))
                .isEqualTo(new Handing.Refused(stopped));
    }

    @Test
    void anAnswerThatNamesNoLetterLeavesItInDoubt() throws InterruptedException {
        answer(200, "", "{}");

        assertThat(mail.hand(LETTER, Leave.GIVEN)).isInstanceOf(Handing.InDoubt.class);
    }
}
